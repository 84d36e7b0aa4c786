using System.Buffers.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ChwFhir.Sandbox.Search;

namespace ChwFhir.Sandbox.Rules;

/// <summary>The values of R4's primitive types.</summary>
internal static partial class Primitives
{
    public static bool Is(string type) => char.IsAsciiLetterLower(type[0]);

    /// <summary>What is wrong with a value, or null.</summary>
    public static string? Fault(Element element, JsonValue value)
    {
        var kind = value.GetValueKind();
        switch (element.Type)
        {
            case "boolean":
                return kind is JsonValueKind.True or JsonValueKind.False ? null : "This is true or false.";
            case "integer" or "positiveInt" or "unsignedInt":
                return kind == JsonValueKind.Number && value.TryGetValue(out int number) && number >= (element.Type == "positiveInt" ? 1 : element.Type == "unsignedInt" ? 0 : int.MinValue) ? null : $"This is no {element.Type}.";
            case "decimal":
                return kind == JsonValueKind.Number ? null : "This is a number.";
        }
        if (kind != JsonValueKind.String)
            return $"This is a text of type {element.Type}.";
        var text = value.GetValue<string>();
        if (string.IsNullOrWhiteSpace(text))
            return "A text may not be empty.";
        if (element.Codes is { } codes && !codes.Contains(text))
            return $"This code is not one of: {string.Join(", ", codes.Order(StringComparer.Ordinal).Take(12))}.";
        return Fits(element.Type, text) ? null : $"This is no {element.Type}.";
    }

    private static bool Fits(string type, string text) => type switch
    {
        "date" => TimeRange.Read(text) is not null && !text.Contains('T', StringComparison.Ordinal),
        "dateTime" => TimeRange.Read(text) is not null && (!text.Contains('T', StringComparison.Ordinal) || Zoned().IsMatch(text)),
        "instant" => TimeRange.Read(text) is not null && Zoned().IsMatch(text),
        "time" => Time().IsMatch(text),
        "code" => Code().IsMatch(text),
        "id" => Rest.Reference.IsId(text),
        "uri" or "url" or "canonical" or "oid" or "uuid" => !text.Any(char.IsWhiteSpace),
        "base64Binary" => Base64.IsValid(text),
        "xhtml" => text.TrimStart().StartsWith("<div", StringComparison.Ordinal) && text.TrimEnd().EndsWith('>'),
        _ => !text.Contains('\0', StringComparison.Ordinal)
    };

    [GeneratedRegex(@"T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Zoned();

    [GeneratedRegex(@"\A([01]\d|2[0-3]):[0-5]\d:([0-5]\d|60)(\.\d+)?\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Time();

    [GeneratedRegex(@"\A\S+( \S+)*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Code();
}
