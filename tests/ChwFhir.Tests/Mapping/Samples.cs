using ChwFhir.Intake;
using ChwFhir.Mapping;
using ChwFhir.Testing;
using NUnit.Framework;

namespace ChwFhir.Tests.Mapping;

/// <summary>The sample notes, read as the service reads them, with the care team that the sandbox has.</summary>
internal static class Samples
{
    internal static IEnumerable<string> Names => Directory.EnumerateFiles(Repository.Path("samples", "visit-notes"), "*.json").Select(path => Path.GetFileNameWithoutExtension(path)!).Order(StringComparer.Ordinal);

    internal static VisitNoteReading.Read Read(string name) => Read(File.ReadAllBytes(Repository.Path("samples", "visit-notes", $"{name}.json")));

    internal static VisitNoteReading.Read Read(byte[] json) => VisitNoteReader.Read(json, new IntakeOptions()) switch
    {
        VisitNoteReading.Read read => read,
        VisitNoteReading.Invalid invalid => throw new AssertionException(string.Join('\n', invalid.Faults)),
        var other => throw new AssertionException(other.ToString()),
    };

    internal static MappedNote Map(string name) => Map(Read(name));

    internal static MappedNote Map(VisitNoteReading.Read read) => NoteMapper.Map(read.Note, read.ContentHash, Resolve(read.Note), TheOptions).Kept();

    internal static MappingOptions TheOptions { get; } = new() { Organization = "Organization/riverbend" };

    internal static ResolvedNote Resolve(VisitNote note) => new()
    {
        Patient = note.Patient.Reference!,
        BirthDate = note.Patient.Check?.BirthDate,
        Author = note.Author.Reference,
        AuthorName = note.Author.Name,
        CareTeam = note.Patient.Reference == "Patient/thomas-n" ? null : $"CareTeam/{note.Patient.Reference!["Patient/".Length..]}-team",
        Team =
        [
            new TeamMember("Practitioner/pcp-1", "Dr Anjali Raman", ["pcp"]), new TeamMember("Practitioner/nurse-1", "Colleen Byrne, RN", ["nurse"]),
            new TeamMember("Practitioner/sw-1", "Terrence Okafor, LCSW", ["social-work"]), new TeamMember("Practitioner/pall-1", "Dr Miriam Adler", ["palliative-care"]),
            new TeamMember("Practitioner/onc-1", "Dr Henrik Solberg", ["oncology"]), new TeamMember("Practitioner/sup-1", "Yvonne Carter", ["supervisor"]),
        ],
        CodeStatusRead = true,
    };
}
