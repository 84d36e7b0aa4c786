using System.Text;
using System.Text.Json.Nodes;
using NUnit.Framework;

namespace ChwFhir.Tests.WriteBack;

internal sealed class When_everything_is_taken
{
    [TestCase(true, TestName = "A_note_is_written_in_one_transaction")]
    [TestCase(false, TestName = "A_note_is_written_one_by_one_in_the_order_of_references")]
    public async Task A_note_is_written(bool transactions)
    {
        await using var service = TheService.Over(new ScriptedEhr { Transactions = transactions });
        await service.PostAsync(SomeVisit.Note());

        await service.WorkAsync();

        var status = await service.StatusAsync("n1");
        using var together = Assert.EnterMultipleScope();
        Assert.That(status.State, Is.EqualTo("written"));
        Assert.That(status.Resources.Select(row => row.State), Is.All.EqualTo("written"));
        Assert.That(status.Resources.Select(row => row.Reference), Is.All.Not.Null);
        Assert.That(service.Ehr.Writes, Is.EqualTo(transactions ? 1 : status.Resources.Count));
        Assert.That(Pending(service.Ehr), Is.Empty, "no urn:uuid is left in the EHR");
        Assert.That(status.Messages.Select(message => $"{message.Key} {message.Reach}"), Is.EqualTo(new[] { "message/m1 waiting" }));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task Two_visits_share_one_plan_goal_and_concern(bool transactions)
    {
        await using var service = TheService.Over(new ScriptedEhr { Transactions = transactions });
        await service.PostAsync(SomeVisit.Note("n1", day: 3, step: "s1"));
        await service.PostAsync(SomeVisit.Note("n2", day: 10, step: "s2"));

        await service.WorkAsync();

        using var together = Assert.EnterMultipleScope();
        Assert.That((await service.StatusAsync("n2")).State, Is.EqualTo("written"));
        Assert.That(service.Ehr.All("Goal"), Has.Count.EqualTo(1));
        Assert.That(service.Ehr.All("Condition"), Has.Count.EqualTo(1));
        Assert.That(service.Ehr.All("DocumentReference"), Has.Count.EqualTo(2));
        Assert.That(service.Ehr.All("CarePlan"), Has.Count.EqualTo(1));
        Assert.That(Steps(service.Ehr), Is.EqualTo(new[] { "Step s1", "Step s2" }));
        Assert.That((await service.StatusAsync("n2")).Resources.Single(row => row.Key == "care-plan").How, Is.EqualTo("updated"));
    }

    [Test]
    public async Task A_note_that_comes_late_adds_to_the_plan_and_does_not_turn_it_back()
    {
        await using var service = TheService.Over(new ScriptedEhr());
        await service.PostAsync(SomeVisit.Note("newer", day: 10, step: "s1", status: "completed"));
        await service.WorkAsync();
        await service.PostAsync(SomeVisit.Note("older", day: 3, step: "s1", status: "scheduled"));

        await service.WorkAsync();

        using var together = Assert.EnterMultipleScope();
        Assert.That((string?)service.Ehr.All("CarePlan").Single()["activity"]![0]!["detail"]!["status"], Is.EqualTo("completed"));
        Assert.That((await service.StatusAsync("older")).Issues.Select(issue => issue.Code), Does.Contain("older-visit"));
        Assert.That((await service.StatusAsync("older")).State, Is.EqualTo("written"));
    }

    [TestCase("impact-2026")]
    [TestCase("IMPaCT.2026_north")]
    public async Task A_goal_id_that_is_used_for_something_else_is_kept_apart(string programme)
    {
        await using var service = TheService.Over(new ScriptedEhr());
        var (first, second) = (SomeVisit.Note("n1"), SomeVisit.Note("n2", day: 10));
        (first["programme"]!["id"], second["programme"]!["id"]) = (programme, programme);
        second["goals"]![0]!["text"] = "Reach the third floor without stopping";
        await service.PostAsync(first);
        await service.WorkAsync();
        await service.PostAsync(second);

        await service.WorkAsync();

        Assert.That(service.Ehr.All("Goal"), Has.Count.EqualTo(2));
        Assert.That((await service.StatusAsync("n2")).Issues.Select(issue => issue.Code), Does.Contain("id-reused"));
    }

    [Test]
    public async Task Words_in_another_spelling_of_the_same_letters_are_the_same_goal_and_caregiver()
    {
        await using var service = TheService.Over(new ScriptedEhr());
        foreach (var (id, day, word) in new[] { ("n1", 3, "Jos\u00e9 Mu\u00f1oz"), ("n2", 10, "Jose\u0301 Mun\u0303oz") })
        {
            var note = SomeVisit.Note(id, day);
            note["goals"]![0]!.AsObject().Remove("id");
            note["goals"]![0]!["text"] = $"Walk with {word}";
            note["visit"]!["participants"] = JsonNode.Parse($$"""[ { "name": "{{word}}", "relationship": "son", "role": "caregiver" } ]""");
            await service.PostAsync(note);
            await service.WorkAsync();
        }

        using var together = Assert.EnterMultipleScope();
        Assert.That((await service.StatusAsync("n2")).State, Is.EqualTo("written"));
        Assert.That(service.Ehr.All("Goal"), Has.Count.EqualTo(1));
        Assert.That(service.Ehr.All("RelatedPerson"), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_note_that_is_here_stays_here_whatever_the_EHR_says_of_its_patient_by_now()
    {
        await using var service = TheService.Over(new ScriptedEhr());
        await service.PostAsync(SomeVisit.Note());
        await service.WorkAsync();
        await service.RestartAsync();
        service.Ehr.Remove("Patient");
        var (changed, other) = (SomeVisit.Note(), SomeVisit.Note());
        changed["narrative"] = "Other words under the same id.";
        other["id"] = "another-note";

        using var together = Assert.EnterMultipleScope();
        Assert.That(await service.ReceiveAsync(SomeVisit.Note()), Is.InstanceOf<Receipt.AlreadyHere>());
        Assert.That(await service.ReceiveAsync(changed), Is.InstanceOf<Receipt.Conflict>());
        Assert.That(await service.ReceiveAsync(other), Is.InstanceOf<Receipt.Invalid>());
    }

    [Test]
    public async Task The_same_note_again_is_not_written_again()
    {
        await using var service = TheService.Over(new ScriptedEhr());
        await service.PostAsync(SomeVisit.Note());
        await service.WorkAsync();

        var again = await service.ReceiveAsync(SomeVisit.Note());
        await service.WorkAsync();

        Assert.That(again, Is.InstanceOf<Receipt.AlreadyHere>());
        Assert.That(service.Ehr.Writes, Is.EqualTo(1));
    }

    [Test]
    public async Task A_clinician_who_is_faster_keeps_what_they_wrote()
    {
        await using var service = TheService.Over(new ScriptedEhr());
        await service.PostAsync(SomeVisit.Note("n1", day: 3, step: "s1"));
        await service.WorkAsync();
        await service.PostAsync(SomeVisit.Note("n2", day: 10, step: "s2"));
        var plan = service.Ehr.All("CarePlan").Single().DeepClone().AsObject();
        service.Ehr.BeforeWrite = () =>
        {
            service.Ehr.BeforeWrite = null;
            plan["note"] = new JsonArray(new JsonObject { ["text"] = "See cardiology" });
            service.Ehr.Put(plan.ToJsonString());
        };

        await service.WorkAsync();

        using var together = Assert.EnterMultipleScope();
        Assert.That((await service.StatusAsync("n2")).State, Is.EqualTo("written"));
        Assert.That(service.Ehr.All("CarePlan").Single()["note"]!.ToJsonString(), Does.Contain("cardiology"));
        Assert.That(Steps(service.Ehr), Is.EqualTo(new[] { "Step s1", "Step s2" }));
        Assert.That(service.Ehr.All("DocumentReference"), Has.Count.EqualTo(2));
    }

    [Test]
    public async Task A_preview_says_what_would_become_of_each_resource_and_writes_nothing()
    {
        await using var service = TheService.Over(new ScriptedEhr { NotDeclared = { "Goal.create" } });
        await service.PostAsync(SomeVisit.Note("n1"));
        await service.WorkAsync();
        var writes = service.Ehr.Writes;

        var preview = (PreviewResult.Previewed)await service.Journey.PreviewAsync(Encoding.UTF8.GetBytes(SomeVisit.Note("n2", day: 10, step: "s2").ToJsonString()), default);

        using var together = Assert.EnterMultipleScope();
        Assert.That(preview.Plan.Single(line => line.Key == "care-plan").Will, Is.EqualTo("update"));
        Assert.That(preview.Plan.Single(line => line.Key == "goal/garden").Will, Is.EqualTo("fold"));
        Assert.That(preview.Plan.Single(line => line.Key == "note").Will, Is.EqualTo("create"));
        Assert.That(service.Ehr.Writes, Is.EqualTo(writes));
    }

    [Test]
    public async Task A_preview_does_not_fail_for_an_EHR_that_is_down()
    {
        await using var service = TheService.Over(new ScriptedEhr { IsDown = true });

        var preview = await service.Journey.PreviewAsync(Encoding.UTF8.GetBytes(SomeVisit.Note().ToJsonString()), default);

        Assert.That(preview, Is.InstanceOf<PreviewResult.Previewed>());
        Assert.That(((PreviewResult.Previewed)preview).Issues.Select(issue => issue.Code), Does.Contain("not-yet-checked"));
    }

    private static IEnumerable<string?> Steps(ScriptedEhr ehr) =>
        ehr.All("CarePlan").Single()["activity"]!.AsArray().Select(activity => (string?)activity!["detail"]?["description"]).Where(text => text?.StartsWith("Step", StringComparison.Ordinal) is true);

    private static IEnumerable<string> Pending(ScriptedEhr ehr) => new[] { "Encounter", "CarePlan", "Goal", "Condition", "Communication", "DocumentReference", "Provenance" }
        .SelectMany(ehr.All).Select(resource => resource.ToJsonString()).Where(json => json.Contains("\"reference\":\"urn:uuid", StringComparison.Ordinal));
}
