using System.Text.Json;
using System.Text.Json.Nodes;
using ChwFhir.Intake;

namespace ChwFhir.Api.Fhir;

/// <summary>A JSON object by the letter. What says a thing twice says nothing: which of the two counts would depend on who reads it.</summary>
internal static class FhirBody
{
    private const int LongestName = 40;

    /// <summary>The object, every member of which can be looked at; else what is wrong, each with its place.</summary>
    public static JsonObject? Read(ReadOnlyMemory<byte> body, out IReadOnlyList<NoteFault> faults)
    {
        using var json = StrictJson.Parse(body, out var fault);
        faults = fault is not null ? [fault] : json!.RootElement.ValueKind != JsonValueKind.Object ? [new NoteFault("", "not-json", "A JSON object belongs here.")] : [.. Twice(json.RootElement, "")];
        return faults.Count == 0 ? JsonObject.Create(json!.RootElement.Clone()) : null;
    }

    /// <summary>It was JSON and an object: what is wrong is inside of it.</summary>
    public static bool IsRead(IReadOnlyList<NoteFault> faults) => faults.All(fault => fault.Code == "duplicate-member");

    private static IEnumerable<NoteFault> Twice(JsonElement element, string pointer) => element.ValueKind switch
    {
        JsonValueKind.Array => element.EnumerateArray().SelectMany((one, at) => Twice(one, $"{pointer}/{at}")),
        JsonValueKind.Object => Doubled(element, pointer).Concat(element.EnumerateObject().SelectMany(member => Twice(member.Value, At(pointer, member.Name)))),
        _ => [],
    };

    private static IEnumerable<NoteFault> Doubled(JsonElement item, string pointer)
    {
        HashSet<string> seen = new(StringComparer.Ordinal);
        foreach (var member in item.EnumerateObject())
        {
            if (!seen.Add(member.Name))
                yield return new NoteFault(At(pointer, member.Name), "duplicate-member", "This stands here twice.");
        }
    }

    // A name is repeated only when it looks like one: nobody's words come back.
    private static string At(string pointer, string name) => name.Length is > 0 and <= LongestName && name.All(letter => char.IsAsciiLetter(letter) || letter is '_') ? $"{pointer}/{name}" : pointer;
}
