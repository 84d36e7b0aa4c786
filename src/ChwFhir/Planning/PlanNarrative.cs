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
        List<string> lines = [Text(plan["title"]) ?? "Care plan", .. Meaning.List(plan, "activity").OfType<JsonObject>().Select(Line).OfType<string>()];
        var text = Merge.Json(new CarePlan { Text = Narratives.Of([.. lines]) })["text"]!;
        plan["text"] = text.DeepClone();
    }

    private static string? Line(JsonObject activity)
    {
        if (activity["detail"] is not JsonObject detail)
            return Text(activity["reference"]?["display"]) is { } display ? $"Referral: {display}" : null;

        var kind = Text(detail["code"]?["text"]) ?? (Text(detail["kind"]) == "Appointment" ? "Follow-up" : "Step");
        var status = Text(detail["status"]);
        return $"{kind}: {Phrases.Joined(
            Text(detail["description"]), string.Join(" and ", Meaning.List(detail, "performer").Select(one => Text(one?["display"])).OfType<string>()), When(detail),
            status is null || SaysNothing.Contains(status) ? null : Phrases.Plain(status))}";
    }

    private static string? When(JsonObject detail) => detail["scheduledPeriod"] is JsonObject period
        ? Phrases.Joined(Text(period["start"]) is { } start ? $"on {FhirTime.Readable(start)}" : null, Text(period["end"]) is { } end ? $"due {FhirTime.Readable(end)}" : null)
        : Text(detail["scheduledString"]);

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
