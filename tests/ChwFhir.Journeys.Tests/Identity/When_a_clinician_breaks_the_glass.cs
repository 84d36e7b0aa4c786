using ChwFhir.Audit;
using Microsoft.Extensions.DependencyInjection;
using System.Text.Json.Nodes;

namespace ChwFhir.Journeys.Identity;

internal sealed class When_a_clinician_breaks_the_glass
{
    private const string Why = "found unconscious at home, history unknown";

    [Test]
    public async Task They_see_the_note_and_the_audit_log_says_so()
    {
        await using var town = await PanelTown.StartAsync();
        var note = Some.Note("Patient/rosa-m").Also(note => note["visit"]!["encounter"] = new JsonObject { ["reference"] = "Encounter/rosa-m-home-1" });
        await town.Dolores.PostAsync("/api/v1/visit-notes", note.ToJsonString());
        await PanelTown.SettledAsync(town.Dolores, (string)note["id"]!);
        var path = $"/api/v1/visit-notes/{(string)note["id"]!}";
        var olga = town.Of("olga", "clinician", ("fhirUser", "Practitioner/other-1"));

        var without = await olga.GetAsync(path);
        var idly = await olga.SendAsync(HttpMethod.Get, path, null, ("X-Break-Glass", "x"));
        var seen = await olga.SendAsync(HttpMethod.Get, path + "/bundle", null, ("X-Break-Glass", Why));
        var nothing = await olga.SendAsync(HttpMethod.Get, "/api/v1/visit-notes/no-such-note", null, ("X-Break-Glass", Why));
        var chw = await town.Ben.SendAsync(HttpMethod.Get, path, null, ("X-Break-Glass", Why));
        var log = await town.Town.Services.GetRequiredService<AuditLog>().ListAsync(new AuditFilter(), default);
        var broken = log.Items.Select(entry => entry.Record).Where(record => record.Action == AuditAction.BreakGlass).ToList();

        using var together = Assert.EnterMultipleScope();
        Assert.That((without.Status, idly.Status, seen.Status, nothing.Status, chw.Status), Is.EqualTo((404, 400, 200, 404, 404)));
        Assert.That(broken.Select(record => (record.Subject, record.Patient, record.Purpose, record.Why, record.Outcome)), Is.EquivalentTo(new[]
        {
            ("olga", "Patient/rosa-m", "ETREAT", Why, AuditOutcome.Success), ("olga", null, "ETREAT", Why, AuditOutcome.Failed),
        }));
    }

    [Test]
    public async Task What_was_seen_at_the_visits_is_in_the_timeline_and_in_the_record_and_what_is_held_is_not()
    {
        await using var town = await PanelTown.StartAsync();
        var note = Some.Note("Patient/rosa-m").Also(note =>
        {
            note["visit"]!["encounter"] = new JsonObject { ["reference"] = "Encounter/rosa-m-home-1" };
            note["goals"] = JsonNode.Parse("""[ { "id": "walk", "text": "Walk to the garden" } ]""");
            note["concerns"] = JsonNode.Parse("""[ { "domain": "food-insecurity", "text": "The fridge is empty" }, { "domain": "intimate-partner-violence", "text": "Afraid of her husband" } ]""");
        });
        var id = (string)note["id"]!;
        await town.Dolores.PostAsync("/api/v1/visit-notes", note.ToJsonString());
        await PanelTown.SettledAsync(town.Dolores, id);
        var olga = town.Of("olga", "clinician", ("fhirUser", "Practitioner/other-1"));

        var without = await olga.GetAsync("/api/v1/patients/rosa-m/timeline");
        var timeline = await olga.SendAsync(HttpMethod.Get, "/api/v1/patients/rosa-m/timeline", null, ("X-Break-Glass", Why));
        var record = await olga.SendAsync(HttpMethod.Get, "/api/v1/patients/rosa-m/record", null, ("X-Break-Glass", Why));

        using var together = Assert.EnterMultipleScope();
        Assert.That((without.Status, timeline.Status, record.Status), Is.EqualTo((404, 200, 200)));
        Assert.That(timeline.Body!["items"]!.AsArray().Select(item => ((string?)item!["kind"], (string?)item["id"])), Does.Contain(("visit", id)));
        Assert.That(record.Body!.ToJsonString(), Does.Contain("The fridge is empty").And.Not.Contain("Afraid of her husband"));
        Assert.That(timeline.Body!.ToJsonString(), Does.Contain("Walk to the garden").And.Not.Contain("Afraid of her husband"));
    }
}
