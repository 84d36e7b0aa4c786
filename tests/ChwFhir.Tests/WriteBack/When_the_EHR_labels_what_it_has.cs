using System.Text.Json.Nodes;
using NUnit.Framework;

namespace ChwFhir.Tests.WriteBack;

/// <summary>What the EHR keeps from CHWs comes to them by no way: not by a merge, not in a document, not in the words of an issue.</summary>
internal sealed class When_the_EHR_labels_what_it_has
{
    private const string Label = """ "meta": { "security": [ { "code": "LABEL" } ] }, """;

    [TestCase("R", false), TestCase("V", false), TestCase("PSY", false), TestCase("N", true)]
    public async Task What_was_changed_on_both_sides_is_told_and_the_EHRs_words_are_not(string label, bool isShown)
    {
        await using var service = TheService.Over(new ScriptedEhr(), ("Auth:Withhold", "PSY, SUD"));
        await service.PostAsync(SomeVisit.Note());
        await service.WorkAsync();
        var plan = service.Ehr.All("CarePlan").Single();
        plan["activity"]![0]!["detail"]!["status"] = "completed";
        plan["meta"]!["security"] = JsonNode.Parse($$"""[ { "code": "{{label}}" } ]""");
        service.Ehr.Put(plan.ToJsonString());
        await service.PostAsync(SomeVisit.Note("n2", day: 10, status: "cancelled"));

        await service.WorkAsync();

        var issue = (await service.StatusAsync("n2")).Issues.Single(one => one.Code == "changed-on-both-sides");
        Assert.That(issue.Detail, isShown ? Does.Contain("The EHR's stays: completed") : Does.Contain("withheld").And.Not.Contain("completed"));
    }

    [TestCase("R", "could not be read"), TestCase("N", "Full code")]
    public async Task A_code_status_is_not_repeated_in_the_document(string label, string expected)
    {
        await using var service = TheService.Over(new ScriptedEhr());
        service.Ehr.Put($$"""{"resourceType":"Consent","id":"c1",{{Label.Replace("LABEL", label, StringComparison.Ordinal)}}"status":"active","patient":{"reference":"Patient/p1"},"dateTime":"2026-10-01","category":[{"text":"Full code"}]}""");
        var note = SomeVisit.Note();
        note["narrative"] = "She would not want CPR.";
        await service.PostAsync(note);

        await service.WorkAsync();

        var stored = await service.Store.FindAsync(ScriptedEhr.BaseUrl, "n1", default);
        Assert.That((await service.Store.ReadContentAsync(stored!.Number, default)).Document, Does.Contain($"Code status in the chart: {expected}"));
    }

    [TestCase("V", false), TestCase("N", true)]
    public async Task An_encounter_is_offered_by_its_reference_and_not_by_its_kind(string label, bool isNamed)
    {
        await using var service = TheService.Over(new ScriptedEhr { NotDeclared = ["Encounter.create"], Picky = resource => (string?)resource["resourceType"] == "DocumentReference" && resource["context"]?["encounter"] is null ? ("context.encounter", null) : null });
        service.Ehr.Put($$"""{"resourceType":"Encounter","id":"e1",{{Label.Replace("LABEL", label, StringComparison.Ordinal)}}"status":"finished","class":{"code":"AMB"},"type":[{"text":"Methadone clinic"}],"subject":{"reference":"Patient/p1"},"period":{"start":"2026-11-03T09:00:00-05:00","end":"2026-11-03T09:30:00-05:00"} }""");
        await service.PostAsync(SomeVisit.Note());

        await service.WorkAsync();

        var said = System.Text.Json.JsonSerializer.Serialize(await service.StatusAsync("n1")) + System.Text.Json.JsonSerializer.Serialize(await service.Journey.PlanAsync("n1", default));
        using var together = Assert.EnterMultipleScope();
        Assert.That(said, Does.Contain("Encounter/e1"));
        Assert.That(said, isNamed ? Does.Contain("Methadone") : Does.Not.Contain("Methadone"));
    }

    [TestCase("R", false), TestCase("N", true)]
    public async Task A_care_team_names_nobody_in_what_is_written(string label, bool isNamed)
    {
        await using var service = TheService.Over(new ScriptedEhr());
        service.Ehr.Put($$"""{"resourceType":"CareTeam","id":"t1",{{Label.Replace("LABEL", label, StringComparison.Ordinal)}}"status":"active","subject":{"reference":"Patient/p1"},"participant":[{"role":[{"text":"Nurse care manager"}],"member":{"reference":"Practitioner/nurse-1","display":"Colleen Byrne, recovery clinic"} } ] }""");
        await service.PostAsync(SomeVisit.Note());

        await service.WorkAsync();

        var bundle = System.Text.Encoding.UTF8.GetString((await service.Journey.BundleAsync("n1", default))!);
        using var together = Assert.EnterMultipleScope();
        Assert.That(bundle, isNamed ? Does.Contain("recovery clinic") : Does.Not.Contain("recovery clinic"));
        Assert.That((await service.StatusAsync("n1")).Messages.Single().Key, Is.EqualTo("message/m1"), "it is told all the same");
    }
}
