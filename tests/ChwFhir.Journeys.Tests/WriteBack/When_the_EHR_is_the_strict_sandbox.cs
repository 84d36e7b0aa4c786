using System.Text.Json.Nodes;
using NUnit.Framework;

namespace ChwFhir.Journeys.WriteBack;

/// <summary>The service beside the strict sandbox: each of its odd charts, and each kind of encounter, ends in a state with a name.</summary>
public sealed class When_the_EHR_is_the_strict_sandbox
{
    private Town town = null!;

    [OneTimeSetUp]
    public async Task Start() => town = await Town.StartAsync(("Ehr__Sandbox__Capabilities", "epic"));

    [OneTimeTearDown]
    public ValueTask Stop() => town.DisposeAsync();

    [TestCase("oskar-d", "patient-deleted")]
    [TestCase("marion-o-old", "patient-merged")]
    [TestCase("quinn-f", "not-authorised")]
    [TestCase("pia-e", "break-the-glass")]
    [TestCase("dana-w", "patient-restricted")]
    public async Task A_chart_that_is_not_open_is_a_matter_for_a_person(string patient, string code)
    {
        var status = await WriteAsync(patient, "2026-11-10");

        using (Assert.EnterMultipleScope())
        {
            Assert.That((string?)status["state"], Is.EqualTo("needs-attention"));
            Assert.That(Issues(status), Does.Contain(code));
        }
    }

    [TestCase("rosa-m", "2026-11-03", "Encounter/rosa-m-home-1")]
    [TestCase("nadia-b", "2026-11-10", "Encounter/nadia-b-home-1")]
    public async Task The_only_home_visit_of_the_day_takes_the_note(string patient, string day, string encounter)
    {
        var status = await WriteAsync(patient, day);

        var resources = status["resources"]!.AsArray().ToDictionary(resource => (string)resource!["key"]!, resource => resource!);
        using (Assert.EnterMultipleScope())
        {
            Assert.That((string?)status["state"], Is.EqualTo("written"), status.ToJsonString());
            Assert.That((string?)resources["encounter"]["reference"], Is.EqualTo(encounter));
            Assert.That((string?)resources["note"]["state"], Is.EqualTo("written"));
            Assert.That((string?)resources["goal/g1"]["state"], Is.EqualTo("folded"));
        }
        var note = await town.ReadFromEhrAsync((string)resources["note"]["reference"]!);
        foreach (var attachment in note["content"]!.AsArray().Select(content => content!["attachment"]!))
            Assert.That(await town.Ehr.GetStringAsync((string)attachment["url"]!), Does.Contain("CHW note ref").And.Contain("Eat every day"), (string)attachment["contentType"]!);
    }

    [TestCase("nadia-b", "2026-11-11", TestName = "No encounter at all")]
    [TestCase("nadia-b", "2026-11-12", TestName = "Two on one day")]
    [TestCase("nadia-b", "2026-11-13", TestName = "Only the emergency department")]
    [TestCase("nadia-b", "2026-11-14", TestName = "Only oncology")]
    [TestCase("nadia-b", "2026-11-16", TestName = "Only a cancelled one")]
    [TestCase("rhea-g", "2026-11-10", TestName = "One of which the EHR says that there may be more")]
    [TestCase("thomas-n", "2026-11-10", TestName = "An empty chart")]
    public async Task A_note_without_a_clear_encounter_waits_for_a_person(string patient, string day)
    {
        var status = await WriteAsync(patient, day);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((string?)status["state"], Is.EqualTo("needs-attention"));
            Assert.That(Issues(status), Does.Contain("encounter-needed"));
        }
    }

    private async Task<JsonObject> WriteAsync(string patient, string day)
    {
        var id = $"{patient}-{day}";
        var answer = await town.PostNoteAsync($$"""
            { "schemaVersion": 1, "id": "{{id}}", "patient": { "reference": "Patient/{{patient}}" }, "author": { "reference": "Practitioner/chw-1", "name": "Dolores Whitfield, CHW" },
              "visit": { "kind": "home", "status": "completed", "start": "{{day}}T10:05:00-05:00" }, "narrative": "Seen at home.",
              "goals": [{ "id": "g1", "text": "Eat every day", "status": "active" }] }
            """);
        Assert.That((int)answer.StatusCode, Is.EqualTo(202), await answer.Content.ReadAsStringAsync());
        return await town.SettledAsync(id);
    }

    private static IEnumerable<string> Issues(JsonObject status) => status["issues"]!.AsArray().Select(issue => (string)issue!["code"]!);
}
