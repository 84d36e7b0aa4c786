using System.Text;
using System.Text.Json.Nodes;
using ChwFhir.Intake.Parts;

namespace ChwFhir.Intake.Narratives;

/// <summary>A note with a suggestion in it that somebody took over. Everything else stays as it was sent, digit for digit.</summary>
internal static class TakenSuggestion
{
    internal static byte[] Into(ReadOnlyMemory<byte> input, Suggestion suggestion, string by)
    {
        var note = JsonNode.Parse(StrictJson.WithoutMark(input.Span))!.AsObject();
        var part = JsonNode.Parse(suggestion.Part)!.AsObject();
        part[TakenOverPart.Member] = new JsonObject { ["by"] = by };
        if (suggestion.Into.EndsWith("/-", StringComparison.Ordinal))
        {
            var list = suggestion.Into[1..^2];
            if (note[list] is not JsonArray entries)
                note[list] = entries = [];
            entries.Add(part);
        }
        else if (note[suggestion.Into[1..]] is JsonObject there)
        {
            // Behind what it says already.
            there["text"] = there["text"] is { } said ? $"{(string?)said}\n{(string?)part["text"]}" : part["text"]!.DeepClone();
            if (part["nextVisit"] is { } day && there["nextVisit"] is null)
                there["nextVisit"] = day.DeepClone();
            there[TakenOverPart.Member] = part[TakenOverPart.Member]!.DeepClone();
        }
        else
        {
            note[suggestion.Into[1..]] = part;
        }

        return Encoding.UTF8.GetBytes(note.ToJsonString());
    }
}
