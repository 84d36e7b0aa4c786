using System.Text.Json.Nodes;
using ChwFhir.Fhir;
using ChwFhir.Fhir.Model;
using ChwFhir.Mapping;

namespace ChwFhir.Planning;

/// <summary>A shared plan as people read it, made anew of what it has by now: a narrative of one visit's words would tell a part of it.</summary>
internal static class PlanNarrative
{
    private static readonly string[] SaysNothing = ["not-started", "unknown"];

    public static void Put(JsonObject plan)
    {
        List<string> lines = [Text(plan["title"]) ?? "Care plan", .. Goals(plan), .. Meaning.List(plan, "activity").OfType<JsonObject>().Select(Line).OfType<string>()];
        var text = Merge.Json(new CarePlan { Text = Narratives.Of([.. lines]) })["text"]!;
        plan["text"] = text.DeepClone();
    }

    public static CarePlan Put(CarePlan plan)
    {
        var json = Merge.Json(plan);
        Put(json);
        return (CarePlan)Merge.Read(json);
    }

    /// <summary>Software made it, or there is none: nobody's own words stand in it.</summary>
    public static bool IsOurs(CarePlan plan) => plan.Text is null or { Status: null or Narrative.NarrativeStatus.Generated };

    private static IEnumerable<string> Goals(JsonObject plan) => Meaning.List(plan, "goal").Select(goal => Text(goal?["display"])).OfType<string>().Select(words => $"Goal: {words}");

    private static string? Line(JsonObject activity)
    {
        if (activity["detail"] is not JsonObject detail)
            return Text(activity["reference"]?["display"]) is { } display ? $"Referral: {display}" : null;
        // What has no words in the plan has none here.
        if ((Text(detail["description"]) ?? Concept(detail["code"]) ?? Concept(detail["productCodeableConcept"]) ?? Text(detail["productReference"]?["display"])) is not { } what)
            return null;

        var kind = Text(detail["description"]) is null ? null : Text(detail["code"]?["text"]);
        kind ??= Text(detail["kind"]) == "Appointment" ? "Follow-up" : "Step";
        var not = detail["doNotPerform"] is JsonValue prohibited && prohibited.TryGetValue<bool>(out var isProhibited) && isProhibited;
        var status = Text(detail["status"]);
        return $"{kind}: {(not ? "do not do this: " : "")}{Phrases.Joined(
            what.TrimEnd(' ', '.'), string.Join(" and ", Meaning.List(detail, "performer").Select(Who).OfType<string>()), When(detail),
            status is null || SaysNothing.Contains(status) ? null : Phrases.Plain(status))}";
    }

    private static string? Concept(JsonNode? concept) => Text(concept?["text"]) ?? (concept as JsonObject is { } known ? Meaning.List(known, "coding").Select(coding => Text(coding?["display"])).OfType<string>().FirstOrDefault() : null);

    private static string? Who(JsonNode? performer) => Text(performer?["display"]) ?? (Text(performer?["reference"])?.Contains("Patient/", StringComparison.Ordinal) is true ? "patient" : null);

    private static string? When(JsonObject detail) => detail["scheduledPeriod"] is JsonObject period
        ? Phrases.Joined(Text(period["start"]) is { } start ? $"on {FhirTime.Readable(start)}" : null, Text(period["end"]) is { } end ? $"due {FhirTime.Readable(end)}" : null)
        : Text(detail["scheduledString"]);

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
