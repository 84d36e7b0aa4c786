using System.Text;
using ChwFhir.Intake;
using ChwFhir.Intake.Hl7;
using ChwFhir.Intake.Summaries;
using ChwFhir.Mapping;
using ChwFhir.Mapping.Summaries;
using ChwFhir.Testing;
using ChwFhir.Tests.Intake.Hl7;

namespace ChwFhir.Tests.Intake.Printed;

/// <summary>The seeds are fixed, so that a failure comes again. <c>CHWFHIR_FUZZ</c> is how many changes each form gets (1,500 without it). With CHWFHIR_TESTDATA the real pages, messages and documents there are changed as well.</summary>
internal sealed class When_a_document_is_mutated_at_random
{
    private const string Inside = "inside ";

    private const string Html = "<html><body><h1>Visit</h1><table><tr><th>Medication</th><th>Change</th></tr><tr><td>a 4 mg</td><td>NEW</td></tr></table><h2>When to call</h2><ul><li>Fever<ul><li>high</li></ul></li></ul><pre>x\ny</pre><p><b>Diet</b><br>low</p></body></html>";
    private const string Plain = "AFTER VISIT SUMMARY\nVisit date: 11/03/2026\n\nDiet: low salt\n\nMEDICATIONS\n1. Actos 45 mg: take 1 daily (NEW)\n\nWhen to call\nCall us at 555-010-2000 if:\n- fever\n\nAppointments\n| Date | With |\n|---|---|\n| March 3, 2026 | Dr. Who |\n";
    private const string Rtf = @"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Arial;}}\b Diet\b0\par Low \u233?salt \'e9{\*\x y}\par\bin3 abc}";

    private static readonly byte[][] Pieces =
    [
        "<"u8.ToArray(), ">"u8.ToArray(), "</b>"u8.ToArray(), "<table>"u8.ToArray(), ":"u8.ToArray(), "\n"u8.ToArray(), "\r"u8.ToArray(), "|"u8.ToArray(), "^"u8.ToArray(), "~"u8.ToArray(), @"\"u8.ToArray(), "&"u8.ToArray(),
        "&#x0;"u8.ToArray(), "**"u8.ToArray(), "["u8.ToArray(), "{"u8.ToArray(), "}"u8.ToArray(), "\""u8.ToArray(), [0], [0xFF], [0xC3], "\r\n"u8.ToArray(), "MSH|"u8.ToArray(), "OBX|"u8.ToArray(), "Call 911 if "u8.ToArray(), "99/99/9999"u8.ToArray(), "\uD83D\uDE00"u8.ToArray(),
    ];

    private static readonly string Reference = $$"""{"resourceType":"DocumentReference","status":"current","subject":{"reference":"Patient/1"},"content":[{"attachment":{"contentType":"text/html","data":"{{Convert.ToBase64String(Encoding.UTF8.GetBytes(Html))}}" } } ] }""";

    private const string Bundle = """{"resourceType":"Bundle","type":"document","entry":[{"resource":{"resourceType":"Composition","status":"final","title":"t","subject":{"reference":"Patient/p"},"section":[{"title":"Diet","text":{"div":"<div><p>low</p></div>"},"entry":[{"reference":"Goal/g"}],"section":[{"title":"x"}]}]}},{"resource":{"resourceType":"Patient","id":"p","name":[{"family":"A"}]}},{"resource":{"resourceType":"Goal","id":"g","description":{"text":"walk"}}}]}""";

    private static readonly ResolvedNote TheChart = new() { Patient = "Patient/1", Author = "Practitioner/1" };

    private static readonly int Rounds = int.TryParse(Environment.GetEnvironmentVariable("CHWFHIR_FUZZ"), out var asked) ? asked : 1_500;

