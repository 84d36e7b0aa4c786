using System.Text.Json.Nodes;
using ChwFhir.Journeys.Identity;

namespace ChwFhir.Journeys.Fhir;

/// <summary>Two visits tell two goals of one plan: what is read here is the plan, not what the last of them said of it.</summary>
internal sealed class When_a_plan_is_told_over_visits
{
    private PanelTown town = null!;
    private JsonObject first = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        town = await PanelTown.StartAsync();
        first = Note("2026-01-05", """[ { "id": "garden", "text": "Sit in the garden", "achievement": "in-progress", "status": "on-hold", "steps": [ { "id": "chair", "text": "Order the chair", "status": "completed" } ] } ]""");
        await FhirTown.HandInAsync(town.Dolores, first);
        await FhirTown.HandInAsync(town.Dolores, Note("2026-01-12", """[ { "id": "church", "text": "Go to church", "steps": [ { "id": "ride", "text": "Ask for a ride" } ] }, { "id": "garden", "text": "Sit in the garden", "steps": [ { "id": "chair", "text": "Order the chair" } ] } ]"""));
    }

    [OneTimeTearDown]
    public async Task Stop() => await town.DisposeAsync();

    [Test]
    public async Task It_has_the_steps_and_goals_of_all_of_them()
    {
        // Read alone before anything is in memory, then with all the others.
        var sought = FhirTown.Resources((await town.Dolores.GetAsync("/fhir/CarePlan?patient=rosa-m")).Body).Single();
        var alone = (await town.Supervisor.GetAsync($"/fhir/CarePlan/{sought["id"]}")).Body!;
        var record = (await town.Dolores.GetAsync("/api/v1/patients/rosa-m/record")).Body!["entry"]!.AsArray().Select(entry => entry!["resource"]!).Single(resource => (string?)resource["resourceType"] == "CarePlan");
        var goal = FhirTown.Resources((await town.Dolores.GetAsync("/fhir/Goal?patient=rosa-m")).Body).Single(one => (string?)one["description"]!["text"] == "Sit in the garden");

        using var together = Assert.EnterMultipleScope();
        foreach (var plan in new[] { sought, alone, record })
        {
            Assert.That(plan["activity"]!.AsArray().Select(activity => (string?)activity!["detail"]?["description"]).OfType<string>(), Is.EquivalentTo(new[] { "Order the chair", "Ask for a ride" }));
            Assert.That(plan["activity"]!.AsArray().Select(activity => $"{activity!["detail"]?["description"]} {activity["detail"]?["status"]}"), Has.Member("Order the chair completed").And.Member("Ask for a ride not-started"));
            Assert.That(plan["goal"]!.AsArray(), Has.Count.EqualTo(2));
        }
        Assert.That(((string?)goal["achievementStatus"]!["coding"]![0]!["code"], (string?)goal["lifecycleStatus"]), Is.EqualTo(("in-progress", "on-hold")));
    }

    [Test, DependsOnTest(nameof(It_has_the_steps_and_goals_of_all_of_them))]
    public async Task Its_version_is_another_when_an_earlier_visit_is_amended()
    {
        var id = FhirTown.Ids((await town.Dolores.GetAsync("/fhir/CarePlan?patient=rosa-m")).Body).Single();
        var before = (await town.Dolores.GetAsync($"/fhir/CarePlan/{id}")).Body!["meta"]!;
        first["goals"]![0]!["steps"]![0]!["status"] = "cancelled";
        var tag = (await town.Dolores.RawAsync(HttpMethod.Get, $"/api/v1/visit-notes/{first["id"]}", null)).Headers.ETag!.Tag;
        using (var amended = await town.Dolores.RawAsync(HttpMethod.Put, $"/api/v1/visit-notes/{first["id"]}", first.ToJsonString(), ("If-Match", tag)))
            Assert.That((int)amended.StatusCode, Is.EqualTo(202), await amended.Content.ReadAsStringAsync());
        await PanelTown.SettledAsync(town.Dolores, (string)first["id"]!);

        var after = (await town.Dolores.GetAsync($"/fhir/CarePlan/{id}")).Body!;

        using var together = Assert.EnterMultipleScope();
        Assert.That(after["activity"]!.ToJsonString(), Does.Contain("cancelled").And.Contain("Ask for a ride"));
        Assert.That((string?)after["meta"]!["versionId"], Is.Not.EqualTo((string?)before["versionId"]));
        Assert.That((DateTimeOffset)after["meta"]!["lastUpdated"]!, Is.GreaterThan((DateTimeOffset)before["lastUpdated"]!));
    }

    private static JsonObject Note(string day, string goals)
    {
        var note = Some.Note("Patient/rosa-m");
        note["goals"] = JsonNode.Parse(goals);
        note["visit"]!["start"] = $"{day}T10:00:00-05:00";
        return note;
    }
}
