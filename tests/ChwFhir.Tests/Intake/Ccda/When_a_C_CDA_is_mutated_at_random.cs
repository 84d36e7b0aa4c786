using System.Diagnostics;
using System.Globalization;
using System.Text;
using ChwFhir.Intake.Summaries;
using ChwFhir.Testing;

namespace ChwFhir.Tests.Intake.Ccda;

/// <summary>
/// Bytes flipped, tags cut, ends cut off, parts doubled: whatever comes of it, an answer comes, soon. The seed is fixed; <c>CHWFHIR_MUTATIONS</c> makes it longer than the short form (2,000 for each document).
/// With CHWFHIR_TESTDATA the documents of vendors are mutated as well.
/// </summary>
internal sealed class When_a_C_CDA_is_mutated_at_random
{
    private const int Seed = 20260410;

    [Test]
    public void There_is_always_an_answer_and_never_a_late_one()
    {
        var random = new Random(Seed);
        var documents = Documents();
        var rounds = int.Parse(Environment.GetEnvironmentVariable("CHWFHIR_MUTATIONS") ?? "2000", CultureInfo.InvariantCulture);
        var answers = new Dictionary<string, int>();
        var slowest = TimeSpan.Zero;
        foreach (var document in documents)
            SomeCcda.Reading(document);
        GC.Collect();
        var before = GC.GetTotalMemory(forceFullCollection: true);

        for (var round = 0; round < rounds; round++)
        {
            var mutant = Mutated(documents[round % documents.Count], random);
            var watch = Stopwatch.StartNew();
            var reading = SomeCcda.Reading(mutant);
            var took = watch.Elapsed;
            if (took > TimeSpan.FromSeconds(1))
                took = Again(mutant);
            slowest = took > slowest ? took : slowest;
            Check(reading, round);
            answers[reading.GetType().Name] = answers.GetValueOrDefault(reading.GetType().Name) + 1;
        }

        TestContext.Out.WriteLine($"{rounds} mutants of {documents.Count} documents: {string.Join(", ", answers.Select(answer => $"{answer.Value} {answer.Key}"))}; slowest {slowest.TotalMilliseconds:F1} ms");
        using var scope = Assert.EnterMultipleScope();
        Assert.That(slowest, Is.LessThan(TimeSpan.FromSeconds(1)));
        Assert.That(GC.GetTotalMemory(forceFullCollection: true) - before, Is.LessThan(4 * 1024 * 1024), "bytes kept when all is done");
        Assert.That(answers.Keys, Is.SupersetOf(new[] { "Read", "Unreadable" }), "mutations that are all of one kind test nothing");
    }

    /// <summary>A machine that did something else meanwhile is not the document's doing.</summary>
    private static TimeSpan Again(byte[] mutant)
    {
        var watch = Stopwatch.StartNew();
        SomeCcda.Reading(mutant);
        return watch.Elapsed;
    }

    private static void Check(SummaryReading reading, int round)
    {
        if (reading is SummaryReading.Unreadable { Fault: var fault } && !fault.Detail.Contains("line ", StringComparison.Ordinal))
            Assert.Fail($"mutant {round}: no place: {fault.Detail}");
        if (reading is SummaryReading.Read { Summary: var summary } && (summary.Id.Length is 0 or > 64 || summary.Subject is null || summary.Sections.Any(section => section is null)))
            Assert.Fail($"mutant {round}: a summary without an id, a patient or a section");
    }

    private static byte[] Mutated(byte[] document, Random random)
    {
        var bytes = document.ToList();
        for (var times = random.Next(1, 4); times > 0; times--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(7))
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 2:
                    bytes.RemoveRange(at, Math.Min(random.Next(1, 200), bytes.Count - at));
                    break;
                case 3:
                    Cut(bytes, at);
                    break;
                case 4:
                    bytes.InsertRange(at, bytes.GetRange(at, Math.Min(random.Next(1, 2000), bytes.Count - at)));
                    break;
                case 5:
                    Doubled(bytes, at);
                    break;
                default:
                    if (random.Next(4) == 0)
                        bytes.RemoveRange(at, bytes.Count - at);
                    break;
            }
            if (bytes.Count == 0)
                bytes.Add((byte)'<');
        }
        return [.. bytes];
    }

    /// <summary>One tag away, so that elements no longer match.</summary>
    private static void Cut(List<byte> bytes, int at)
    {
        var start = bytes.IndexOf((byte)'<', at);
        var end = start < 0 ? -1 : bytes.IndexOf((byte)'>', start);
        if (end > 0)
            bytes.RemoveRange(start, end - start + 1);
    }

    /// <summary>An attribute's value becomes another's: good XML that says something else.</summary>
    private static void Doubled(List<byte> bytes, int at)
    {
        var first = bytes.IndexOf((byte)'"', at);
        var last = first < 0 ? -1 : bytes.IndexOf((byte)'"', first + 1);
        var other = last < 0 ? -1 : bytes.IndexOf((byte)'"', last + 1);
        var end = other < 0 ? -1 : bytes.IndexOf((byte)'"', other + 1);
        if (end < 0)
            return;
        var value = bytes.GetRange(first, last - first + 1);
        bytes.RemoveRange(other, end - other + 1);
        bytes.InsertRange(other, value);
    }

    private static List<byte[]> Documents()
    {
        var documents = new List<byte[]> { Encoding.UTF8.GetBytes(File.ReadAllText(Repository.Path("samples", "after-visit-summaries", "discharge.ccda.xml"))) };
        if (Environment.GetEnvironmentVariable("CHWFHIR_TESTDATA") is { Length: > 0 } folder)
            documents.AddRange(Directory.GetFiles(Path.GetFullPath(Path.Combine(folder, "ccda"), Repository.Root), "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(File.ReadAllBytes).Where(document => document.Length < 200_000));
        return documents;
    }
}
