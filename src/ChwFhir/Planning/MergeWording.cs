using System.Text.Json.Nodes;

namespace ChwFhir.Planning;

/// <summary>Elements and their values as words that a person reads.</summary>
internal static class MergeWording
{
    public static string Element(string type, string stem) => (type, stem) switch
    {
        (_, "lifecycleStatus" or "clinicalStatus" or "status") => "status",
        (_, "verificationStatus") => "verification",
        (_, "achievementStatus") => "progress",
        ("Goal", "target") => "due",
        (_, "scheduled") => "when",
        (_, "performer") => "who",
        (_, "description") => "words",
        _ => stem,
    };

    public static string Step(JsonObject activity) => string.Join(", ", new[] { Of(activity["detail"]?["status"]), When(activity["detail"] as JsonObject) }.Where(words => words.Length > 0 && words != Nothing));

    public static string Of(JsonNode? value) => value switch
    {
        null => Nothing,
        JsonArray list => Joined(list.Select(Of)),
        JsonObject { Count: 0 } => Nothing,
        JsonObject one => Text(one) ?? Joined(one.Where(member => member.Value is not null && member.Key is not ("id" or "extension" or "system")).Select(member => Of(member.Value))),
        _ => value.ToString(),
    };

    private const string Nothing = "nothing";

    private static string? Text(JsonObject one) =>
        (string?)(one["text"] as JsonValue)
        ?? (one["coding"] is JsonArray { Count: > 0 } coding ? Of(coding[0]) : null)
        ?? (one["display"] is JsonValue display ? (string?)display : null)
        ?? (one["code"] is JsonValue code ? (string?)code : null)
        ?? (one["reference"] is JsonValue reference ? (string?)reference : null)
        ?? Period(one);

    private static string? Period(JsonObject one) => ((string?)(one["start"] as JsonValue), (string?)(one["end"] as JsonValue)) switch
    {
        ({ } start, { } end) => $"{start} to {end}",
        ({ } start, null) => $"from {start}",
        (null, { } end) => $"by {end}",
        _ => null,
    };

    private static string When(JsonObject? detail) => Joined(detail?.Where(member => member.Key.StartsWith("scheduled", StringComparison.Ordinal)).Select(member => Of(member.Value)) ?? []);

    private static string Joined(IEnumerable<string> words) => string.Join(", ", words.Where(word => word.Length > 0).Distinct());
}
