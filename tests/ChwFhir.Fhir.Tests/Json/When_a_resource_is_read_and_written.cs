using System.Text;
using System.Text.Json;
using ChwFhir.Fhir.Model;
using ChwFhir.Testing;
using NUnit.Framework;

namespace ChwFhir.Fhir.Tests.Json;

public sealed class When_a_resource_is_read_and_written
{
    [Test]
    public void Every_resource_of_the_test_data_comes_out_as_it_went_in()
    {
        var count = 0;
        var wrong = new List<string>();
        foreach (var (where, json) in Resources())
        {
            if (!IsResource(json))
                continue;
            count++;
            if (Difference(json) is { } difference)
                wrong.Add($"{where}: {difference}");
        }

        TestContext.Out.WriteLine($"{count} resources");
        Assert.That(count, Is.GreaterThan(350));
        Assert.That(wrong, Is.Empty);
    }

    [TestCaseSource(typeof(FullExamples), nameof(FullExamples.Types))]
    public void An_example_with_every_member_comes_out_as_it_went_in(Type type)
    {
        foreach (var example in FullExamples.Of(type))
        {
            var json = FhirJson.ToBytes(example);

            var reading = FhirJson.Read<Resource>(json);

            Assert.That(reading.Issues, Is.Empty);
            Assert.That(reading.Resource, Is.TypeOf(type));
            Assert.That(FhirJson.ToJson(reading.Resource!), Is.EqualTo(FhirJson.ToJson(example)));
            Assert.That(FhirJson.ToJson((Resource)example.DeepCopy()), Is.EqualTo(FhirJson.ToJson(example)));
        }
    }

    // Whatever JSON there is: R4, older releases too, since what the model does not know is kept.
    private static IEnumerable<(string Where, byte[] Json)> Resources()
    {
        var root = Needs.TestData();
        foreach (var file in Directory.EnumerateFiles(root, "*json", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var where = Path.GetRelativePath(root, file);
            if (where.StartsWith("malformed", StringComparison.Ordinal))
                continue;
            if (!file.EndsWith(".ndjson", StringComparison.Ordinal))
                yield return (where, File.ReadAllBytes(file));
            else
                foreach (var (line, at) in File.ReadLines(file).Select((line, at) => (line, at)).Where(one => one.line.Length > 0))
                    yield return ($"{where}:{at + 1}", Encoding.UTF8.GetBytes(line));
        }
    }

    private static bool IsResource(byte[] json)
    {
        using var document = JsonDocument.Parse(WithoutMark(json));

        return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("resourceType", out _);
    }

    private static string? Difference(byte[] json)
    {
        var reading = FhirJson.Read<Resource>(json);
        if (reading.Resource is null)
            return $"not read: {reading.Issues[^1]}";
        if (reading.Issues.Any(issue => issue.Code == FhirJsonIssueCode.DuplicateMember))
            return null; // one of two cannot be written again; it has been told

        using var before = JsonDocument.Parse(WithoutMark(json));
        using var after = JsonDocument.Parse(FhirJson.ToBytes(reading.Resource));
        using var copied = JsonDocument.Parse(FhirJson.ToBytes((Resource)reading.Resource.DeepCopy(), pretty: true));

        return JsonComparison.Difference(before.RootElement, after.RootElement, "") ?? JsonComparison.Difference(before.RootElement, copied.RootElement, "copy");
    }

    private static ReadOnlyMemory<byte> WithoutMark(byte[] json) => json is [0xEF, 0xBB, 0xBF, ..] ? json.AsMemory(3) : json;
}
