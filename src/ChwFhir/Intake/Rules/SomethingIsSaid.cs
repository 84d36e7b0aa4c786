using System.Text.Json;
using System.Text.Json.Nodes;
using ChwFhir.Intake.Shapes;

namespace ChwFhir.Intake.Rules;

/// <summary>A note needs a narrative, sections or a structured part, unless the visit did not come about.</summary>
internal static class SomethingIsSaid
{
    private static readonly VisitStatus[] NeedNone =
    [
        VisitStatus.NotHome, VisitStatus.Declined, VisitStatus.InHospital, VisitStatus.Moved, VisitStatus.Unsafe, VisitStatus.Died,
        VisitStatus.Cancelled, VisitStatus.Planned,
    ];

    private static readonly string[] Parts =
    [
        "narrative", "sections", "insights", "whatMatters", "concerns", "screenings", "symptoms", "vitals", "medicinesAtHome", "goals", "referrals",
        "education", "advanceCarePlanning", "messages", "followUp", "home", "consents", "time", "attachments",
    ];

    public static void Check(JsonElement note, Trail trail)
    {
        if (Parts.Any(part => IsThere(note, part)) || NeedsNone(note))
            return;

        trail.FaultAt("", "required", "needs a narrative, sections or a structured part such as goals; only a visit that did not come about needs none");
    }

    /// <summary>The same in JSON Schema.</summary>
    public static JsonArray Schema()
    {
        var none = new JsonObject
        {
            ["properties"] = new JsonObject
            {
                ["visit"] = new JsonObject
                {
                    ["properties"] = new JsonObject { ["status"] = new JsonObject { ["enum"] = Strings(NeedNone.Select(Words.Of)) } },
                    ["required"] = Strings(["status"]),
                },
            },
        };
        var some = Parts.Select(part => new JsonObject
        {
            ["properties"] = new JsonObject { [part] = new JsonObject { ["minItems"] = 1 } },
            ["required"] = Strings([part]),
        });
        return new JsonArray([none, .. some]);
    }

    private static bool IsThere(JsonElement note, string part) =>
        note.TryGetProperty(part, out var value) && (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() > 0);

    private static bool NeedsNone(JsonElement note) =>
        note.TryGetProperty("visit", out var visit) && visit.ValueKind == JsonValueKind.Object
        && visit.TryGetProperty("status", out var status) && status.ValueKind == JsonValueKind.String
        && Words.TryParse<VisitStatus>(status.GetString()!, out var word) && NeedNone.Contains(word);

    private static JsonArray Strings(IEnumerable<string> words) => new([.. words.Select(word => JsonValue.Create(word))]);
}
