using System.Text.Json.Nodes;
using ChwFhir.Fhir;
using ChwFhir.Fhir.Model;
using ChwFhir.Mapping;
using NUnit.Framework;

namespace ChwFhir.Tests.Mapping;

/// <summary>Small notes for one circumstance: the least that a note must say, and the members under test.</summary>
internal static class Notes
{
    private const string Least = """
        { "id": "n1", "patient": { "reference": "Patient/p1" }, "author": { "reference": "Practitioner/chw-1", "name": "Dolores Whitfield", "phone": "555-0131" },
          "visit": { "kind": "home", "status": "completed", "start": "2026-11-03T14:05:00-05:00", "end": "2026-11-03T15:10:00-05:00" }, "narrative": "A visit." }
        """;

    internal static readonly ResolvedNote TheChart = new()
    {
        Patient = "Patient/p1", Author = "Practitioner/chw-1", BirthDate = "1963-04-02",
        Team = [new TeamMember("Practitioner/nurse-1", "Colleen Byrne", ["nurse"]), new TeamMember("Practitioner/sw-1", "Terrence Okafor", ["social-work"]), new TeamMember("Practitioner/sup-1", "Yvonne Carter", ["supervisor"])],
    };

    internal static MappedNote Map([System.Diagnostics.CodeAnalysis.StringSyntax("Json")] string members, ResolvedNote? chart = null, MappingOptions? options = null)
    {
        var read = Read(members);
        return NoteMapper.Map(read.Note, read.ContentHash, chart ?? TheChart, options ?? new MappingOptions()).Kept();
    }

    internal static ChwFhir.Intake.VisitNoteReading.Read Read([System.Diagnostics.CodeAnalysis.StringSyntax("Json")] string members)
    {
        var note = JsonNode.Parse(Least)!.AsObject();
        foreach (var (name, value) in JsonNode.Parse(members)!.AsObject())
        {
            if (name == "visit")
                foreach (var (inner, given) in value!.AsObject())
                    note["visit"]![inner] = given?.DeepClone();
            else
                note[name] = value?.DeepClone();
        }

        return Samples.Read(System.Text.Encoding.UTF8.GetBytes(note.ToJsonString()));
    }

    internal static T The<T>(this MappedNote mapped, string key) where T : Resource
    {
        var found = mapped.Resources.SingleOrDefault(one => one.Key == key);
        Assert.That(found, Is.Not.Null, $"{key} is not among {string.Join(", ", mapped.Resources.Select(one => one.Key))}");

        return (T)found!.Resource;
    }

    internal static string Url(this MappedNote mapped, string key) => mapped.Resources.Single(one => one.Key == key).FullUrl;

    internal static string Json(this MappedNote mapped) => FhirJson.ToJson(mapped.ToTransaction());

    internal static string Html(this MappedNote mapped) => System.Text.Encoding.UTF8.GetString(mapped.The<DocumentReference>("note").Content[1].Attachment!.Data!);

    internal static IEnumerable<string> Codes(this MappedNote mapped) => mapped.Issues.Select(issue => issue.Code);
}
