using System.Text;
using System.Text.Json.Nodes;
using ChwFhir.CareTeam;
using ChwFhir.Mapping;
using ChwFhir.WriteBack;
using NUnit.Framework;

namespace ChwFhir.Tests.WriteBack;

/// <summary>
/// What the mapping made is valid; what planning makes of it is not. Each way has a profile that holds for the mapping's resource and not for what comes of it.
/// </summary>
internal sealed class When_what_goes_out_is_not_valid
{
    private const string Id = "n1";
    private const string NoLogicalReference = """{ "max": "0" }""";
    private static readonly string[] Named = ["CarePlan", "Encounter", "Communication", "DocumentReference"];

    [Test]
    public async Task A_form_is_not_sent_and_its_words_stand_in_the_document()
    {
        await using var service = TheService.Promising(SomePromises.Asking(OwnProfiles.Need, "Condition", "note", """{ "max": "0" }"""), new ScriptedEhr());
        service.Ehr.Picky = resource => (string?)resource["verificationStatus"]?["coding"]?[0]?["code"] == "unconfirmed" ? ("Condition.verificationStatus", "59012") : null;
        await service.PostAsync(SomeVisit.Note());

        await service.WorkAsync(seconds: 2);

        using var together = Assert.EnterMultipleScope();
        await AssertFoldedAsync(service, "concern/food", "note, cardinality: the profile has no note");
        Assert.That(service.Ehr.All("Condition"), Is.Empty);
        Assert.That(Text(service.Ehr.All("DocumentReference").Single()), Does.Contain("Food runs out by the third week"));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task What_a_merge_makes_is_not_sent_and_the_rest_is(bool transactions)
    {
        await using var service = await MergedAsync(transactions);

        await service.WorkAsync();

        using var together = Assert.EnterMultipleScope();
        await AssertFoldedAsync(service, "goal/garden", "addresses, cardinality: the profile has addresses at most 2 times", "n2");
        Assert.That(service.Ehr.All("Goal").Single()["addresses"]!.AsArray(), Has.Count.EqualTo(2), "as the EHR had it");
        Assert.That(service.Ehr.All("CarePlan").Single().ToJsonString(), Does.Contain("Step s2"));
        Assert.That(Text(service.Ehr.All("DocumentReference").Single(one => Text(one).EndsWith("n2/note\n", StringComparison.Ordinal))), Does.Contain("Sit in the garden again"));
    }

    [Test]
    public async Task Another_try_ends_the_same_and_writes_nothing_twice()
    {
        await using var service = await MergedAsync(transactions: true);
        await service.WorkAsync();
        var writes = service.Ehr.Writes;

        await service.Journey.RetryAsync("n2", default);
        await service.WorkAsync();

        using var together = Assert.EnterMultipleScope();
        await AssertFoldedAsync(service, "goal/garden", "addresses, cardinality: the profile has addresses at most 2 times", "n2");
        Assert.That(service.Ehr.Writes, Is.EqualTo(writes));
    }

    [Test]
    public async Task A_person_may_close_it_and_the_note_ends()
    {
        await using var service = await MergedAsync(transactions: true);
        await service.WorkAsync();

        await CloseAsync(service, "goal/garden", "n2");

        Assert.That((await service.StatusAsync("n2")).State, Is.EqualTo("written"));
        Assert.That(service.Ehr.All("Goal").Single()["addresses"]!.AsArray(), Has.Count.EqualTo(2));
    }

    [Test]
    public async Task A_preview_says_so_beforehand()
    {
        await using var service = await MergedAsync(transactions: true);

        var shown = (PreviewResult.Previewed)await service.Journey.PreviewAsync(Encoding.UTF8.GetBytes(Next("n3").ToJsonString()), default);

        using var together = Assert.EnterMultipleScope();
        Assert.That(shown.Issues.Select(issue => issue.Code), Does.Contain("not-valid"));
        Assert.That(shown.Plan.Single(line => line.Key == "goal/garden").Will, Is.EqualTo("fold"));
    }

    [Test]
    public async Task A_reference_that_gets_its_place_is_looked_at_there()
    {
        await using var service = TheService.Promising(SomePromises.Asking(OwnProfiles.Goal, "Goal", "addresses.identifier", NoLogicalReference), new ScriptedEhr { Transactions = false, Invalid = IsCondition });
        await service.PostAsync(SomeVisit.Note());

        await service.WorkAsync();

        using var together = Assert.EnterMultipleScope();
        await AssertFoldedAsync(service, "goal/garden", "addresses[0].identifier, cardinality: the profile has no identifier");
        Assert.That(service.Ehr.Log, Does.Not.Contain("POST Goal"));
    }

    [Test]
    public async Task References_that_cannot_be_put_right_are_left_and_a_person_is_told()
    {
        await using var service = TheService.Promising(SomePromises.Asking(OwnProfiles.Goal, "Goal", "addresses.identifier", NoLogicalReference), new ScriptedEhr { RunsAsBatch = true, Invalid = IsCondition });
        await service.PostAsync(SomeVisit.Note());

        await service.WorkAsync(seconds: 2);
        var told = await service.StatusAsync(Id);
        await CloseAsync(service, "goal/garden");

        using var together = Assert.EnterMultipleScope();
        Assert.That(told.State, Is.EqualTo("needs-attention"));
        Assert.That(told.Issues.Where(issue => issue.Severity == "error").Select(issue => issue.Detail), Is.EqualTo(new[] { "goal/garden is not valid and is not sent as itself: addresses[0].identifier, cardinality: the profile has no identifier; in the EHR its references lead nowhere" }));
        Assert.That(service.Ehr.Log.Where(line => line.StartsWith("PUT Goal", StringComparison.Ordinal)), Is.Empty);
        Assert.That(service.Ehr.Log.Where(line => line.StartsWith("PUT CarePlan", StringComparison.Ordinal)), Is.Not.Empty, "the rest is put right");
        Assert.That((await service.StatusAsync(Id)).State, Is.EqualTo("written"));
    }

    [Test]
    public async Task What_cannot_be_taken_back_validly_is_for_the_records_office_and_the_rest_is_taken_back()
    {
        await using var service = TheService.Promising(SomePromises.Asking(OwnProfiles.Goal, "Goal", "lifecycleStatus", """{ "patternCode": "active" }"""), new ScriptedEhr());
        await service.PostAsync(SomeVisit.Note());
        await service.WorkAsync();

        await service.Journey.RetractAsync(Id, "entered-in-error", null, default);
        await service.WorkAsync();

        var status = await service.StatusAsync(Id);
        using var together = Assert.EnterMultipleScope();
        Assert.That(status.State, Is.EqualTo("retracted"));
        Assert.That(status.Removals.Select(removal => removal.Key), Is.EqualTo(new[] { "goal/garden" }));
        Assert.That(status.Issues.Single(issue => issue.Code == "not-valid").Detail, Does.Contain("goal/garden").And.Contain("lifecycleStatus"));
        Assert.That((string?)service.Ehr.All("Goal").Single()["lifecycleStatus"], Is.EqualTo("active"));
        foreach (var type in Named)
            Assert.That(service.Ehr.All(type).Select(one => (string?)one["status"]), Has.Some.EqualTo("entered-in-error"), type);
        Assert.That(service.Ehr.All("DocumentReference").Select(one => (string?)one["identifier"]![0]!["value"]), Does.Contain("n1/retraction"));
    }

    [Test]
    public async Task The_word_of_who_took_it_back_is_not_sent_when_it_is_not_valid_and_a_person_ends_it()
    {
        await using var service = TheService.Promising(SomePromises.Asking(OwnProfiles.Provenance, "Provenance", "occurred[x]", """{ "min": 1 }"""), new ScriptedEhr());
        await service.PostAsync(SomeVisit.Note());
        await service.WorkAsync();

        await service.Journey.RetractAsync(Id, "entered-in-error", null, default);
        await service.WorkAsync();

        var status = await service.StatusAsync(Id);
        Assert.That(status.State, Is.EqualTo("needs-attention"));
        await CloseAsync(service, status.Resources.Single(part => NotValidParts.Are(status.Issues, part.Key)).Key);

        var closed = await service.StatusAsync(Id);
        using var together = Assert.EnterMultipleScope();
        Assert.That(closed.State, Is.EqualTo("retracted"));
        Assert.That(closed.Issues.Select(issue => issue.Code), Does.Not.Contain("not-valid"));
        Assert.That(service.Ehr.All("Provenance"), Has.Count.EqualTo(1), "the visit's own");
        foreach (var type in Named)
            Assert.That(service.Ehr.All(type).Select(one => (string?)one["status"]), Is.All.EqualTo("entered-in-error"), type);
    }

    [Test]
    public async Task What_an_amended_note_no_longer_says_stays_until_it_can_be_taken_back_validly()
    {
        await using var service = TheService.Promising(SomePromises.Asking(OwnProfiles.Goal, "Goal", "lifecycleStatus", """{ "patternCode": "active" }"""), new ScriptedEhr());
        await service.PostAsync(SomeVisit.Note());
        await service.WorkAsync();
        await AmendWithoutGoalsAsync(service);

        await service.WorkAsync();
        var first = await service.StatusAsync(Id);
        var writes = service.Ehr.Writes;
        await service.Journey.RetryAsync(Id, default);
        await service.WorkAsync();
        var second = await service.StatusAsync(Id);
        var written = service.Ehr.Writes;
        await service.RestartAsync(Promises.Shipped);
        await service.Journey.RetryAsync(Id, default);
        await service.WorkAsync();

        using var together = Assert.EnterMultipleScope();
        foreach (var status in new[] { first, second })
        {
            Assert.That(status.State, Is.EqualTo("needs-attention"));
            Assert.That(status.Issues.Single(issue => issue.Code == "not-valid").Detail, Does.Contain("goal/garden"));
        }
        Assert.That(written, Is.EqualTo(writes));
        Assert.That((await service.StatusAsync(Id)).State, Is.EqualTo("written"));
        Assert.That((string?)service.Ehr.All("Goal").Single()["lifecycleStatus"], Is.EqualTo("entered-in-error"));
    }

    [Test]
    public async Task What_an_amended_note_no_longer_says_may_be_closed()
    {
        await using var service = TheService.Promising(SomePromises.Asking(OwnProfiles.Goal, "Goal", "lifecycleStatus", """{ "patternCode": "active" }"""), new ScriptedEhr());
        await service.PostAsync(SomeVisit.Note());
        await service.WorkAsync();
        await AmendWithoutGoalsAsync(service);
        await service.WorkAsync();

        await CloseAsync(service, "goal/garden");

        Assert.That((await service.StatusAsync(Id)).State, Is.EqualTo("written"));
        Assert.That((string?)service.Ehr.All("Goal").Single()["lifecycleStatus"], Is.EqualTo("active"));
    }

    [Test]
    public async Task What_goes_with_a_message_that_came_by_itself_is_looked_at_too()
    {
        await using var service = TheService.Promising(SomePromises.Asking(OwnProfiles.ReplyTask, "Task", "focus.identifier", NoLogicalReference), new ScriptedEhr { Transactions = false, Invalid = resource => (string?)resource["resourceType"] == "Communication" });
        var sent = await service.Part<MessageSending>().SendAsync(new TeamCaller("Practitioner/chw-1", "chw"), "p1", """{ "id": "m9", "to": ["nurse"], "needsReply": true, "text": "Please call about the ramp" }"""u8.ToArray(), default);

        await service.WorkAsync(seconds: 2);

        var status = (await service.Journey.ListAsync(new NoteQuery(), default)).Items.Single();
        using var together = Assert.EnterMultipleScope();
        Assert.That(sent, Is.InstanceOf<MessageAnswer.Done>());
        Assert.That(status.State, Is.EqualTo("needs-attention"));
        Assert.That(status.Issues.Where(issue => issue.Code == "not-valid").Select(issue => issue.Detail), Is.Not.Empty.And.All.Contains("focus.identifier"));
        Assert.That(service.Ehr.Log, Does.Not.Contain("POST Task"));
        Assert.That(Text(service.Ehr.All("DocumentReference").Single()), Does.Contain("Please call about the ramp"));
    }

    [Test]
    public async Task A_document_that_is_not_valid_in_its_form_waits_for_a_person_and_is_kept()
    {
        await using var service = TheService.Promising(SomePromises.Asking(OwnProfiles.VisitNote, "DocumentReference", "docStatus", """{ "patternCode": "final" }"""), new ScriptedEhr(), ("Planning:File", "draft"));
        await service.PostAsync(SomeVisit.Note());

        await service.WorkAsync();
        var told = await service.StatusAsync(Id);
        await CloseAsync(service, "note");

        using var together = Assert.EnterMultipleScope();
        Assert.That(told.State, Is.EqualTo("needs-attention"));
        Assert.That(told.Issues.Select(issue => issue.Code), Does.Contain("not-valid").And.Contain("document-refused"));
        Assert.That(told.Resources.Single(row => row.Key == "note").State, Is.EqualTo("refused"));
        Assert.That(told.Resources.Where(row => row.Key != "note").Select(row => row.State), Is.All.EqualTo("written"));
        Assert.That(service.Ehr.All("DocumentReference"), Is.Empty);
        Assert.That((await service.StatusAsync(Id)).State, Is.EqualTo("written"));
    }

    // What a clinician's software has left in the chart: nothing of it is a visit's.
    [TestCase(true)]
    [TestCase(false)]
    public async Task What_was_wrong_with_the_EHRs_own_version_keeps_no_visit_out(bool transactions)
    {
        await using var service = TheService.Over(new ScriptedEhr { Transactions = transactions });
        await service.PostAsync(SomeVisit.Note());
        await service.WorkAsync();
        var plan = service.Ehr.All("CarePlan").Single().DeepClone().AsObject();
        plan.Remove("author");
        plan["intent"] = "wish";
        plan["colour"] = "green";
        plan["supportingInfo"] = JsonNode.Parse("""[ { "reference": "urn:uuid:0b1c8a3e-3c0f-4a4b-9f0e-6f3ef8f0a111" } ]""");
        plan["activity"]!.AsArray().Insert(0, JsonNode.Parse("""{ "detail": { "description": "Physiotherapy" } }"""));
        service.Ehr.Put(plan.ToJsonString());
        await service.PostAsync(SomeVisit.Note("n2", day: 10, step: "s2"));

        await service.WorkAsync();

        var status = await service.StatusAsync("n2");
        var merged = service.Ehr.All("CarePlan").Single();
        using var together = Assert.EnterMultipleScope();
        Assert.That(status.State, Is.EqualTo("written"), string.Join("; ", status.Issues));
        Assert.That(merged.ToJsonString(), Does.Contain("Physiotherapy").And.Contain("Step s2").And.Contain("0b1c8a3e-3c0f-4a4b-9f0e-6f3ef8f0a111").And.Contain("green"));
        Assert.That((string?)merged["intent"], Is.EqualTo("wish"));
    }

    // Three that a goal may not address: two are in the EHR, one of them a clinician's, and the visit brings the third.
    private static async Task<TheService> MergedAsync(bool transactions)
    {
        var service = TheService.Promising(SomePromises.Asking(OwnProfiles.Goal, "Goal", "addresses", """{ "max": "2" }"""), new ScriptedEhr { Transactions = transactions });
        await service.PostAsync(SomeVisit.Note());
        await service.WorkAsync();
        var goal = service.Ehr.All("Goal").Single().DeepClone().AsObject();
        goal["addresses"]!.AsArray().Add(JsonNode.Parse("""{ "reference": "Condition/theirs" }"""));
        service.Ehr.Put(goal.ToJsonString());
        await service.PostAsync(Next("n2"));
        return service;
    }

    private static JsonObject Next(string id)
    {
        var note = SomeVisit.Note(id, day: 10, step: "s2");
        note["concerns"]!.AsArray().Add(JsonNode.Parse("""{ "id": "bus", "domain": "transportation-insecurity", "text": "No bus on Sundays" }"""));
        note["goals"]![0]!["addresses"] = new JsonArray("food", "bus");
        return note;
    }

    private static async Task AmendWithoutGoalsAsync(TheService service)
    {
        var stored = (await service.Store.FindAsync(ScriptedEhr.BaseUrl, Id, default))!;
        var amended = SomeVisit.Note();
        amended["goals"] = new JsonArray();
        Assert.That(await service.Journey.AmendAsync(Id, stored.Revision, Encoding.UTF8.GetBytes(amended.ToJsonString()), default), Is.InstanceOf<Receipt.Accepted>());
    }

    private static async Task AssertFoldedAsync(TheService service, string key, string place, string id = Id)
    {
        var status = await service.StatusAsync(id);
        Assert.That(status.State, Is.EqualTo("needs-attention"));
        Assert.That(status.Issues.Where(issue => issue.Code == "not-valid").Select(issue => issue.Detail), Is.EqualTo(new[] { $"{key} is not valid and is not sent as itself: {place}" }));
        Assert.That(status.Resources.Single(row => row.Key == key).State, Is.EqualTo("folded"));
        Assert.That(status.Resources.Single(row => row.Key == "note").State, Is.EqualTo("written"));
    }

    private static async Task CloseAsync(TheService service, string key, string id = Id)
    {
        Assert.That(await service.Journey.ResolveAsync(id, new NoteDecision(key, "close-unwritten", Reason: "it stands in the note"), "supervisor", default), Is.InstanceOf<ResolveResult.Kept>());
        await service.WorkAsync(seconds: 1);
    }

    private static bool IsCondition(JsonObject resource) => (string?)resource["resourceType"] == "Condition";

    private static string Text(JsonObject document) => Encoding.UTF8.GetString(Convert.FromBase64String((string)document["content"]![0]!["attachment"]!["data"]!));
}
