using System.Diagnostics;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using ChwFhir.Intake.Summaries;
using ChwFhir.Testing;

namespace ChwFhir.Tests.Intake.Ccda;

/// <summary>Documents of real EHRs, found by CHWFHIR_TESTDATA; what must hold of every document has tests on our own beside this.</summary>
internal sealed partial class When_vendors_documents_are_read
{
    private static readonly XNamespace Hl7 = "urn:hl7-org:v3";

    [Test]
    public void Every_whole_document_is_read_with_every_word_of_its_narrative_once()
    {
        var files = Files("ccda", "onc").Concat(Files("ccda", "chb")).Concat(Files("ccda", "hl7")).Concat(Files("ccda", "ms")).ToList();

        using var scope = Assert.EnterMultipleScope();
        Assert.That(files, Has.Count.GreaterThanOrEqualTo(40));
        foreach (var file in files)
        {
            var reading = SomeCcda.Reading(File.ReadAllBytes(file));
            Assert.That(reading, Is.InstanceOf<SummaryReading.Read>(), Path.GetFileName(file));
            if (reading is not SummaryReading.Read read)
                continue;
            var narratives = XDocument.Load(file).Descendants(Hl7 + "section").ToList();
            Assert.That(read.Summary.Sections.Count(section => section.Code is not null || section.Title is not null || section.Text.Length > 0), Is.GreaterThanOrEqualTo(narratives.Count), Path.GetFileName(file));
            Assert.That(read.Summary.Subject?.Family, Is.Not.Null, Path.GetFileName(file));
            for (var i = 0; i < narratives.Count; i++)
                Assert.That(Missing(narratives[i].Element(Hl7 + "text")?.Value ?? "", read.Summary.Sections[i].Text), Is.Null, () => $"section {i + 1} of {Path.GetFileName(file)}");
        }
    }

    [Test]
    public void Examples_of_parts_are_told_to_be_parts()
    {
        using var scope = Assert.EnterMultipleScope();
        foreach (var file in Files("ccda", "hl7-fragments"))
        {
            var reading = SomeCcda.Reading(File.ReadAllBytes(file));
            Assert.That((reading as SummaryReading.Invalid)?.Faults.Single(), Has.Property("Pointer").StartsWith("/").And.Property("Detail").Not.Empty, Path.GetFileName(file));
        }
    }

    [Test]
    public void Everything_malformed_is_refused_with_its_place_at_once()
    {
        using var scope = Assert.EnterMultipleScope();
        foreach (var file in Files("malformed", "ccda"))
        {
            var document = File.ReadAllBytes(file);
            var before = GC.GetAllocatedBytesForCurrentThread();
            var watch = Stopwatch.StartNew();
            var reading = SomeCcda.Reading(document);
            Assert.That(watch.Elapsed, Is.LessThan(TimeSpan.FromSeconds(10)), Path.GetFileName(file));
            Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(4 * 1024 * 1024), Path.GetFileName(file));
            Assert.That(reading, Is.InstanceOf<SummaryReading.Unreadable>().Or.InstanceOf<SummaryReading.Invalid>(), Path.GetFileName(file));
            if (reading is SummaryReading.Unreadable unreadable)
                Assert.That(unreadable.Fault.Detail, Does.Match("line [0-9]+, position [0-9]+"), Path.GetFileName(file));
        }
    }

    private static IEnumerable<string> Files(params string[] folder) => Directory.GetFiles(Needs.TestData(folder)).Order(StringComparer.Ordinal);

    /// <summary>
    /// Where the text departs from the narrative's own characters, found by another way than the reader's; null when it says them all, in order, once. What else may stand in it: white space, the marks of cells, exponents and list
    /// items, the address of a link.
    /// </summary>
    private static string? Missing(string narrative, string text)
    {
        var words = Layout().Replace(narrative, "");
        if (words.Length == 0)
            return null;
        var said = Layout().Replace(Ours().Replace(text, " "), "");
        var place = 0;
        foreach (var letter in said)
        {
            if (place < words.Length && letter == words[place])
                place++;
            else if (!char.IsAsciiDigit(letter) && letter != '.')
                return $"...{said[..Math.Min(said.Length, 40)]}: '{letter}' instead of {(place < words.Length ? words[place..Math.Min(words.Length, place + 30)] : "the end")}";
        }
        return place == words.Length ? null : words[place..Math.Min(words.Length, place + 30)];
    }

    [GeneratedRegex(@"[\s|\-^]+")]
    private static partial Regex Layout();

    [GeneratedRegex(@"\((https?|mailto|tel):[^ )]*\)|\[image[^\]]*\]|\[deleted\]")]
    private static partial Regex Ours();
}
