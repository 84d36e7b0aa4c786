using System.Text.Json;

namespace ChwFhir.Api.Audit;

/// <summary>Whose note a previewed Bundle comes of.</summary>
internal static class PreviewedPatient
{
    private static readonly string[] Members = ["subject", "patient", "for"];

    /// <summary>Null where nobody of this EHR is named.</summary>
    public static string? Of(ReadOnlyMemory<byte> bundle)
    {
        using var json = JsonDocument.Parse(bundle);
        if (!json.RootElement.TryGetProperty("entry", out var entries) || entries.ValueKind != JsonValueKind.Array)
            return null;
        return (from entry in entries.EnumerateArray()
                where entry.TryGetProperty("resource", out _)
                from member in Members
                select Reference(entry.GetProperty("resource"), member)).FirstOrDefault(reference => reference is not null);
    }

    private static string? Reference(JsonElement resource, string member) =>
        resource.TryGetProperty(member, out var person) && person.ValueKind == JsonValueKind.Object && person.TryGetProperty("reference", out var reference)
        && reference.GetString() is { } text && text.StartsWith("Patient/", StringComparison.Ordinal) ? text : null;
}
