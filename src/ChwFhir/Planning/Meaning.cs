using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ChwFhir.Planning;

/// <summary>
/// Whether two pieces of FHIR JSON say the same, however a server writes it down: it may give elements ids, add displays, write references in full,
/// turn times into UTC and put lists into another order.
/// </summary>
internal static class Meaning
{
    private const int Day = 10;

    public static bool Same(JsonNode? one, JsonNode? other) => (one, other) switch
    {
        (null, null) => true,
        (JsonArray { Count: 0 }, null) or (null, JsonArray { Count: 0 }) => true,
        (JsonObject first, JsonObject second) when Key(first) is { } key => key == Key(second),
        (JsonObject first, JsonObject second) => Names(first).Union(Names(second)).All(name => Same(first[name], second[name])),
        (JsonArray first, JsonArray second) => first.Count == second.Count && SameItems(first, second),
        (JsonValue first, JsonValue second) => SameValue(first, second),
        _ => false,
    };

    public static bool Has(JsonArray list, JsonNode? item) => list.Any(other => Same(other, item));

    public static JsonArray List(JsonObject? from, string name) => from?[name] as JsonArray ?? [];

    /// <summary>What a reference points to; null for what is none.</summary>
    private static string? Key(JsonObject item)
    {
        if (item["reference"] is JsonValue reference && reference.TryGetValue<string>(out var text))
            return string.Join('/', text.Split("/_history/")[0].Split('/').TakeLast(2));
        return item["reference"] is null && item["identifier"] is JsonObject identifier && item.All(member => member.Key is "identifier" or "type" or "display" or "id") ? (string?)identifier["value"] : null;
    }

    private static IEnumerable<string> Names(JsonObject item) => item.Select(member => member.Key).Where(name => name is not ("id" or "display" or "userSelected"));

    private static bool SameItems(JsonArray first, JsonArray second)
    {
        var left = second.ToList();
        foreach (var item in first)
        {
            var match = left.FindIndex(other => Same(item, other));
            if (match < 0)
                return false;
            left.RemoveAt(match);
        }
        return true;
    }

    private static bool SameValue(JsonValue first, JsonValue second)
    {
        if (first.GetValueKind() != second.GetValueKind())
            return false;
        if (first.GetValueKind() == JsonValueKind.Number)
            return decimal.TryParse(first.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var one) && decimal.TryParse(second.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var other) && one == other;
        if (first.GetValueKind() != JsonValueKind.String)
            return true;

        var (text, words) = ((string)first!, (string)second!);
        return text == words || (Time(text) is { } time && time == Time(words));
    }

    private static DateTimeOffset? Time(string text) =>
        text.Length > Day && char.IsAsciiDigit(text[0]) && text[Day] == 'T' && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;
}