    private static IEnumerable<TestCaseData> Forms()
    {
        var pages = Shared("avs", "*.txt");
        yield return Form("plain", "text/plain", [Plain, .. pages]);
        yield return Form("Markdown", "text/markdown", ["# Visit\n\n" + Plain, .. pages.Select(page => page.Replace("\n", "\n\n", StringComparison.Ordinal))]);
        yield return Form("HTML", "text/html", [Html, .. pages.Select(page => $"<html><body><h1>Visit</h1><p>{page.Replace("\n", "<br>\n<p>", StringComparison.Ordinal)}</body></html>")]);
        yield return Form("HL7 v2", MdmReader.MediaType, [string.Join('\r', Messages.Whole), .. Shared("hl7v2", "MDM*.hl7")]);
        yield return Form("HL7 v2 with HTML", MdmReader.MediaType, [string.Join('\r', Messages.WithContent($"OBX|1|ED|||^text^html^Base64^{Convert.ToBase64String(Encoding.UTF8.GetBytes(Html))}"))]);
        yield return Form("HL7 v2 with RTF", MdmReader.MediaType, [string.Join('\r', Messages.WithContent($"OBX|1|ED|||^AP^rtf^A^{Rtf.Replace(@"\", @"\E\", StringComparison.Ordinal)}"))]);
        yield return Form("DocumentReference", "application/fhir+json", [Reference]);
        yield return Form("document Bundle", "application/fhir+json", [Bundle, .. Shared("avs", "*.json").Where(page => page.Contains("Composition", StringComparison.Ordinal))]);
        yield return Form("JSON of the contract", "application/json", [File.ReadAllText(Repository.Path("samples", "after-visit-summaries", "clinic-visit.json"))]);
        var cda = Ccda.SomeCcda.Document(Ccda.SomeCcda.Section("69730-0", "<table><tr><td>Less salt</td></tr></table>"));
        yield return Form("C-CDA in a code page", "text/xml; charset=windows-1252", [cda.Replace(" encoding=\"UTF-8\"", "", StringComparison.Ordinal)]);
        yield return Form("HL7 v2 in a DocumentReference", Inside + MdmReader.MediaType, [string.Join('\r', Messages.Whole)]);
        yield return Form("document Bundle in a DocumentReference", Inside + "application/fhir+json", [Encoding.UTF8.GetString(FhirDocuments.SomeFhir.Bundle())]);
        yield return Form("JSON in a DocumentReference", Inside + "application/json", [Encoding.UTF8.GetString(FhirDocuments.SomeFhir.Json("\"patient\": { \"reference\": \"Patient/1\" },"))]);
        yield return Form("C-CDA in a DocumentReference", Inside + "application/cda+xml", [cda]);
    }

    private static IEnumerable<TestCaseData> Structures() => Forms().Where(form => form.Arguments[0] is "application/fhir+json" or "application/json");

    [TestCaseSource(nameof(Forms))]
    public void It_is_always_answered_and_soon(string contentType, string[] originals)
    {
        var seeds = Array.ConvertAll(originals, Encoding.UTF8.GetBytes);

        if (!contentType.StartsWith(Inside, StringComparison.Ordinal))
        {
            Run(contentType, random => Changed(seeds[random.Next(seeds.Length)], random));
            return;
        }

        var form = contentType[Inside.Length..];
        Run("application/fhir+json", random => FhirDocuments.SomeFhir.Bytes(FhirDocuments.SomeFhir.Cover(form, Changed(seeds[random.Next(seeds.Length)], random), """{ "reference": "Patient/1" }""")));
    }

    /// <summary>The same JSON with members dropped, doubled, of another kind, or in each other's place: what changed bytes rarely leave readable.</summary>
    [TestCaseSource(nameof(Structures))]
    public void So_it_is_when_its_parts_are_not_what_they_should_be(string contentType, string[] originals)
    {
        var outcomes = Run(contentType, random => MutatedJson.Of(originals[random.Next(originals.Length)], random));

        // The contract is strict: hardly any change of it is still a summary.
        string[] both = contentType == "application/json" ? [nameof(SummaryReading.Invalid)] : [nameof(SummaryReading.Read), nameof(SummaryReading.Invalid)];
        Assert.That(outcomes, Is.SupersetOf(both), "mutations that are all of one kind test nothing");
    }

