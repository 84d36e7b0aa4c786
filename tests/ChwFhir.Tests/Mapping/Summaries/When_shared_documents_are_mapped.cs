using System.Text;
using System.Text.Json.Nodes;
using ChwFhir.Fhir;
using ChwFhir.Intake;
using ChwFhir.Intake.Summaries;
using ChwFhir.Mapping;
using ChwFhir.Mapping.Summaries;
using ChwFhir.Testing;
using NUnit.Framework;

namespace ChwFhir.Tests.Mapping.Summaries;

/// <summary>Documents of real EHRs and clinics, found by CHWFHIR_TESTDATA.</summary>
internal sealed class When_shared_documents_are_mapped
{
    private static readonly ResolvedNote TheChart = new() { Patient = "Patient/p1", BirthDate = "1963-04-02" };

    [Test]
    public async Task Every_whole_C_CDA_gives_a_Bundle_that_others_find_valid()
    {
        var bundles = Documents().Where(document => document.ContentType == "application/cda+xml")
            .Select(document => (document.Name, Json: Encoding.UTF8.GetString(FhirJson.ToBytes(Map(Read(document)).ToTransaction())))).ToList();

        Assert.That(bundles, Has.Count.GreaterThanOrEqualTo(40));
        Assert.That(await ForeignValidator.ErrorsAsync(bundles), Is.Empty);
    }

    [Test]
    public void Every_line_of_every_document_stands_in_what_is_filed()
    {
        var documents = Documents().ToList();

        using var all = Assert.EnterMultipleScope();
        Assert.That(documents.Select(document => document.ContentType).Distinct().Count(), Is.GreaterThanOrEqualTo(4));
        foreach (var document in documents)
        {
            var read = Read(document);
            var filed = Folded(Map(read).Document);
            var lost = read.Summary.Sections.SelectMany(section => section.Text.Split('\n').Append(section.Title ?? "")).FirstOrDefault(line => !filed.Contains(Folded(line), StringComparison.Ordinal));
            Assert.That(lost, Is.Null, document.Name);
        }
    }

    [Test]
    public void Every_word_of_a_page_as_printed_stands_in_what_is_filed()
    {
        using var all = Assert.EnterMultipleScope();
        foreach (var document in Documents().Where(document => document.ContentType == "text/plain"))
        {
            var filed = Folded(Map(Read(document)).Document);
            var lost = Encoding.UTF8.GetString(document.Body).Split('\n', ' ', '\t', '\r').FirstOrDefault(word => !filed.Contains(Folded(word), StringComparison.Ordinal));
            Assert.That(lost, Is.Null, document.Name);
        }
    }

    [Test]
    public void Every_sentence_of_a_narrative_stands_in_the_note_s_document()
    {
        var texts = Files("notes", "*.txt").ToList();

        using var all = Assert.EnterMultipleScope();
        Assert.That(texts, Has.Count.GreaterThan(30));
        foreach (var file in texts)
        {
            var narrative = File.ReadAllText(file);
            var filed = Folded(Notes.Map(new JsonObject { ["narrative"] = narrative }.ToJsonString()).Document);
            var lost = narrative.Split('\n').FirstOrDefault(line => !filed.Contains(Folded(line), StringComparison.Ordinal));
            Assert.That(lost, Is.Null, Path.GetFileName(file));
        }
    }

    private static MappedNote Map(SummaryReading.Read read) => SummaryMapper.Map(read.Summary, read.ContentHash, TheChart, new MappingOptions()).Kept();

    private static SummaryReading.Read Read((string Name, string ContentType, byte[] Body) document)
    {
        var reading = SummaryReader.Read(new SummaryCall(document.Body, document.ContentType, document.ContentType == "application/cda+xml" ? null : "Patient/p1"), new IntakeOptions());
        Assert.That(reading, Is.InstanceOf<SummaryReading.Read>(), () => $"{document.Name}: {(reading as SummaryReading.Invalid)?.Faults[0]}{(reading as SummaryReading.Unreadable)?.Fault}");
        return (SummaryReading.Read)reading;
    }

    private static IEnumerable<(string Name, string ContentType, byte[] Body)> Documents()
    {
        foreach (var folder in (string[])["onc", "chb", "hl7", "ms"])
            foreach (var file in Files(Path.Combine("ccda", folder), "*"))
                yield return (Path.GetFileName(file), "application/cda+xml", File.ReadAllBytes(file));
        foreach (var file in Files("avs", "*.txt").Concat(Files("notes", "*.txt")))
            yield return (Path.GetFileName(file), "text/plain", File.ReadAllBytes(file));
        foreach (var file in Files("notes", "*.html"))
            yield return (Path.GetFileName(file), "text/html", File.ReadAllBytes(file));
        foreach (var file in Files("hl7v2", "MDM-T*.hl7").Where(file => Path.GetFileName(file)[4..7] is "T02" or "T06" or "T10"))
            yield return (Path.GetFileName(file), "x-application/hl7-v2+er7", File.ReadAllBytes(file));
    }

    private static IEnumerable<string> Files(string folder, string pattern) =>
        Directory.EnumerateFiles(Path.Combine(Needs.TestData(), folder), pattern, SearchOption.AllDirectories).Where(file => Path.GetExtension(file) is not (".md" or ".json" or ".csv")).Order(StringComparer.Ordinal);

    // White space, list marks and look-alike letters are the renderer's affair; letters and figures are the author's.
    private static string Folded(string text) => string.Concat(text.Where(char.IsLetterOrDigit));
}
