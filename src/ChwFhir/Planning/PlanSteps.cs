using System.Text.Json.Nodes;

namespace ChwFhir.Planning;

/// <summary>The activities of a shared plan that are steps of ours, by the key in their detail. One without our key is somebody else's.</summary>
internal static class PlanSteps
{
    /// <summary>Who does a step, and until when: a later visit that names the step and leaves them out changes nothing of them.</summary>
    public static readonly string[] ToldOnce = ["performer", "scheduled"];

    /// <summary>What a step is called among the elements of its plan.</summary>
    public static string Element(string key) => $"activity/{key}";

    /// <summary>What its status is called there, as <see cref="Mapping.MappedResource.LeftOut"/> names it.</summary>
    public static string Status(string key) => $"activity/{key}/status";

    public static JsonObject? Find(JsonObject? plan, string key) =>
        Meaning.List(plan, "activity").OfType<JsonObject>().FirstOrDefault(activity => Key(activity) == key);

    public static IEnumerable<string> Keys(JsonObject? plan) => Meaning.List(plan, "activity").OfType<JsonObject>().Select(Key).OfType<string>();

    public static IEnumerable<JsonObject> WithoutKey(JsonObject? plan) => Meaning.List(plan, "activity").OfType<JsonObject>().Where(activity => Key(activity) is null);

    public static bool Tells(JsonObject step, string stem) => step["detail"] is JsonObject detail && detail.Any(member => MergeRules.IsOf(member.Key, stem));

    public static string? Key(JsonObject activity) =>
        Meaning.List(activity["detail"] as JsonObject, "extension").Concat(Meaning.List(activity, "extension")).OfType<JsonObject>()
            .Where(extension => ((string?)extension["url"])?.EndsWith("step-key", StringComparison.Ordinal) is true)
            .Select(extension => extension.FirstOrDefault(member => member.Key.StartsWith("value", StringComparison.Ordinal)).Value?.ToString())
            .FirstOrDefault();
}