    private static IReadOnlyCollection<string> Run(string contentType, Func<Random, byte[]> mutant)
    {
        var random = new Random(20261122);
        var outcomes = new SortedDictionary<string, int>();
        var slowest = TimeSpan.Zero;
        Answer(contentType, mutant(new Random(1)), 0);
        var kept = GC.GetTotalMemory(forceFullCollection: true);
        for (var round = 1; round <= Rounds; round++)
        {
            var body = mutant(random);
            var before = Environment.CpuUsage.TotalTime;
            var reading = Answer(contentType, body, round);
            var took = Environment.CpuUsage.TotalTime - before;
            slowest = took > slowest ? took : slowest;
            outcomes[reading.GetType().Name] = outcomes.GetValueOrDefault(reading.GetType().Name) + 1;
        }

        kept = GC.GetTotalMemory(forceFullCollection: true) - kept;
        TestContext.Out.WriteLine($"{Rounds} changes: {string.Join(", ", outcomes.Select(outcome => $"{outcome.Value} {outcome.Key}"))}; slowest {slowest.TotalMilliseconds:F0} ms of processor time");
        using var scope = Assert.EnterMultipleScope();
        Assert.That(slowest, Is.LessThan(TimeSpan.FromSeconds(1)), "of processor time: the machine may be busy");
        Assert.That(kept, Is.LessThan(8 * 1024 * 1024), "bytes kept when all is done");
        return outcomes.Keys;
    }

    private static SummaryReading Answer(string contentType, byte[] body, int round)
    {
        try
        {
            var reading = SummaryReader.Read(new SummaryCall(body, contentType, "Patient/1"), new IntakeOptions());
            if (reading is SummaryReading.Read read)
                SummaryMapper.Map(read.Summary, read.ContentHash, TheChart, new MappingOptions()).ToTransaction();
            if (contentType == MdmReader.MediaType)
                Hl7Ack.Write(body, AckCode.Reject, reading is SummaryReading.Invalid invalid ? invalid.Faults : [], DateTimeOffset.UnixEpoch);
            return reading;
        }
        catch (Exception thrown)
        {
            throw new AssertionException($"round {round}: {thrown}");
        }
    }

    private static TestCaseData Form(string name, string contentType, string[] originals) => new TestCaseData(contentType, originals).SetArgDisplayNames(name);

    /// <summary>Real documents; none without CHWFHIR_TESTDATA.</summary>
    private static string[] Shared(string folder, string pattern) => Environment.GetEnvironmentVariable("CHWFHIR_TESTDATA") is { Length: > 0 } data
        ? [.. Directory.GetFiles(Path.GetFullPath(Path.Combine(data, folder), Repository.Root), pattern, SearchOption.AllDirectories).Order(StringComparer.Ordinal).Where(file => new FileInfo(file).Length < 100_000).Select(File.ReadAllText)]
        : [];

    private static byte[] Changed(byte[] seed, Random random)
    {
        var body = new List<byte>(seed);
        for (var changes = random.Next(1, 8); changes > 0; changes--)
        {
            var at = random.Next(body.Count + 1);
            switch (random.Next(6))
            {
                case 0 when at < body.Count:
                    body[at] = (byte)random.Next(256);
                    break;
                case 1 when at < body.Count:
                    body.RemoveRange(at, Math.Min(random.Next(1, 30), body.Count - at));
                    break;
                case 2:
                    var piece = Pieces[random.Next(Pieces.Length)];
                    for (var times = random.Next(4) == 0 ? random.Next(1, 400) : 1; times > 0; times--)
                        body.InsertRange(at, piece);
                    break;
                case 3 when at < body.Count:
                    body.InsertRange(random.Next(body.Count), body.GetRange(at, Math.Min(random.Next(1, 200), body.Count - at)));
                    break;
                case 4 when random.Next(10) == 0:
                    body.RemoveRange(at, body.Count - at);
                    break;
                default:
                    body.InsertRange(at, Pieces[random.Next(Pieces.Length)]);
                    break;
            }
        }

        return [.. body];
    }
}
