using System.Diagnostics;
using System.Globalization;
using System.Text;
using ChwFhir.Fhir.Model;

namespace ChwFhir.Fhir.Tests.Validation;

/// <summary>
/// Ten times as much takes about ten times as long, whatever it is that there is much of: reading, looking, telling, writing. The times are printed; what is
/// held is a limit that only work that grows faster than its input exceeds.
/// </summary>
public sealed class When_input_grows
{
    private const int Many = 100_000;
    private const string Screening = "http://hl7.org/fhir/us/core/StructureDefinition/us-core-observation-screening-assessment";

    private static readonly Dictionary<string, Func<int, string>> Shapes = new()
    {
        ["names written oddly"] = many => Patient($"\"name\":[{{\"given\":[{Times(many, at => at % 2 == 0 ? "1" : "\"\\ud83d\"")}]}}]"),
        ["nulls with something beside each"] = many => Patient($"\"name\":[{{\"given\":[{Times(many, _ => "null")}],\"_given\":[{Times(many, _ => "{\"id\":\"a\"}")}]}}]"),
        ["nulls with nothing beside them"] = many => Patient($"\"name\":[{{\"given\":[{Times(many, _ => "null")}]}}]"),
        ["codes that nobody knows"] = many => $$"""{"resourceType":"HealthcareService","availableTime":[{"daysOfWeek":[{{Times(many, at => $"\"x{at}\"")}}]}]}""",
        ["the same member again and again"] = many => Patient(Times(many, at => $"\"_birthDate\":{{\"id\":\"a{at}\"}}")),
        ["members that nobody knows"] = many => Patient(Times(many, at => $"\"x{at}\":1")),
        ["things in place of objects"] = many => Patient($"\"name\":[{Times(many, _ => "5")}]"),
        ["contained resources"] = many => $$"""{"resourceType":"List","status":"current","mode":"working","contained":[{{Times(many, at => $"{{\"resourceType\":\"Patient\",\"id\":\"c{at}\",\"active\":true}}")}}],"entry":[{{Times(many, at => $"{{\"item\":{{\"reference\":\"#c{at}\"}}}}")}}]}""",
        ["references to one that claims a thousand profiles"] = many => Claiming(many, $"\"meta\":{{\"profile\":[{Times(many / 100, at => $"\"http://x.example/{at}\"")}]}},"),
        ["claims of one profile"] = many => Categories(many / 10, $"\"meta\":{{\"profile\":[{Times(many, _ => $"\"{Screening}\"")}]}},"),
        ["references in a chain"] = many => $$"""{"resourceType":"Bundle","type":"collection","entry":[{{Times(many / 10, at => $"{{\"fullUrl\":\"{Url(at)}\",\"resource\":{Observation("o", at == 0 ? $"\"meta\":{{\"profile\":[\"{Screening}\"]}}," : "", $"\"hasMember\":[{{\"reference\":\"{Url(at + 1)}\"}}],")}}}")}}]}""",
        ["entries of one address"] = many => $$"""{"resourceType":"Bundle","type":"collection","entry":[{{Times(many / 10, at => $"{{\"fullUrl\":\"http://a.example/Observation/o\",\"resource\":{Observation("o", "", "\"hasMember\":[{\"reference\":\"Observation/o/_history/1\"}],")}}}")}}]}""",
        ["extensions"] = many => Patient($"\"extension\":[{Times(many, at => $"{{\"url\":\"http://x.example/{at}\",\"valueString\":\"a\"}}")}]"),
        ["extensions of one definition"] = many => Patient($"\"extension\":[{Times(many, _ => "{\"url\":\"http://hl7.org/fhir/us/core/StructureDefinition/us-core-race\",\"extension\":[{\"url\":\"text\",\"valueString\":\"a\"}]}")}]"),
        ["items that may belong to a slice"] = many => Categories(many, $"\"meta\":{{\"profile\":[\"{Screening}\"]}},"),
        ["codings of one item that may belong to a slice"] = many => Observation("o", $"\"meta\":{{\"profile\":[\"{Screening}\"]}},", "").Replace("\"coding\":[", $"\"coding\":[{Times(many, at => $"{{\"system\":\"http://x.example\",\"code\":\"{at}\"}}")},", StringComparison.Ordinal),
        ["digits"] = many => Observation("o", "", $"\"component\":[{{\"code\":{{\"text\":\"a\"}},\"valueQuantity\":{{\"value\":{new string('1', many * 10)}}}}}],"),
        ["letters of a narrative"] = many => Patient($"\"text\":{{\"status\":\"generated\",\"div\":\"<div xmlns=\\\"http://www.w3.org/1999/xhtml\\\">{Times(many, _ => "<p>&amp; a</p>", "")}</div>\"}}"),
        ["faults in one long line"] = many => Patient($"\"telecom\":[{Times(many, _ => "{\"system\":\"pigeon\"}")}]"),
        ["answers"] = many => $$"""{"resourceType":"QuestionnaireResponse","status":"completed","item":[{{Times(many, at => $"{{\"linkId\":\"{at}\",\"answer\":[{{\"valueString\":\"a\"}}]}}")}}]}""",
    };

    public static IEnumerable<string> Much => Shapes.Keys;

    [TestCaseSource(nameof(Much))]
    public void Time_grows_as_it_does(string what)
    {
        byte[] small = Encoding.UTF8.GetBytes(Shapes[what](Many / 10)), big = Encoding.UTF8.GetBytes(Shapes[what](Many));
        Look(small);

        var (little, much) = (Look(small), Look(big));

        TestContext.Out.WriteLine($"{what}: {little.TotalMilliseconds:0.0} ms, of ten times as much {much.TotalMilliseconds:0.0} ms ({big.Length / 1024} kB)");
        using var scope = Assert.EnterMultipleScope();
        Assert.That(big, Has.Length.GreaterThan(small.Length * 5));
        Assert.That(much, Is.LessThan(TimeSpan.FromSeconds(5)));
    }

    [Test]
    public void Nor_does_it_take_longer_to_be_asked_for_one_profile_again_and_again()
    {
        var reading = FhirJson.Read<Resource>(Encoding.UTF8.GetBytes(Categories(Many / 10, "")));
        var clock = Stopwatch.StartNew();

        var found = TheProfiles.Validation.Validate(reading, [.. Enumerable.Repeat(Screening, Many)]);

        using var scope = Assert.EnterMultipleScope();
        Assert.That(found.Errors, Is.Empty);
        Assert.That(clock.Elapsed, Is.LessThan(TimeSpan.FromSeconds(5)));
    }

    private static TimeSpan Look(byte[] json)
    {
        var clock = Stopwatch.StartNew();
        var reading = FhirJson.Read<Resource>(json);
        var found = TheProfiles.Validation.Validate(reading);
        _ = found.ToOperationOutcome();
        _ = FhirJson.ToBytes(reading.Resource!);

        return clock.Elapsed;
    }

    private static string Patient(string members) => $$"""{"resourceType":"Patient","id":"p",{{members}}}""";

    private static string Claiming(int many, string meta) =>
        $$"""{"resourceType":"Bundle","type":"collection","entry":[{"fullUrl":"{{Url(0)}}","resource":{{Observation("o", meta, "")}}},{"fullUrl":"{{Url(1)}}","resource":{{Observation("o", $"\"meta\":{{\"profile\":[\"{Screening}\"]}},", $"\"hasMember\":[{Times(many, _ => $"{{\"reference\":\"{Url(0)}\"}}")}],")}}}]}""";

    private static string Categories(int many, string meta) =>
        Observation("o", meta, "").Replace("\"category\":[", $"\"category\":[{Times(many, at => $"{{\"coding\":[{{\"system\":\"http://x.example\",\"code\":\"{at}\"}}]}}")},", StringComparison.Ordinal);

    private static string Observation(string id, string meta, string members) =>
        $$"""{"resourceType":"Observation","id":"{{id}}",{{meta}}{{members}}"status":"final","code":{"text":"a"},"subject":{"reference":"Patient/x"},"category":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/observation-category","code":"survey"}]}],"valueString":"b"}""";

    private static string Url(int number) => string.Create(CultureInfo.InvariantCulture, $"urn:uuid:6f2c1b04-0000-4000-8000-{number:x12}");

    private static string Times(int many, Func<int, string> one, string between = ",") => string.Join(between, Enumerable.Range(0, many).Select(one));
}
