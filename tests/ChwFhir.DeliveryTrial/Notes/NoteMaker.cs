using System.Globalization;
using System.Text.Json.Nodes;

namespace ChwFhir.DeliveryTrial.Notes;

/// <summary>
/// Makes the notes by number, so that every run sends the same ones: small notes and full ones mixed, all of a patient with one lasting goal that gets
/// a step of each visit. The keys of what must come of them stand here by hand: they are not asked of the service.
/// </summary>
internal static class NoteMaker
{
    public const string Programme = "impact-2026";

    private static readonly DateTimeOffset FirstVisit = new(2026, 3, 2, 14, 0, 0, TimeSpan.FromHours(-5));

    /// <summary>The <paramref name="visit"/>-th note of a patient; every third is a full one.</summary>
    /// <param name="encounter">The EHR's encounter of this visit, where it makes them itself.</param>
    public static TrialNote Make(string patient, int visit, string? encounter)
    {
        var id = $"{patient["Patient/".Length..]}-note-{Text(visit)}";
        var note = Small(id, patient, visit, encounter);
        List<string> parts = ["note", "message/m1", "provenance"];
        List<string> lasting = ["care-plan", "goal/garden", "concern/food"];
        if (visit % 3 == 2)
        {
            Fill(note, visit);
            parts.AddRange(["message/m1/task", "symptom/pain", "symptom/tiredness", "vital/weight", "vital/blood-pressure", "advance-care-planning",
                "screening/hunger-vital-sign", "screening/hunger-vital-sign/88122-7", "screening/hunger-vital-sign/88123-5", "screening/hunger-vital-sign/88124-3", "screening/hunger-vital-sign/panel"]);
            lasting.AddRange(["concern/rides", "referral/rides", "referral/rides/task", "caregiver/imani"]);
        }
        return new TrialNote(id, patient, visit, note.ToJsonString(), parts, lasting);
    }

    public static DateTimeOffset StartOf(int visit) => FirstVisit.AddDays(visit);

    /// <summary>A weight that no other visit of the patient has.</summary>
    public static decimal Weight(int visit) => 60m + (visit / 10m);

    private static JsonObject Small(string id, string patient, int visit, string? encounter)
    {
        var start = StartOf(visit);
        var when = new JsonObject { ["id"] = $"v-{Text(visit)}", ["kind"] = "home", ["start"] = Text(start), ["end"] = Text(start.AddMinutes(50)) };
        if (encounter is not null)
            when["encounter"] = new JsonObject { ["reference"] = encounter };
        return new JsonObject
        {
            ["id"] = id,
            ["authored"] = Text(start.AddHours(1)),
            ["patient"] = new JsonObject { ["reference"] = patient, ["check"] = new JsonObject { ["birthDate"] = "1960-01-01" } },
            ["author"] = new JsonObject { ["reference"] = "Practitioner/chw-1", ["name"] = "Dolores Whitfield", ["phone"] = "555-0134" },
            ["programme"] = new JsonObject { ["id"] = Programme, ["name"] = "IMPaCT", ["start"] = "2026-03-01", ["end"] = "2027-02-28" },
            ["visit"] = when,
            ["narrative"] = $"Visit number {Text(visit)}. We talked at the kitchen table about the week, the stairs and the garden.",
            ["concerns"] = new JsonArray(new JsonObject { ["id"] = "food", ["domain"] = "food-insecurity", ["text"] = "Runs short of food in the last week of the month." }),
            ["goals"] = new JsonArray(new JsonObject
            {
                ["id"] = "garden",
                ["text"] = "Sit in the garden for my sister's birthday",
                ["wordsOf"] = "patient",
                ["addresses"] = new JsonArray("food"),
                ["steps"] = new JsonArray(new JsonObject { ["id"] = $"s{Text(visit)}", ["text"] = StepOf(visit), ["who"] = "chw", ["due"] = "2026-12" }),
            }),
            ["messages"] = new JsonArray(new JsonObject { ["id"] = "m1", ["to"] = new JsonArray("care-team"), ["topic"] = "update", ["text"] = $"Message of visit {Text(visit)}" }),
        };
    }

    private static void Fill(JsonObject note, int visit)
    {
        note["visit"]!["participants"] = Parse("""[{ "id": "imani", "name": "Imani Tester", "relationship": "daughter", "role": "caregiver", "phone": "555-0118", "mayDiscuss": "yes" }]""");
        note["insights"] = Parse("""[{ "text": "On good days I forget about it until four o'clock.", "quote": true, "by": "patient" }]""");
        note["whatMatters"] = Parse("""{ "text": "Time at home with the radio on.", "worries": "Being a burden." }""");
        note["sections"] = Parse("""[{ "title": "Home environment", "text": "The new rail on the back step holds." }]""");
        note["concerns"]!.AsArray().Add(Parse("""{ "id": "rides", "domain": "transportation-insecurity", "text": "No ride to the treatment on Thursdays" }"""));
        note["symptoms"] = Parse("""[{ "symptom": "pain", "score": 3, "usual": 4, "tolerable": 5, "reportedBy": "patient" }, { "symptom": "tiredness", "score": 4, "reportedBy": "patient" }]""");
        note["vitals"] = new JsonArray(
            new JsonObject { ["kind"] = "weight", ["value"] = Weight(visit), ["unit"] = "kg" },
            new JsonObject { ["kind"] = "blood-pressure", ["systolic"] = 120 + (visit % 10), ["diastolic"] = 78 });
        note["screenings"] = Parse("""[{ "instrument": "hunger-vital-sign", "answeredBy": "patient", "answers": [{ "item": "88122-7", "answer": "LA28398-8" }, { "item": "88123-5", "answer": "LA28398-8" }] }]""");
        note["referrals"] = Parse("""[{ "id": "rides", "service": "rides", "organization": { "name": "Wheels for Health", "phone": "555-0188" }, "reason": "rides", "urgency": "routine", "status": "requested", "text": "Thursdays 8:30" }]""");
        note["education"] = Parse("""[{ "topic": "How to sort medical bills", "teachBack": "can-explain" }]""");
        note["advanceCarePlanning"] = Parse("""{ "discussed": "yes", "present": ["imani"], "agent": { "name": "Imani Tester", "relationship": "daughter", "knows": true } }""");
        note["messages"]![0]!["needsReply"] = true;
        note["followUp"] = Parse("""{ "text": "Bring the folder for the bills." }""");
    }

    public static string StepOf(int visit) => $"Step of visit {Text(visit)}";

    public static string Text(DateTimeOffset time) => time.ToString("yyyy-MM-ddTHH:mm:sszzz", CultureInfo.InvariantCulture);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static JsonNode Parse(string json) => JsonNode.Parse(json)!;
}
