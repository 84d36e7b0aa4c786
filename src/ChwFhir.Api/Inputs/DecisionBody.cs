using System.Text.Json;
using ChwFhir.Intake;

namespace ChwFhir.Api.Inputs;

/// <summary>Reads a decision strictly: one that is mistyped must not be taken for another.</summary>
internal static class DecisionBody
{
    private static readonly string[] Members = ["key", "decision", "reference", "encounter", "reason"];

    public static NoteDecision Read(JsonElement body, List<NoteFault> faults)
    {
        if (body.ValueKind != JsonValueKind.Object)
        {
            faults.Add(new NoteFault("", "type", "an object with key and decision"));
            return new NoteDecision(null, null);
        }

        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var member in body.EnumerateObject())
        {
            // A pointer repeats only names that are ours.
            if (!Members.Contains(member.Name, StringComparer.Ordinal))
                faults.Add(new NoteFault("", "unknown-member", $"allowed are {string.Join(", ", Members)}"));
            else if (member.Value.ValueKind is JsonValueKind.String)
            {
                if (!texts.TryAdd(member.Name, member.Value.GetString()!))
                    faults.Add(new NoteFault($"/{member.Name}", "duplicate-member", "stands more than once"));
            }
            else if (member.Value.ValueKind is not JsonValueKind.Null)
                faults.Add(new NoteFault($"/{member.Name}", "type", "a text"));
        }
        return new NoteDecision(texts.GetValueOrDefault("key"), texts.GetValueOrDefault("decision"), texts.GetValueOrDefault("reference"), texts.GetValueOrDefault("encounter"), texts.GetValueOrDefault("reason"));
    }
}
