using System.Text;
using System.Text.Json.Nodes;
using ChwFhir.Fhir;
using ChwFhir.Intake;
using ChwFhir.Intake.Screenings;
using ChwFhir.Intake.Summaries;
using ChwFhir.Mapping;
using ChwFhir.Mapping.Summaries;
using ChwFhir.Testing;
using ChwFhir.Tests.Intake.Screenings;
using ChwFhir.Tests.Mapping;
using NUnit.Framework;

namespace ChwFhir.Tests.Profiles;

/// <summary>
/// What no example shows, before the three validators: random talk, samples with a place changed, the least and the most that a note may say, what is taken back or put right, and (by CHWFHIR_TESTDATA) what others have written.
/// Ours looks at all of it as it is mapped (<see cref="KeptPromises"/>), the two others at the Bundles that a test gives them.
/// </summary>
internal sealed class When_what_is_mapped_is_unusual
{
    private static readonly DateTimeOffset Later = new(2026, 11, 5, 9, 0, 0, TimeSpan.FromHours(-5));

    private static readonly (string Name, string Members, ResolvedNote Chart)[] Odd =
    [
        ("least", "{}", Notes.TheChart),
        ("nobody-known", """{ "author": { "identifier": { "system": "urn:example:staff", "value": "c7" }, "name": "D. Whitfield" } }""", new ResolvedNote { Patient = "Patient/p1" }),
        ("over-at-once", """{ "visit": { "end": "2026-11-03T14:05:00-05:00" } }""", Notes.TheChart),
        ("not-there", """{ "visit": { "status": "not-home" } }""", Notes.TheChart),
        ("spanish", """{ "language": "es", "narrative": "La nevera está vacía.\n\n«Me duele», dijo.", "goals": [ { "id": "g", "text": "Caminar hasta la iglesia", "steps": [ { "id": "s", "text": "Pedir el transporte", "who": "chw" } ] } ] }""", Notes.TheChart),
        ("partial-dates", """{ "goals": [ { "id": "g", "text": "Walk", "start": "2026-10", "due": "2027", "steps": [ { "id": "s", "text": "Ask", "who": "patient", "due": "2026-12" } ] } ] }""", Notes.TheChart),
        ("all-held", """{ "sections": [ { "title": "Home", "text": "Words", "hold": { "why": "told-in-confidence" } } ], "concerns": [ { "domain": "grief", "text": "Words", "hold": { "why": "told-in-confidence" } } ], "messages": [ { "id": "m", "to": ["nurse"], "text": "Words", "needsReply": true, "hold": { "why": "told-in-confidence" } } ] }""", Notes.TheChart),
        ("second-edition", """{ "concerns": [ { "domain": "grief", "text": "Words" } ] }""", Notes.TheChart with { Replaces = "DocumentReference/d1", Edition = 2, Corrects = new Correction("n1/note", ["a concern"], ["the narrative"], ["a goal"]) }),
        ("dead", """{ "messages": [ { "id": "m", "to": ["nurse"], "text": "Words", "needsReply": true } ] }""", Notes.TheChart with { Deceased = true }),
    ];

    [Test]
    public async Task They_find_nothing_in_what_nobody_foresaw() =>
        await TheyFindNothing(Enumerable.Range(0, 60).Select(seed => ($"talk-{seed}", Notes.Map(new SomeTalk(seed).Note().ToJsonString()))), 60);

    [Test]
    public async Task They_find_nothing_in_the_least_and_the_oddest() => await TheyFindNothing(Odd.Select(one => (one.Name, Notes.Map(one.Members, one.Chart))), Odd.Length);

    [Test]
    public async Task They_find_nothing_in_samples_with_another_word_or_date_in_a_place() => await TheyFindNothing(Samples.Names.SelectMany(SomeChanged), 100);

    [Test]
    public async Task They_find_nothing_in_what_is_taken_back_or_was_a_form_or_a_summary() => await TheyFindNothing(
        Samples.Names.SelectMany(Retractions).Concat(Responses.Names.Select(name => ($"form-{name}", Responses.Map(Responses.Taken(Responses.Sample(name)))))).Concat(Directory.EnumerateFiles(Repository.Path("samples", "after-visit-summaries")).Select(Summary).OfType<(string, MappedNote)>()), 20);

