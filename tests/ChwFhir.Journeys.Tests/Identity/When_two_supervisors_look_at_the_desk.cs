using System.Text.Json.Nodes;

namespace ChwFhir.Journeys.Identity;

internal sealed class When_two_supervisors_look_at_the_desk
{
    [Test]
    public async Task Each_finds_what_is_to_be_removed_of_the_own_CHWs_notes_and_how_much_there_is_in_all()
    {
        await using var town = await PanelTown.StartAsync(("Ehr__Sandbox__Capabilities", "epic"));
        var note = Some.Note("Patient/rosa-m");
        note["visit"]!["encounter"] = new JsonObject { ["reference"] = "Encounter/rosa-m-home-1" };
        var id = (string)(await town.Dolores.PostAsync("/api/v1/visit-notes", note.ToJsonString())).Body!["id"]!;
        Assert.That(await PanelTown.SettledAsync(town.Dolores, id), Is.EqualTo("written"));
        await town.Dolores.PostAsync($"/api/v1/visit-notes/{id}/retract", """{ "reason": "entered-in-error" }""");
        Assert.That(await PanelTown.SettledAsync(town.Dolores, id), Is.EqualTo("retracted"));

        var own = (await town.Supervisor.GetAsync("/api/v1/delivery")).Body!["removals"]!;
        var others = (await town.OtherSupervisor.GetAsync("/api/v1/delivery")).Body!["removals"]!;

        using var together = Assert.EnterMultipleScope();
        Assert.That(own["items"]!.AsArray().Select(item => (string?)item!["note"]), Does.Contain(id));
        Assert.That(others["items"]!.AsArray(), Is.Empty);
        Assert.That((int)others["open"]!, Is.EqualTo((int)own["open"]!).And.Positive);
    }
}
