using System.Text;
using System.Text.Json.Nodes;

namespace ChwFhir.SmartApp.WriteVisit;

/// <summary>The visit note of the contract, as a form says it, and which field each of its members comes from.</summary>
internal sealed class BuiltNote(JsonObject note, IReadOnlyDictionary<string, string> fields)
{
    public JsonObject Note { get; } = note;

    public byte[] ToBytes() => Encoding.UTF8.GetBytes(Note.ToJsonString());

    /// <summary>How many parts somebody asks to keep from the chart.</summary>
    public int Held => (Note.ContainsKey("narrativeHold") ? 1 : 0) + Note.Select(member => member.Value).OfType<JsonArray>().Sum(list => list.OfType<JsonObject>().Count(part => part.ContainsKey("hold")));

    /// <summary>The field that a fault is about, or the row or part around it; null when it is about none of them.</summary>
    public string? FieldOf(string pointer)
    {
        for (var at = pointer; at.Length > 0; at = at[..at.LastIndexOf('/')])
        {
            if (fields.TryGetValue(at, out var field))
                return field;
        }
        return null;
    }
}