    [Test]
    public async Task They_find_nothing_in_what_others_have_written()
    {
        var narratives = Shared("notes", "*.txt").Select(file => ($"narrative-{Path.GetFileName(file)}", Notes.Map(new JsonObject { ["narrative"] = File.ReadAllText(file) }.ToJsonString()))).ToList();
        var printed = Shared("avs", "*.txt").Concat(Shared("notes", "*.txt")).Concat(Shared("notes", "*.html")).Concat(Shared("hl7v2", "MDM-*.hl7")).Select(Summary).OfType<(string, MappedNote)>().ToList();
        var forms = Shared("questionnaires", "*.json").Concat(Shared("fhir-charts", "QuestionnaireResponse-*.json")).Select(Form).OfType<(string, MappedNote)>().ToList();

        TestContext.Out.WriteLine($"{narratives.Count} narratives, {printed.Count} printed pages, {forms.Count} forms");
        await TheyFindNothing(narratives.Where((_, i) => i % 3 == 0).Concat(printed.Where((_, i) => i % 2 == 0)).Concat(forms), 30);
    }

    private static async Task TheyFindNothing(IEnumerable<(string Name, MappedNote Mapped)> mapped, int atLeast)
    {
        using var folder = new ScratchFolder();
        var bundles = mapped.Select((one, i) => (Name: $"{i}-{one.Name}", Json: one.Mapped.Kept().Json())).ToList();
        var files = bundles.Select(one => folder.Write($"{one.Name.Replace('/', '-')}.json", one.Json)).ToList();

        var medplum = await ForeignValidator.ErrorsAsync(bundles);
        var (npm, _) = await ForeignTools.RunAsync("validate-npm-fhir.mjs", files);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(bundles, Has.Count.GreaterThanOrEqualTo(atLeast));
            Assert.That(medplum, Is.Empty, "Medplum");
            Assert.That(npm, Is.Empty, "npm fhir");
        }
    }

    /// <summary>One in so many of what <see cref="Whatever_stands_in_a_place_of_a_note"/> gives to ours alone.</summary>
    private static IEnumerable<(string, MappedNote)> SomeChanged(string sample)
    {
        var note = JsonNode.Parse(File.ReadAllBytes(Repository.Path("samples", "visit-notes", $"{sample}.json")))!;
        var taken = Whatever_stands_in_a_place_of_a_note.Changed(note, note, "").Select(one => VisitNoteReader.Read(one.Note, new IntakeOptions())).OfType<VisitNoteReading.Read>().ToList();
        var step = Math.Max(1, taken.Count / 12);
        return taken.Where((_, i) => i % step == 0).Select((read, i) => ($"{sample}-{i}", NoteMapper.Map(read.Note, read.ContentHash, Samples.Resolve(read.Note), Samples.TheOptions)));
    }

    private static IEnumerable<(string, MappedNote)> Retractions(string sample)
    {
        var note = Samples.Read(sample).Note;
        yield return ($"error-{sample}", RetractionMapping.Map(note, Samples.Resolve(note), Samples.TheOptions, wrongPatient: false, Later, "Encounter/e1"));
        yield return ($"wrong-{sample}", RetractionMapping.Map(note, Samples.Resolve(note), Samples.TheOptions, wrongPatient: true, Later, null));
    }

    private static (string, MappedNote)? Summary(string file)
    {
        var contentType = Path.GetExtension(file) switch { ".txt" => "text/plain", ".html" => "text/html", ".hl7" => "x-application/hl7-v2+er7", ".xml" => "application/cda+xml", _ => "application/fhir+json" };
        return SummaryReader.Read(new SummaryCall(File.ReadAllBytes(file), contentType, contentType is "application/cda+xml" or "application/fhir+json" ? null : "Patient/p1"), new IntakeOptions()) is SummaryReading.Read read
            ? ($"summary-{Path.GetFileName(file)}", SummaryMapper.Map(read.Summary, read.ContentHash, new ResolvedNote { Patient = "Patient/p1", BirthDate = "1963-04-02" }, new MappingOptions()))
            : null;
    }

    private static (string, MappedNote)? Form(string file) =>
        File.ReadAllText(file) is var text && text.Contains("\"QuestionnaireResponse\"", StringComparison.Ordinal) && QuestionnaireResponseReader.Read(new SummaryCall(Encoding.UTF8.GetBytes(text), "application/fhir+json", null), new IntakeOptions()) is ScreeningReading.Read read
            ? ($"form-{Path.GetFileName(file)}", ScreeningMapper.Map(read.Screening, read.ContentHash, Notes.TheChart, new MappingOptions(), withEncounter: false))
            : null;

    private static IEnumerable<string> Shared(string folder, string pattern) => Directory.EnumerateFiles(Needs.TestData(folder), pattern, SearchOption.AllDirectories).Order(StringComparer.Ordinal);
}
