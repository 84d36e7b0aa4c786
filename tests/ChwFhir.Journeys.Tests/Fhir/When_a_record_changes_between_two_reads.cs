using System.Text.Json.Nodes;
using ChwFhir.Access;
using ChwFhir.Chart;
using ChwFhir.Fhir.Model;
using ChwFhir.Journeys.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace ChwFhir.Journeys.Fhir;

internal sealed class When_a_record_changes_between_two_reads
{
    private PanelTown town = null!;

    [OneTimeSetUp]
    public async Task Start() => (town, _, _) = await FhirTown.StartAsync();

    [OneTimeTearDown]
    public async Task Stop() => await town.DisposeAsync();

    [Test]
    public async Task A_part_that_is_let_go_is_there_at_the_next_read_and_for_nobody_before()
    {
        var note = Some.Note("Patient/rosa-m").Also(one => one["sections"] = JsonNode.Parse("""[ { "title": "Told in confidence", "text": "Sleeps at her neighbour's.", "hold": { "why": "told-in-confidence", "for": ["social-work"] } } ]"""));
        note["visit"]!["start"] = "2026-04-06T10:00:00-04:00";
        await FhirTown.HandInAsync(town.Dolores, note);
        var id = FhirTown.Ids((await town.Dolores.GetAsync($"/fhir/DocumentReference?identifier=urn:chwfhir:note%7C{note["id"]}/note")).Body).Single();
        var held = await WordsAsync(id);
        var miriam = town.Of("miriam", "clinician", ("fhirUser", "Practitioner/pall-1"));
        var parts = await miriam.GetAsync($"/api/v1/visit-notes/{note["id"]}/held");

        var released = await miriam.PostAsync($"/api/v1/visit-notes/{note["id"]}/held/{parts.Body!["parts"]![0]!["id"]}/release", """{ "reason": "she wants the team to know" }""");
        var state = await PanelTown.SettledAsync(town.Dolores, (string)note["id"]!);

        using var together = Assert.EnterMultipleScope();
        Assert.That((released.Status, state), Is.EqualTo((202, "written")), parts.Body.ToJsonString());
        Assert.That(held, Does.Not.Contain("neighbour"));
        Assert.That(await WordsAsync(id), Does.Contain("neighbour"));
    }

    [Test]
    public async Task While_nothing_changes_no_note_is_opened_again_and_after_a_change_only_that_one()
    {
        var records = town.Town.Services.GetRequiredService<Records>();
        var dolores = new Caller("dolores", "Dolores", new HashSet<Role> { Role.Chw }, "Practitioner/chw-1", CallerKind.Token, null);
        var before = await records.NotesAsync(dolores, "Patient/rosa-m", default);
        var same = await records.NotesAsync(dolores, "Patient/rosa-m", default);

        await FhirTown.HandInAsync(town.Dolores, Some.Note("Patient/rosa-m").Also(note => note["visit"]!["start"] = "2026-05-04T10:00:00-04:00"));
        var after = await records.NotesAsync(dolores, "Patient/rosa-m", default);

        using var together = Assert.EnterMultipleScope();
        Assert.That(same, Is.SameAs(before));
        Assert.That(after.Entries, Has.Count.GreaterThan(before.Entries.Count));
        // What several notes tell is put together anew.
        Assert.That(before.Entries.Where(entry => entry.Resource is Encounter or Observation or Communication or DocumentReference or QuestionnaireResponse or Provenance).Where(entry => !after.Entries.Any(now => ReferenceEquals(now.Resource, entry.Resource))).Select(entry => entry.Resource.TypeName), Is.Empty, "read anew");
    }

    [Test]
    public async Task Whoever_is_taken_off_the_panel_sees_nothing_more_of_what_others_still_see()
    {
        var id = FhirTown.Ids((await town.Dolores.GetAsync("/fhir/Goal?patient=rosa-m")).Body).Single();
        var before = (await town.Dolores.GetAsync($"/fhir/Goal/{id}")).Status;
        var ben = town.Of("ben");

        var theirs = (await ben.GetAsync($"/fhir/Goal/{id}")).Status;
        var supervisors = (await town.Supervisor.GetAsync($"/fhir/Goal/{id}")).Status;
        await File.WriteAllTextAsync(town.File, System.Text.Json.JsonSerializer.Serialize(PanelTown.People).Replace("Patient/rosa-m", "Patient/nobody", StringComparison.Ordinal));
        var after = 0;
        for (var patience = 0; patience < 200 && (after = (await town.Dolores.GetAsync($"/fhir/Goal/{id}")).Status) == 200; patience++)
            await Task.Delay(50);
        await File.WriteAllTextAsync(town.File, System.Text.Json.JsonSerializer.Serialize(PanelTown.People));
        for (var patience = 0; patience < 200 && (await town.Dolores.GetAsync($"/fhir/Goal/{id}")).Status != 200; patience++)
            await Task.Delay(50);

        Assert.That((before, theirs, supervisors, after), Is.EqualTo((200, 404, 200, 404)));
    }

    private async Task<string> WordsAsync(string document) =>
        System.Text.Encoding.UTF8.GetString(Convert.FromBase64String((string)(await town.Dolores.GetAsync($"/fhir/DocumentReference/{document}")).Body!["content"]![0]!["attachment"]!["data"]!));
}
