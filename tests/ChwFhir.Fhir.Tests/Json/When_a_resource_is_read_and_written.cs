using System.Text.Json;
using ChwFhir.Fhir.Model;
using NUnit.Framework;

namespace ChwFhir.Fhir.Tests.Json;

public sealed class When_a_resource_is_read_and_written
{
    [Test]
    public void Every_resource_of_the_test_data_comes_out_as_it_went_in()
    {
        var count = 0;
        var wrong = new List<string>();
        foreach (var (where, json) in TestData.Resources())
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

        using var before = JsonDocument.Parse(WithoutMark(json));
        using var after = JsonDocument.Parse(FhirJson.ToBytes(reading.Resource));
        using var copied = JsonDocument.Parse(FhirJson.ToBytes((Resource)reading.Resource.DeepCopy(), pretty: true));

        return JsonComparison.Difference(before.RootElement, after.RootElement, "") ?? JsonComparison.Difference(before.RootElement, copied.RootElement, "copy");
    }

    private static ReadOnlyMemory<byte> WithoutMark(byte[] json) => json is [0xEF, 0xBB, 0xBF, ..] ? json.AsMemory(3) : json;
}
