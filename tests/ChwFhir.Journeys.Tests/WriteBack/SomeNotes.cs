using System.Globalization;
using System.Text.Json.Nodes;

namespace ChwFhir.Journeys.WriteBack;

/// <summary>Fresh visit notes by number: different in every text, alike in shape.</summary>
internal static class SomeNotes
{
    public static readonly DateTimeOffset FirstVisit = new(2026, 9, 1, 14, 0, 0, TimeSpan.FromHours(-5));

    /// <summary>The <paramref name="visit"/>-th visit to a patient: a narrative, one lasting goal with a step of its own for each visit, one lasting concern, a message.</summary>
    public static JsonObject Of(string patient, int visit)
    {
        var start = FirstVisit.AddDays(visit);
        return new JsonObject
        {
            ["id"] = IdOf(patient, visit),
            ["patient"] = new JsonObject { ["reference"] = patient },
            ["author"] = new JsonObject { ["reference"] = "Practitioner/chw-1", ["name"] = "Dolores Whitfield", ["phone"] = "555-0134" },
            ["programme"] = new JsonObject { ["id"] = "impact-2026", ["name"] = "IMPaCT", ["start"] = "2026-08-01", ["end"] = "2027-02-01" },
            ["visit"] = new JsonObject
            {
                ["id"] = $"v-{visit}",
                ["kind"] = "home",
                ["start"] = Text(start),
                ["end"] = Text(start.AddMinutes(50)),
            },
            ["narrative"] = $"Visit number {visit.ToString(CultureInfo.InvariantCulture)}. We talked at the kitchen table.",
            ["concerns"] = new JsonArray(new JsonObject { ["id"] = "food", ["domain"] = "food-insecurity", ["text"] = "Runs short of food in the last week of the month." }),
            ["goals"] = new JsonArray(new JsonObject
            {
                ["id"] = "garden",
                ["text"] = "Sit in the garden for my sister's birthday",
                ["wordsOf"] = "patient",
                ["addresses"] = new JsonArray("food"),
                ["steps"] = new JsonArray(new JsonObject { ["id"] = $"s{visit}", ["text"] = $"Step of visit {visit}", ["who"] = "chw", ["due"] = "2026-12" }),
            }),
            ["messages"] = new JsonArray(new JsonObject { ["id"] = "m1", ["to"] = new JsonArray("care-team"), ["topic"] = "update", ["text"] = $"Message of visit {visit}" }),
        };
    }

    public static string IdOf(string patient, int visit) => $"{patient.Split('/')[1]}-note-{visit.ToString(CultureInfo.InvariantCulture)}";

    public static string Text(DateTimeOffset time) => time.ToString("yyyy-MM-ddTHH:mm:sszzz", CultureInfo.InvariantCulture);
}
