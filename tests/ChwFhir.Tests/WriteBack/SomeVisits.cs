using System.Text.Json.Nodes;

namespace ChwFhir.Tests.WriteBack;

/// <summary>
/// Random notes of one patient that speak of the same things again: visits, needs, goals, referrals, caregivers, in any state, of any day and written down on
/// any later one. The seed decides everything.
/// </summary>
internal sealed class SomeVisits(int seed)
{
    private static readonly string[] Days = ["2026-10-27", "2026-11-03", "2026-11-05", "2026-11-10"];
    private static readonly string[] Kinds = ["home", "phone", "video", "message", "clinic", "community", "bereavement"];
    private static readonly string[] Statuses = ["completed", "completed", "ended-early", "not-home", "declined", "in-hospital", "moved", "unsafe", "cancelled", "planned"];
    private static readonly string[] Dates = ["2026", "2026-11", "2026-11-20", "2026-11-20T10:00:00-05:00", "2027-01"];
    private static readonly string[] Domains = ["food-insecurity", "caregiver-strain", "grief", "benefits", "elder-abuse", "other"];
    private static readonly string[] ClinicalStatuses = ["active", "recurrence", "relapse", "inactive", "remission", "resolved"];
    private static readonly string[] GoalStatuses = ["proposed", "planned", "accepted", "active", "on-hold", "completed", "cancelled", "entered-in-error", "rejected"];
    private static readonly string[] Achievements = ["in-progress", "improving", "worsening", "no-change", "achieved", "sustaining", "not-achieved", "no-progress", "not-attainable"];
    private static readonly string[] StepStatuses = ["not-started", "scheduled", "in-progress", "on-hold", "completed", "cancelled", "stopped", "unknown", "entered-in-error"];
    private static readonly string[] TaskStatuses = ["draft", "requested", "received", "accepted", "rejected", "ready", "cancelled", "in-progress", "on-hold", "failed", "completed", "entered-in-error"];
    private static readonly string[] Urgencies = ["routine", "urgent", "asap", "stat"];
    private static readonly string[] Helpers = ["patient", "caregiver", "chw", "clinician", "social-worker", "other"];
    private readonly Random random = new(seed);

    public JsonObject Note(string id) => new()
    {
        ["id"] = id,
        ["patient"] = new JsonObject { ["reference"] = "Patient/p1" },
        ["author"] = new JsonObject { ["reference"] = "Practitioner/chw-1" },
        ["authored"] = Perhaps(() => $"{Pick(Days)}T18:00:00-05:00"),
        ["programme"] = Perhaps(() => new JsonObject { ["id"] = "impact", ["start"] = "2026-03", ["end"] = Pick(Dates) }),
        ["visit"] = Visit(),
        ["narrative"] = "We talked.",
        ["concerns"] = List(3, at => new JsonObject { ["id"] = $"c{at}", ["domain"] = Pick(Domains), ["text"] = $"Need {at}", ["status"] = Perhaps(() => Pick(ClinicalStatuses)), ["about"] = Perhaps(() => "caregiver"), ["hold"] = Seldom(Hold) }),
        ["goals"] = List(2, at => new JsonObject
        {
            ["id"] = $"g{at}", ["text"] = $"Goal {at}", ["status"] = Perhaps(() => Pick(GoalStatuses)), ["achievement"] = Perhaps(() => Pick(Achievements)), ["wordsOf"] = Perhaps(() => Pick(["patient", "chw"])),
            ["start"] = Perhaps(() => Pick(Dates)), ["due"] = Perhaps(() => Pick(Dates)),
            ["steps"] = List(2, step => new JsonObject { ["id"] = $"s{step}", ["text"] = $"Step {step}", ["who"] = Perhaps(() => Pick(Helpers)), ["due"] = Perhaps(() => Pick(Dates)), ["status"] = Perhaps(() => Pick(StepStatuses)) }),
        }),
        ["referrals"] = List(2, at => new JsonObject
        {
            ["id"] = $"r{at}", ["service"] = Pick(["utility-assistance", "a ride"]), ["text"] = $"Referral {at}", ["status"] = Perhaps(() => Pick(TaskStatuses)), ["urgency"] = Perhaps(() => Pick(Urgencies)),
            ["organization"] = Perhaps(() => new JsonObject { ["name"] = "Riverbend", ["phone"] = "555-0102" }),
        }),
        ["messages"] = List(2, at => new JsonObject { ["id"] = $"m{at}", ["to"] = new JsonArray(Pick(["nurse", "social-work", "pcp"])), ["text"] = $"Message {at}", ["urgency"] = Perhaps(() => Pick(Urgencies)), ["needsReply"] = random.Next(2) == 0, ["hold"] = Seldom(Hold) }),
    };

    private JsonObject Visit()
    {
        var start = $"{Pick(Days)}T{Pick(["09", "14"])}:05:00-05:00";
        return new JsonObject
        {
            ["id"] = Perhaps(() => Pick(["v1", "v2"])), ["kind"] = Pick(Kinds), ["status"] = Pick(Statuses), ["start"] = start, ["end"] = Perhaps(() => start.Replace(":05:", ":50:", StringComparison.Ordinal)),
            ["participants"] = List(1, _ => new JsonObject { ["id"] = "imani", ["name"] = "Imani", ["relationship"] = Pick(["daughter", "niece"]), ["role"] = "caregiver", ["phone"] = Perhaps(() => Pick(["555-0101", "555-0109"])) }),
        };
    }

    private static JsonObject Hold() => new() { ["why"] = "told-in-confidence" };

    private JsonArray List(int atMost, Func<int, JsonObject> make) => new([.. Enumerable.Range(1, atMost).Where(_ => random.Next(3) > 0).Select(at => (JsonNode)Without(make(at)))]);

    // What is null was not said.
    public static JsonObject Without(JsonObject some)
    {
        foreach (var name in some.Where(member => member.Value is null or JsonArray { Count: 0 }).Select(member => member.Key).ToList())
            some.Remove(name);
        if (some["visit"] is JsonObject visit)
            Without(visit);
        return some;
    }

    private T? Perhaps<T>(Func<T> make) where T : class => random.Next(2) == 0 ? make() : null;

    private T? Seldom<T>(Func<T> make) where T : class => random.Next(10) == 0 ? make() : null;

    private string Pick(string[] from) => from[random.Next(from.Length)];
}
