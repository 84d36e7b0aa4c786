using System.Text.Json.Nodes;

namespace ChwFhir.Planning;

/// <summary>
/// The activities of a shared plan, matched by the step key in their detail: those of earlier visits stay, new ones are added, matching ones
/// are updated. An activity without our key is somebody else's and is not touched.
/// </summary>
internal static class MergeActivities
{
    private const string List = "activity";

    public static void Apply(MergeWork work)
    {
        foreach (var step in MergeWork.List(work.Visit, List).OfType<JsonObject>())
        {
            if (StepKey(step) is { } key)
                Apply(work, step, key);
            else
                AddOnce(work, step);
        }
    }

    private static void Apply(MergeWork work, JsonObject step, string key)
    {
        var there = Find(work.Merged, key);
        if (!work.Speaks($"{List}/{key}", there is null || !SaysAll(there, step)))
            return;

        // The plan is shared: a step that the visit only repeats may have been moved on by a clinician.
        var repeats = JsonNode.DeepEquals(Find(work.Before, key), step);
        if (there is null)
            MergeWork.Append(work.Merged, List, step);
        else if (!repeats)
            Overlay(there, step);

        if (Find(work.Said, key) is { } said)
            said.ReplaceWith(step.DeepClone());
        else
            MergeWork.Append(work.Said, List, step);
    }

    private static void AddOnce(MergeWork work, JsonObject step)
    {
        foreach (var into in new[] { work.Merged, work.Said })
            if (!MergeWork.List(into, List).Any(activity => Same(activity, step)))
                MergeWork.Append(into, List, step);
    }

    private static bool Same(JsonNode? activity, JsonObject step) => step["reference"] is { } reference
        ? activity?["reference"] is { } other && MergeWork.Key(other) == MergeWork.Key(reference)
        : JsonNode.DeepEquals(activity, step);

    private static JsonObject? Find(JsonObject plan, string key) =>
        MergeWork.List(plan, List).OfType<JsonObject>().FirstOrDefault(activity => StepKey(activity) == key);

    private static string? StepKey(JsonObject activity) =>
        MergeWork.List(activity["detail"] as JsonObject ?? [], "extension").Concat(MergeWork.List(activity, "extension")).OfType<JsonObject>()
            .Where(extension => ((string?)extension["url"])?.EndsWith("step-key", StringComparison.Ordinal) is true)
            .Select(extension => extension.FirstOrDefault(member => member.Key.StartsWith("value", StringComparison.Ordinal)).Value?.ToString())
            .FirstOrDefault();

    private static bool SaysAll(JsonObject activity, JsonObject step) =>
        Detail(step).All(member => JsonNode.DeepEquals(activity["detail"]?[member.Key], member.Value));

    // Progress notes, outcomes and extensions of others hang on the activity: only what the visit says is put in.
    private static void Overlay(JsonObject activity, JsonObject step)
    {
        var detail = Detail(activity);
        foreach (var (name, value) in Detail(step).Where(member => member.Key != "extension").ToList())
        {
            if (name.StartsWith("scheduled", StringComparison.Ordinal))
                foreach (var other in detail.Select(member => member.Key).Where(member => member.TrimStart('_').StartsWith("scheduled", StringComparison.Ordinal)).ToList())
                    detail.Remove(other);
            detail[name] = value?.DeepClone();
        }
    }

    private static JsonObject Detail(JsonObject activity)
    {
        if (activity["detail"] is JsonObject detail)
            return detail;

        detail = [];
        activity["detail"] = detail;
        return detail;
    }
}
