using System.Text;
using System.Text.Json.Nodes;
using NUnit.Framework;

namespace ChwFhir.Tests.WriteBack;

internal sealed class When_a_note_is_retracted
{
    private const string Id = "n1";
    private static readonly string[] NoUpdates = ["Observation", "DocumentReference", "Encounter", "Communication", "CarePlan", "Goal", "Condition", "Task"];

    [Test]
    public void One_that_begins_with_a_byte_order_mark_can_be_moved_to_the_right_patient()
    {
        byte[] sent = [0xEF, 0xBB, 0xBF, .. """{"id":"n1","patient":{"reference":"Patient/p1"}}"""u8];

        var moved = MovedNote.Of(sent, Id, new JsonObject { ["reference"] = "Patient/p2" });

        Assert.That((string?)JsonNode.Parse(moved)!["patient"]!["reference"], Is.EqualTo("Patient/p2"));
    }

    [Test]
    public async Task One_of_which_nothing_is_written_never_is()
    {
        await using var service = TheService.Over(new ScriptedEhr());
        await service.PostAsync(SomeVisit.Note());

        var answer = await RetractAsync(service);
        await service.WorkAsync();

        using var together = Assert.EnterMultipleScope();
        Assert.That((answer as Withdrawal.Accepted)?.Status.State, Is.EqualTo("retracted"));
        Assert.That((await service.StatusAsync(Id)).State, Is.EqualTo("retracted"));
        Assert.That(service.Ehr.Writes, Is.Zero);
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task Who_took_it_back_stands_beside_what_was_taken_back_where_the_EHR_takes_that(bool takesProvenance)
    {
        await using var service = TheService.Over(new ScriptedEhr { NotDeclared = takesProvenance ? [] : ["Provenance.create"] });
        await service.PostAsync(SomeVisit.Note());
        await service.WorkAsync();
        var document = (await service.StatusAsync(Id)).Resources.Single(row => row.Key == "note").Reference;

        await RetractAsync(service);
        await service.WorkAsync();

        var nullified = service.Ehr.All("Provenance").Where(one => (string?)one["activity"]!["coding"]![0]!["code"] == "NULLIFY").ToList();
        using var together = Assert.EnterMultipleScope();
        Assert.That(nullified, Has.Count.EqualTo(takesProvenance ? 1 : 0));
        Assert.That(nullified.SelectMany(one => one["target"]!.AsArray()).Select(target => (string?)target!["reference"]), takesProvenance ? Does.Contain(document) : Is.Empty);
        Assert.That((await service.StatusAsync(Id)).State, Is.EqualTo("retracted"));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task Everything_that_is_written_becomes_entered_in_error(bool transactions)
    {
        await using var service = TheService.Over(new ScriptedEhr { Transactions = transactions });
        var note = SomeVisit.Note();
        note["symptoms"] = JsonNode.Parse("""[ { "symptom": "pain", "score": 4 } ]""");
        await service.PostAsync(note);
        await service.WorkAsync();

        await RetractAsync(service);
        await service.WorkAsync();

        var status = await service.StatusAsync(Id);
        using var together = Assert.EnterMultipleScope();
        Assert.That(status.State, Is.EqualTo("retracted"), string.Join("; ", status.Issues));
        Assert.That(status.Removals, Is.Empty);
        foreach (var type in new[] { "Encounter", "DocumentReference", "Observation", "Communication", "CarePlan" })
            Assert.That(service.Ehr.All(type).Select(one => (string?)one["status"]), Is.Not.Empty.And.All.EqualTo("entered-in-error"), type);
        Assert.That((string?)service.Ehr.All("Goal").Single()["lifecycleStatus"], Is.EqualTo("entered-in-error"));
        Assert.That((string?)service.Ehr.All("Condition").Single()["verificationStatus"]!["coding"]![0]!["code"], Is.EqualTo("entered-in-error"));
        Assert.That(service.Ehr.All("Condition").Single()["clinicalStatus"], Is.Null);
        Assert.That(service.Ehr.All("DocumentReference"), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task What_another_visit_says_stays_and_a_later_visit_may_say_it_again()
    {
        await using var service = TheService.Over(new ScriptedEhr());
        await service.PostAsync(SomeVisit.Note(Id, day: 3, step: "s1"));
        await service.PostAsync(SomeVisit.Note("n2", day: 10, step: "s2"));
        await service.WorkAsync();

        await RetractAsync(service);
        await service.WorkAsync();
        var between = Steps(service.Ehr).ToList();
        await RetractAsync(service, "n2");
        await service.WorkAsync();
        var closed = (string?)service.Ehr.All("CarePlan").Single()["status"];
        await service.PostAsync(SomeVisit.Note("n3", day: 17, step: "s3"));
        await service.WorkAsync();

        using var together = Assert.EnterMultipleScope();
        Assert.That(between, Is.EqualTo(new[] { "Step s2" }));
        Assert.That(closed, Is.EqualTo("entered-in-error"));
        Assert.That((await service.StatusAsync("n3")).State, Is.EqualTo("written"));
        Assert.That((string?)service.Ehr.All("CarePlan").Single()["status"], Is.EqualTo("active"));
        Assert.That((string?)service.Ehr.All("Condition").Single()["verificationStatus"]!["coding"]![0]!["code"], Is.EqualTo("unconfirmed"));
        Assert.That(Steps(service.Ehr), Does.Contain("Step s3"));
    }

    [Test]
    public async Task What_a_clinician_has_put_into_the_plan_stays_theirs()
    {
        await using var service = TheService.Over(new ScriptedEhr());
        await service.PostAsync(SomeVisit.Note());
        await service.WorkAsync();
        var plan = service.Ehr.All("CarePlan").Single().DeepClone().AsObject();
        plan["activity"]!.AsArray().Add(JsonNode.Parse("""{ "detail": { "status": "scheduled", "description": "Physiotherapy" } }"""));
        service.Ehr.Put(plan.ToJsonString());
        var concern = service.Ehr.All("Condition").Single().DeepClone().AsObject();
        concern["verificationStatus"] = JsonNode.Parse("""{ "coding": [ { "system": "http://terminology.hl7.org/CodeSystem/condition-ver-status", "code": "confirmed" } ] }""");
        service.Ehr.Put(concern.ToJsonString());

        await RetractAsync(service);
        await service.WorkAsync();

        var status = await service.StatusAsync(Id);
        using var together = Assert.EnterMultipleScope();
        Assert.That((string?)service.Ehr.All("CarePlan").Single()["status"], Is.EqualTo("active"));
        Assert.That(service.Ehr.All("CarePlan").Single()["activity"]!.AsArray().Select(activity => (string?)activity!["detail"]!["description"]), Is.EqualTo(new[] { "Physiotherapy" }));
        Assert.That((string?)service.Ehr.All("Condition").Single()["verificationStatus"]!["coding"]![0]!["code"], Is.EqualTo("confirmed"));
        Assert.That(status.Removals.Select(removal => removal.Key), Is.EqualTo(new[] { "concern/food" }));
        Assert.That(status.State, Is.EqualTo("retracted"));
    }

    [Test]
    public async Task Where_nothing_can_be_updated_a_document_says_so_and_repeats_nothing_and_the_records_office_has_a_list()
    {
        var ehr = new ScriptedEhr { Transactions = false };
        foreach (var type in NoUpdates)
            ehr.NotDeclared.Add($"{type}.update");
        await using var service = TheService.Over(ehr);
        await service.PostAsync(SomeVisit.Note());
        await service.WorkAsync();
        var told = Text(ehr.All("DocumentReference").Single());

        await RetractAsync(service);
        await service.WorkAsync();

        var status = await service.StatusAsync(Id);
        var document = ehr.All("DocumentReference").Single(one => (string?)one["identifier"]![0]!["value"] == "n1/retraction");
        using var together = Assert.EnterMultipleScope();
        Assert.That(status.State, Is.EqualTo("retracted"), string.Join("; ", status.Issues));
        Assert.That(status.Removals.Select(removal => removal.Key), Does.Contain("note").And.Contain("care-plan").And.Not.Contain("provenance"));
        Assert.That(Text(document), Does.Contain("RETRACTION").And.EndWith("CHW note ref n1/retraction"));
        foreach (var word in new[] { "garden", "food", "Step" })
        {
            Assert.That(told, Does.Contain(word).IgnoreCase, "the note said it");
            Assert.That(document.ToJsonString() + Text(document), Does.Not.Contain(word).IgnoreCase);
        }

        var (open, rows) = await service.Store.OpenRemovalsAsync(ScriptedEhr.BaseUrl, 1, default);
        Assert.That((rows.Count, open), Is.EqualTo((1, (long)status.Removals.Count)), "so many as asked for, and how many there are");
        await service.Journey.RemovedAsync(Id, "note", "records office", default);
        Assert.That((await service.Store.OpenRemovalsAsync(ScriptedEhr.BaseUrl, 1, default)).Open, Is.EqualTo(open - 1));
        Assert.That((await service.StatusAsync(Id)).Removals.Single(removal => removal.Key == "note").DoneBy, Is.EqualTo("records office"));
    }

    [Test]
    public async Task Asked_twice_it_is_done_once()
    {
        var ehr = new ScriptedEhr { Transactions = false };
        foreach (var type in NoUpdates)
            ehr.NotDeclared.Add($"{type}.update");
        await using var service = TheService.Over(ehr);
        await service.PostAsync(SomeVisit.Note());
        await service.WorkAsync();

        await RetractAsync(service);
        await RetractAsync(service);
        await service.WorkAsync();
        await RetractAsync(service);
        await service.WorkAsync();

        Assert.That(ehr.All("DocumentReference"), Has.Count.EqualTo(2));
        Assert.That((await service.StatusAsync(Id)).State, Is.EqualTo("retracted"));
    }

    [Test]
    public async Task While_it_is_being_written_nothing_further_is_begun_and_what_was_sent_is_taken_back()
    {
        await using var service = TheService.Over(new ScriptedEhr { Transactions = false });
        await service.PostAsync(SomeVisit.Note());
        service.Ehr.BeforeWrite = () =>
        {
            service.Ehr.BeforeWrite = null;
            RetractAsync(service).GetAwaiter().GetResult();
        };

        await service.WorkAsync(1);

        using var together = Assert.EnterMultipleScope();
        Assert.That((await service.StatusAsync(Id)).State, Is.EqualTo("retracted"));
        Assert.That(service.Ehr.All("DocumentReference"), Is.Empty);
        Assert.That(service.Ehr.All("Encounter").Select(one => (string?)one["status"]), Is.EqualTo(new[] { "entered-in-error" }));
    }

    [Test]
    public async Task While_it_waits_for_an_EHR_that_is_down_what_stands_there_is_taken_back_and_nothing_further_is_written()
    {
        await using var service = TheService.Over(new ScriptedEhr { Transactions = false });
        service.Ehr.Next("POST CarePlan", ScriptedEhr.Fault.Busy);
        await service.PostAsync(SomeVisit.Note());
        await service.WorkAsync();
        service.Ehr.IsDown = true;
        var before = await service.StatusAsync(Id);

        await RetractAsync(service);
        await service.WorkAsync();
        var waiting = await service.StatusAsync(Id);
        service.Ehr.IsDown = false;
        await service.WorkAsync(3);

        using var together = Assert.EnterMultipleScope();
        Assert.That(before.State, Is.EqualTo("queued"));
        Assert.That(waiting.State, Is.EqualTo("queued"), "something of it stands in the EHR");
        Assert.That((await service.StatusAsync(Id)).State, Is.EqualTo("retracted"));
        Assert.That(service.Ehr.All("CarePlan"), Is.Empty);
        Assert.That(service.Ehr.All("DocumentReference"), Is.Empty, "neither the note nor a retraction");
        Assert.That(service.Ehr.All("Encounter").Select(one => (string?)one["status"]), Is.EqualTo(new[] { "entered-in-error" }));
    }

    [Test]
    public async Task One_of_which_nobody_can_tell_whether_its_document_was_filed_is_retracted_and_the_records_office_looks()
    {
        await using var service = TheService.Over(new ScriptedEhr { Transactions = false, ConditionalCreates = false });
        service.Ehr.Next("POST DocumentReference", ScriptedEhr.Fault.NeverArrives);
        await service.PostAsync(SomeVisit.Note());
        await service.WorkAsync(3);
        Assert.That((await service.StatusAsync(Id)).Resources.Single(row => row.Key == "note").State, Is.EqualTo("unknown"));

        await RetractAsync(service);
        await service.WorkAsync(3);

        var status = await service.StatusAsync(Id);
        using var together = Assert.EnterMultipleScope();
        Assert.That(status.State, Is.EqualTo("retracted"), string.Join("; ", status.Issues));
        Assert.That(status.Removals.Select(removal => removal.Key), Is.EqualTo(new[] { "note" }));
        Assert.That(service.Ehr.All("DocumentReference").Select(one => (string?)one["identifier"]![0]!["value"]), Is.EqualTo(new[] { "n1/retraction" }));
        Assert.That(service.Ehr.All("Encounter").Select(one => (string?)one["status"]), Is.EqualTo(new[] { "entered-in-error" }));
    }

    [TestCase("DocumentReference")]
    [TestCase("Encounter")]
    [TestCase("Communication")]
    [TestCase("CarePlan")]
    [TestCase("Goal")]
    [TestCase("Condition")]
    public async Task A_lost_answer_on_the_way_is_made_good_and_what_was_done_is_nobody_elses_change(string type)
    {
        await using var service = TheService.Over(new ScriptedEhr { Transactions = false });
        await service.PostAsync(SomeVisit.Note());
        await service.WorkAsync();
        service.Ehr.Next($"PUT {type}", ScriptedEhr.Fault.LoseAnswer);

        await RetractAsync(service);
        await service.WorkAsync(3);

        var status = await service.StatusAsync(Id);
        using var together = Assert.EnterMultipleScope();
        Assert.That(status.State, Is.EqualTo("retracted"));
        Assert.That(status.Removals, Is.Empty);
        Assert.That(service.Ehr.All("DocumentReference").Select(one => (string?)one["status"]), Is.EqualTo(new[] { "entered-in-error" }));
        foreach (var one in service.Ehr.All(type))
            Assert.That((string?)(one["verificationStatus"]?["coding"]?[0]?["code"] ?? one["lifecycleStatus"] ?? one["status"]), Is.EqualTo("entered-in-error"));
    }

    [Test]
    public async Task One_of_the_wrong_patient_is_received_anew_for_the_right_one_once()
    {
        await using var service = TheService.Over(new ScriptedEhr());
        service.Ehr.Put("""{"resourceType":"Patient","id":"p2","active":true,"birthDate":"1970-01-01","name":[{"family":"Other"}]}""");
        await service.PostAsync(SomeVisit.Note());
        await service.WorkAsync();

        var right = new JsonObject { ["reference"] = "Patient/p2" };
        await service.Journey.RetractAsync(Id, "wrong-patient", right, default);
        await service.Journey.RetractAsync(Id, "wrong-patient", right, default);
        await service.WorkAsync();

        var status = await service.StatusAsync(Id);
        var moved = await service.StatusAsync(status.MovedTo!);
        using var together = Assert.EnterMultipleScope();
        Assert.That(status.State, Is.EqualTo("retracted"));
        Assert.That(moved.State, Is.EqualTo("written"), string.Join("; ", moved.Issues));
        Assert.That(moved.Patient, Is.EqualTo("Patient/p2"));
        Assert.That(service.Ehr.All("DocumentReference").Where(one => (string?)one["subject"]!["reference"] == "Patient/p2").Select(one => (string?)one["status"]), Is.EqualTo(new[] { "current" }));
        Assert.That(service.Ehr.All("DocumentReference").Where(one => (string?)one["subject"]!["reference"] == "Patient/p1").Select(one => (string?)one["status"]), Is.EqualTo(new[] { "entered-in-error" }));
    }

    [Test]
    public async Task It_is_not_amended_any_more()
    {
        await using var service = TheService.Over(new ScriptedEhr());
        await service.PostAsync(SomeVisit.Note());
        await RetractAsync(service);

        var amended = await service.Journey.AmendAsync(Id, (await service.StatusAsync(Id)).Revision, When_a_note_is_amended.Amended(note => note["narrative"] = "More."), default);

        Assert.That(amended, Is.InstanceOf<Receipt.Withdrawn>());
    }

    private static Task<Withdrawal> RetractAsync(TheService service, string id = Id) => service.Journey.RetractAsync(id, "entered-in-error", null, default);

    private static string Text(JsonObject document) => Encoding.UTF8.GetString(Convert.FromBase64String((string)document["content"]![0]!["attachment"]!["data"]!)).TrimEnd();

    private static IEnumerable<string?> Steps(ScriptedEhr ehr) =>
        (ehr.All("CarePlan").Single()["activity"] as JsonArray ?? []).Select(activity => (string?)activity!["detail"]?["description"]).Where(text => text?.StartsWith("Step", StringComparison.Ordinal) is true);
}
