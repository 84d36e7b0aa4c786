using System.Text;
using System.Text.Json.Nodes;

namespace ChwFhir.Sandbox.Pages;

/// <summary>What a person wants to see of a resource before its JSON: a line for each, and the text of a note as text.</summary>
internal static class Gist
{
    private static readonly string[] Names = ["description", "title", "name", "payload.contentString"];
    private static readonly string[] Concepts = ["code", "type", "description", "medicationCodeableConcept", "category", "topic", "relationship"];
    private static readonly string[] Times = ["period.start", "sent", "date", "effectiveDateTime", "start", "authoredOn", "authored", "onsetDateTime", "startDate", "recorded", "birthDate"];

    public static string Line(JsonNode resource)
    {
        var words = new[] { Named(resource), First(resource, ["status", "lifecycleStatus", "clinicalStatus.coding.code"]), First(resource, Times) is { } time ? time[..Math.Min(16, time.Length)].Replace('T', ' ') : null };
        return string.Join(" · ", words.OfType<string>());
    }

    /// <summary>The plain text of a resource's attachments, if it has any.</summary>
    public static string? Text(JsonNode resource)
    {
        var texts = resource.At("content.attachment").Where(attachment => attachment["contentType"].String()?.StartsWith("text/plain", StringComparison.Ordinal) == true)
            .Select(attachment => Decoded(attachment["data"].String())).Where(text => text.Length > 0).ToList();
        return texts.Count == 0 ? null : string.Join("\n\n", texts);
    }

    private static string? Named(JsonNode resource)
    {
        var name = First(resource, ["name.text", .. Concepts.Select(concept => concept + ".text"), .. Concepts.Select(concept => concept + ".coding.display"), .. Names]);
        return name?.Length > 120 ? name[..120] + "…" : name;
    }

    private static string? First(JsonNode resource, IEnumerable<string> paths) =>
        paths.Select(path => resource.At(path).Select(found => found.String()).FirstOrDefault(text => text is not null)).FirstOrDefault(text => text is not null);

    private static string Decoded(string? data)
    {
        var bytes = new byte[(data?.Length ?? 0) * 3 / 4 + 3];
        return Convert.TryFromBase64String(data ?? "", bytes, out var count) ? Encoding.UTF8.GetString(bytes, 0, count) : "";
    }
}
