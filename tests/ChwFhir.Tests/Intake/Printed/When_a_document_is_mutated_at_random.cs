using System.Text;
using ChwFhir.Intake;
using ChwFhir.Intake.Hl7;
using ChwFhir.Intake.Summaries;
using ChwFhir.Tests.Intake.Hl7;

namespace ChwFhir.Tests.Intake.Printed;

/// <summary>The seeds are fixed, so that a failure comes again. <c>CHWFHIR_FUZZ</c> is how many changes each form gets (the short form without it).</summary>
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

    private static IEnumerable<TestCaseData> Forms()
    {
        yield return new TestCaseData("text/plain", Plain).SetArgDisplayNames("plain");
        yield return new TestCaseData("text/markdown", "# Visit\n\n" + Plain).SetArgDisplayNames("Markdown");
        yield return new TestCaseData("text/html", Html).SetArgDisplayNames("HTML");
        yield return new TestCaseData(MdmReader.MediaType, string.Join('\r', Messages.Whole)).SetArgDisplayNames("HL7 v2");
        yield return new TestCaseData(MdmReader.MediaType, string.Join('\r', Messages.WithContent($"OBX|1|ED|||^text^html^Base64^{Convert.ToBase64String(Encoding.UTF8.GetBytes(Html))}"))).SetArgDisplayNames("HL7 v2 with HTML");
        yield return new TestCaseData(MdmReader.MediaType, string.Join('\r', Messages.WithContent($"OBX|1|ED|||^AP^rtf^A^{Rtf.Replace(@"\", @"\E\", StringComparison.Ordinal)}"))).SetArgDisplayNames("HL7 v2 with RTF");
        yield return new TestCaseData("application/fhir+json", $$"""{"resourceType":"DocumentReference","status":"current","subject":{"reference":"Patient/1"},"content":[{"attachment":{"contentType":"text/html","data":"{{Convert.ToBase64String(Encoding.UTF8.GetBytes(Html))}}" } } ] }""").SetArgDisplayNames("DocumentReference");
        yield return new TestCaseData("application/fhir+json", """{"resourceType":"Bundle","type":"document","entry":[{"resource":{"resourceType":"Composition","status":"final","title":"t","subject":{"reference":"Patient/p"},"section":[{"title":"Diet","text":{"div":"<div><p>low</p></div>"},"entry":[{"reference":"Goal/g"}],"section":[{"title":"x"}]}]}},{"resource":{"resourceType":"Patient","id":"p","name":[{"family":"A"}]}},{"resource":{"resourceType":"Goal","id":"g","description":{"text":"walk"}}}]}""").SetArgDisplayNames("document Bundle");
        var cda = Ccda.SomeCcda.Document(Ccda.SomeCcda.Section("69730-0", "<table><tr><td>Less salt</td></tr></table>"));
        yield return new TestCaseData("text/xml; charset=windows-1252", cda.Replace(" encoding=\"UTF-8\"", "", StringComparison.Ordinal)).SetArgDisplayNames("C-CDA in a code page");
        yield return new TestCaseData(Inside + MdmReader.MediaType, string.Join('\r', Messages.Whole)).SetArgDisplayNames("HL7 v2 in a DocumentReference");
        yield return new TestCaseData(Inside + "application/fhir+json", Encoding.UTF8.GetString(FhirDocuments.SomeFhir.Bundle())).SetArgDisplayNames("document Bundle in a DocumentReference");
        yield return new TestCaseData(Inside + "application/json", Encoding.UTF8.GetString(FhirDocuments.SomeFhir.Json("\"patient\": { \"reference\": \"Patient/1\" },"))).SetArgDisplayNames("JSON in a DocumentReference");
        yield return new TestCaseData(Inside + "application/cda+xml", cda).SetArgDisplayNames("C-CDA in a DocumentReference");
    }

    [TestCaseSource(nameof(Forms))]
    public void It_is_always_answered_and_soon(string contentType, string original)
    {
        var rounds = int.TryParse(Environment.GetEnvironmentVariable("CHWFHIR_FUZZ"), out var asked) ? asked : 1_500;
        var random = new Random(20261122);
        var isInside = contentType.StartsWith(Inside, StringComparison.Ordinal);
        var form = isInside ? contentType[Inside.Length..] : contentType;
        contentType = isInside ? "application/fhir+json" : contentType;
        var seed = Encoding.UTF8.GetBytes(original);
        var outcomes = new Dictionary<string, int>();
        var slowest = TimeSpan.Zero;
        for (var round = 0; round < rounds; round++)
        {
            var body = Changed(seed, random);
            if (isInside)
                body = FhirDocuments.SomeFhir.Bytes(FhirDocuments.SomeFhir.Cover(form, body, """{ "reference": "Patient/1" }"""));
            var before = Environment.CpuUsage.TotalTime;
            SummaryReading? reading = null;
            Assert.That(() => reading = SummaryReader.Read(new SummaryCall(body, contentType, "Patient/1"), new IntakeOptions()), Throws.Nothing, $"round {round}");
            var took = Environment.CpuUsage.TotalTime - before;
            if (round > 0 && took > slowest)
                slowest = took;
            if (contentType == MdmReader.MediaType)
                Assert.That(() => Hl7Ack.Write(body, AckCode.Reject, reading is SummaryReading.Invalid invalid ? invalid.Faults : [], DateTimeOffset.UnixEpoch), Throws.Nothing, $"round {round}");
            outcomes[reading!.GetType().Name] = outcomes.GetValueOrDefault(reading.GetType().Name) + 1;
        }

        TestContext.Out.WriteLine($"{rounds} changes: {string.Join(", ", outcomes)}; slowest {slowest.TotalMilliseconds:F0} ms of processor time");
        Assert.That(slowest, Is.LessThan(TimeSpan.FromSeconds(1)), "of processor time: the machine may be busy");
    }

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
