using System.Text.Json.Nodes;
using ChwFhir.Journeys.Identity;

namespace ChwFhir.Journeys.Fhir;

/// <summary>Rosa's CHW has written two notes of her; one part is held back. Thomas is another CHW's.</summary>
internal static class FhirTown
{
    public const string Held = "Afraid of her husband", Food = "The fridge is empty";

    public static async Task<(PanelTown Town, string First, string Second)> StartAsync()
    {
        var town = await PanelTown.StartAsync();
        var first = Note("2026-01-05", "First visit at the kitchen table.");
        var second = Note("2026-02-09", "Second visit.");
        foreach (var note in new[] { first, second })
            await HandInAsync(town.Dolores, note);
        return (town, (string)first["id"]!, (string)second["id"]!);
    }

    public static async Task HandInAsync(Somebody chw, JsonObject note)
    {
        Assert.That((await chw.PostAsync("/api/v1/visit-notes", note.ToJsonString())).Status, Is.EqualTo(202));
        Assert.That(await PanelTown.SettledAsync(chw, (string)note["id"]!), Is.EqualTo("written"));
    }

    public static JsonObject Note(string day, string narrative) => Some.Note("Patient/rosa-m", narrative: narrative).Also(note =>
    {
        note["visit"]!["start"] = $"{day}T14:05:00-05:00";
        note["visit"]!["end"] = $"{day}T15:10:00-05:00";
        note["concerns"] = JsonNode.Parse($$"""[ { "id": "food", "domain": "food-insecurity", "text": "{{Food}}" }, { "domain": "intimate-partner-violence", "text": "{{Held}}" } ]""");
        note["goals"] = JsonNode.Parse("""[ { "id": "garden", "text": "Sit in the garden", "addresses": ["food"], "steps": [ { "id": "s1", "text": "transport chair", "who": "chw" } ] } ]""");
        note["symptoms"] = JsonNode.Parse("""[ { "symptom": "pain", "score": 4 } ]""");
        note["referrals"] = JsonNode.Parse("""[ { "id": "liheap", "service": "utility-assistance", "status": "requested", "reason": "food" } ]""");
        note["messages"] = JsonNode.Parse("""[ { "id": "m1", "to": ["care-team"], "urgency": "routine", "topic": "symptom-report", "text": "Pain is worse at night.", "needsReply": true } ]""");
        note["visit"]!["participants"] = JsonNode.Parse("""[ { "id": "imani", "name": "Imani Maldonado", "relationship": "daughter", "role": "caregiver", "mayDiscuss": "yes" } ]""");
        note["screenings"] = JsonNode.Parse("""[ { "instrument": "hunger-vital-sign", "answers": [ { "item": "88122-7", "answer": "LA28397-0" }, { "item": "88123-5", "answer": "LA6729-3" } ] } ]""");
    });

    public static IEnumerable<JsonObject> Resources(JsonNode? bundle, string mode = "match") =>
        bundle?["entry"]?.AsArray().Where(entry => (string?)entry!["search"]!["mode"] == mode).Select(entry => entry!["resource"]!.AsObject()) ?? [];

    public static IEnumerable<string> Ids(JsonNode? bundle, string mode = "match") => Resources(bundle, mode).Select(resource => (string)resource["id"]!);

    public static string? Link(JsonNode? bundle, string relation) => (string?)bundle!["link"]!.AsArray().SingleOrDefault(link => (string?)link!["relation"] == relation)?["url"];
}
