using System.Text.Json;
using System.Text.RegularExpressions;

namespace ChwFhir.Tests.Intake;

/// <summary>Judges JSON by a JSON Schema, by the letter of draft 2020-12, for the keywords that our schemas use; any other keyword is an error.</summary>
internal static class SmallSchema
{
    public static bool Takes(JsonElement schema, JsonElement value) => schema.EnumerateObject().All(keyword => Takes(schema, keyword, value));

    private static bool Takes(JsonElement schema, JsonProperty keyword, JsonElement value)
    {
        var rule = keyword.Value;
        var kind = value.ValueKind;
        return keyword.Name switch
        {
            "$schema" or "$id" or "title" or "description" or "format" or "contentEncoding" => true,
            "type" => IsType(rule.GetString()!, value),
            "const" => JsonElement.DeepEquals(rule, value),
            "enum" => rule.EnumerateArray().Any(allowed => JsonElement.DeepEquals(allowed, value)),
            "anyOf" => rule.EnumerateArray().Any(one => Takes(one, value)),
            "properties" => kind != JsonValueKind.Object || rule.EnumerateObject().All(one => !value.TryGetProperty(one.Name, out var member) || Takes(one.Value, member)),
            "additionalProperties" => kind != JsonValueKind.Object || value.EnumerateObject().All(member => schema.GetProperty("properties").TryGetProperty(member.Name, out _)),
            "required" => kind != JsonValueKind.Object || rule.EnumerateArray().All(name => value.TryGetProperty(name.GetString()!, out _)),
            "minProperties" => kind != JsonValueKind.Object || value.EnumerateObject().Count() >= rule.GetInt32(),
            "items" => kind != JsonValueKind.Array || value.EnumerateArray().All(entry => Takes(rule, entry)),
            "minItems" => kind != JsonValueKind.Array || value.GetArrayLength() >= rule.GetInt32(),
            "minLength" => kind != JsonValueKind.String || value.GetString()!.EnumerateRunes().Count() >= rule.GetInt32(),
            "maxLength" => kind != JsonValueKind.String || value.GetString()!.EnumerateRunes().Count() <= rule.GetInt32(),
            "pattern" => kind != JsonValueKind.String || Regex.IsMatch(value.GetString()!, ToTheEnd(rule.GetString()!)),
            "minimum" => kind != JsonValueKind.Number || value.GetDouble() >= rule.GetDouble(),
            "maximum" => kind != JsonValueKind.Number || value.GetDouble() <= rule.GetDouble(),
            var unknown => throw new NotSupportedException($"The keyword {unknown} is not judged here."),
        };
    }

    /// <summary>ECMAScript's $ is the very end; in .NET a line feed may still follow.</summary>
    private static string ToTheEnd(string pattern) => pattern.EndsWith('$') ? $@"{pattern[..^1]}\z" : throw new NotSupportedException($"The pattern {pattern} is open.");

    private static bool IsType(string type, JsonElement value) => type switch
    {
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "string" => value.ValueKind == JsonValueKind.String,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "number" => value.ValueKind == JsonValueKind.Number,
        "integer" => value.ValueKind == JsonValueKind.Number && double.IsInteger(value.GetDouble()),
        _ => throw new NotSupportedException($"The type {type} is not judged here."),
    };
}
