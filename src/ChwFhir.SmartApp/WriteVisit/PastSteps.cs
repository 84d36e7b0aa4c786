using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using ChwFhir.Intake;

namespace ChwFhir.SmartApp.WriteVisit;

/// <summary>
/// The steps of a goal that are over: nobody is asked about them, and where the goal is written down again they stand in it as they were. They are one field of
/// the form, however many they have become.
/// </summary>
internal static class PastSteps
{
    // It stands in an attribute, which is encoded once more: signs of other scripts may stand as they are.
    private static readonly JsonSerializerOptions AsWritten = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly StepStatus[] Past = [StepStatus.Completed, StepStatus.Cancelled, StepStatus.Stopped, StepStatus.EnteredInError];

    public static IEnumerable<string> States => Past.Select(Words.Of);

    public static bool IsPast(GoalStep step) => Past.Contains(step.Status);

    /// <summary>Null where there is none.</summary>
    public static string? Of(NoteGoal goal)
    {
        JsonArray all = [];
        for (var at = 0; at < goal.Steps.Count; at++)
        {
            if (goal.Steps[at] is var step && IsPast(step))
                all.Add(Json(step, at));
        }
        return all.Count > 0 ? all.ToJsonString(AsWritten) : null;
    }

    /// <summary>Each with its place among the goal's steps. A field that was tampered with has none.</summary>
    public static IReadOnlyList<(int At, JsonObject Step)> Read(string? field)
    {
        try
        {
            return field is not null && JsonNode.Parse(field) is JsonArray all ? [.. all.OfType<JsonObject>().Select(step => (Place(step), Without(step)))] : [];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    private static JsonObject Json(GoalStep step, int at)
    {
        var json = new JsonObject { ["at"] = at };
        foreach (var (name, value) in new[] { ("id", step.Id), ("text", step.Text), ("who", step.Who is { } who ? Words.Of(who) : null), ("due", step.Due), ("status", Words.Of(step.Status)) })
        {
            if (value is not null)
                json[name] = value;
        }
        return json;
    }

    private static int Place(JsonObject step) => step["at"] is JsonValue at && at.TryGetValue<int>(out var place) ? place : int.MaxValue;

    private static JsonObject Without(JsonObject step)
    {
        var json = step.DeepClone().AsObject();
        json.Remove("at");
        return json;
    }
}
