using System.Text.Json.Nodes;

namespace ChwFhir.Journeys.WriteBack;

/// <summary>US Core's writers of clinical notes find out which types a server files before they write one.</summary>
internal sealed class When_the_EHR_lists_the_notes_that_it_takes
{
    [Test]
    public async Task A_type_that_is_not_listed_gives_way_before_anything_was_refused()
    {
        await using var town = await Town.StartAsync(("Ehr__Sandbox__Capabilities", "epic"), ("Ehr__Sandbox__NoteTypes", "34746-8,11506-3"), ("Ehr__ProgrammeEncounter", "Encounter/rosa-m-programme"));
        var note = Some.Note("Patient/rosa-m");
        using var posted = await town.PostNoteAsync(note.ToJsonString());
        var status = await town.SettledAsync((string)note["id"]!);
        var document = status["resources"]!.AsArray().Single(resource => (string?)resource!["key"] == "note")!;
        var filed = await town.ReadFromEhrAsync((string)document["reference"]!);
        var history = JsonNode.Parse(await town.Http.GetStringAsync($"/api/v1/visit-notes/{note["id"]}/history"))!;

        using var together = Assert.EnterMultipleScope();
        Assert.That((string?)status["state"], Is.EqualTo("written"), status.ToJsonString());
        Assert.That(filed["type"]!["coding"]!.ToJsonString(), Does.Contain("11506-3"));
        Assert.That((string?)document["how"], Does.Contain("11506-3"));
        Assert.That(history.ToJsonString(), Does.Not.Contain("refused"));
    }
}
