using ChwFhir.Queue;
using NUnit.Framework;
using static ChwFhir.Tests.WriteBack.ScriptedEhr;

namespace ChwFhir.Tests.WriteBack;

internal sealed class When_a_person_decides
{
    private const string Supervisor = "supervisor-1";

    [Test]
    public async Task What_they_found_in_the_EHR_is_written_there_and_not_sent_again()
    {
        await using var service = await WithAnUnknownMessageAsync();
        service.Ehr.Put("""{"resourceType":"Communication","id":"seen","status":"completed","subject":{"reference":"Patient/p1"}}""");

        var answer = await DecideAsync(service, new NoteDecision("message/m1", "written", Reference: "Communication/seen"));
        await service.WorkAsync(seconds: 2);

        var status = await service.StatusAsync("n1");
        using var together = Assert.EnterMultipleScope();
        Assert.That(answer, Is.InstanceOf<ResolveResult.Kept>());
        Assert.That(status.State, Is.EqualTo("written"));
        Assert.That(status.Resources.Where(row => row.Key == "message/m1").Select(row => (row.State, row.Reference)), Is.EqualTo(new[] { ("written", "Communication/seen") }));
        Assert.That(service.Ehr.Log.Count(line => line == "POST Communication"), Is.EqualTo(1));
        var decision = (await service.Store.DecisionsAsync((await service.Store.FindAsync(BaseUrl, "n1", default))!.Number, default)).Single();
        Assert.That((decision.By, decision.Word, decision.Void), Is.EqualTo((Supervisor, DecisionWord.Written, false)));
    }

    [Test]
    public async Task What_is_to_be_sent_again_is_sent_once_more()
    {
        await using var service = await WithAnUnknownMessageAsync();

        await DecideAsync(service, new NoteDecision("message/m1", "send-again"));
        await service.WorkAsync(seconds: 2);

        Assert.That((await service.StatusAsync("n1")).State, Is.EqualTo("written"));
        Assert.That(service.Ehr.All("Communication"), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task What_is_closed_unwritten_is_never_sent_and_stands_in_the_document()
    {
        await using var service = await WithAnUnknownMessageAsync();

        await DecideAsync(service, new NoteDecision("message/m1", "close-unwritten", Reason: "told by phone"));
        await service.WorkAsync(seconds: 2);

        var status = await service.StatusAsync("n1");
        using var together = Assert.EnterMultipleScope();
        Assert.That(status.State, Is.EqualTo("written"));
        Assert.That(status.Resources.Single(row => row.Key == "message/m1").State, Is.EqualTo("folded"));
        Assert.That(service.Ehr.All("Communication"), Is.Empty);
    }

    [Test]
    public async Task A_decision_made_while_the_EHR_is_down_is_checked_when_it_is_back_and_a_wrong_one_comes_back()
    {
        await using var service = await WithAnUnknownMessageAsync();
        service.Ehr.Put("""{"resourceType":"Communication","id":"other","status":"completed","subject":{"reference":"Patient/p2"}}""");
        service.Ehr.IsDown = true;

        var kept = await DecideAsync(service, new NoteDecision("message/m1", "written", Reference: "Communication/other"));
        await service.WorkAsync(seconds: 0.3);
        service.Ehr.IsDown = false;
        await service.WorkAsync(seconds: 5);

        var status = await service.StatusAsync("n1");
        using var together = Assert.EnterMultipleScope();
        Assert.That(kept, Is.InstanceOf<ResolveResult.Kept>());
        Assert.That(status.State, Is.EqualTo("needs-attention"));
        Assert.That(status.Issues.Select(issue => issue.Code), Does.Contain("decision-wrong"));
        Assert.That((await service.Store.DecisionsAsync((await service.Store.FindAsync(BaseUrl, "n1", default))!.Number, default)).Single().Void, Is.True);
    }

    private static IEnumerable<TestCaseData> Misfits()
    {
        yield return new TestCaseData(new NoteDecision(null, "written"), "/key required").SetArgDisplayNames("no key");
        yield return new TestCaseData(new NoteDecision("goal/nothing", "written"), "/key unknown-key").SetArgDisplayNames("a key that is none");
        yield return new TestCaseData(new NoteDecision("message/m1", "burn"), "/decision unknown-value").SetArgDisplayNames("a word that is none");
        yield return new TestCaseData(new NoteDecision("goal/garden", "send-again"), "/decision does-not-fit").SetArgDisplayNames("what is written");
        yield return new TestCaseData(new NoteDecision("message/m1", "use-encounter", Encounter: "Encounter/e1"), "/decision does-not-fit").SetArgDisplayNames("an encounter for a message");
        yield return new TestCaseData(new NoteDecision("message/m1", "close-unwritten", Reason: " "), "/reason required").SetArgDisplayNames("no reason");
        yield return new TestCaseData(new NoteDecision("message/m1", "written", Reference: "Goal/1"), "/reference wrong-type").SetArgDisplayNames("another type");
        yield return new TestCaseData(new NoteDecision("message/m1", "written", Reference: "here"), "/reference invalid-reference").SetArgDisplayNames("no reference");
        yield return new TestCaseData(new NoteDecision("message/m1", "written", Reference: "https://other.example/fhir/Communication/1"), "/reference invalid-reference").SetArgDisplayNames("another EHR");
        yield return new TestCaseData(new NoteDecision("message/m1", "written", Reference: "Communication/none"), "/reference not-found").SetArgDisplayNames("not there");
        yield return new TestCaseData(new NoteDecision("message/m1", "written", Reference: "Communication/theirs"), "/reference of-another-patient").SetArgDisplayNames("another patient's");
        yield return new TestCaseData(new NoteDecision("message/m1", "send-again", Reference: "Communication/1"), "/reference does-not-fit").SetArgDisplayNames("a reference to nothing");
        yield return new TestCaseData(new NoteDecision("patient", "written", Reference: "Patient/p2"), "/decision does-not-fit").SetArgDisplayNames("a chart that is not in question");
    }

    [TestCaseSource(nameof(Misfits))]
    public async Task What_does_not_fit_is_refused_with_a_pointer(NoteDecision decision, string fault)
    {
        await using var service = await WithAnUnknownMessageAsync();
        service.Ehr.Put("""{"resourceType":"Communication","id":"theirs","status":"completed","subject":{"reference":"Patient/p2"}}""");

        var answer = await DecideAsync(service, decision);

        Assert.That((answer as ResolveResult.Invalid)?.Faults.Select(one => $"{one.Pointer} {one.Code}"), Is.EqualTo(new[] { fault }));
    }

    [Test]
    public async Task Where_nothing_is_open_nothing_can_be_decided()
    {
        await using var service = TheService.Over(new ScriptedEhr());
        await service.PostAsync(SomeVisit.Note());
        await service.WorkAsync();

        Assert.That(await DecideAsync(service, new NoteDecision("note", "send-again")), Is.InstanceOf<ResolveResult.NothingOpen>());
        Assert.That(await service.Journey.ResolveAsync("none", new NoteDecision("note", "send-again"), Supervisor, default), Is.InstanceOf<ResolveResult.NoSuchNote>());
    }

    [Test]
    public async Task While_the_note_is_being_written_nobody_decides()
    {
        await using var service = TheService.Over(new ScriptedEhr());
        service.Ehr.Next("POST /", Fault.Hangs);
        await service.PostAsync(SomeVisit.Note());
        _ = service.WorkAsync();
        await service.Ehr.Hung.WaitAsync(TimeSpan.FromSeconds(10));

        Assert.That(await DecideAsync(service, new NoteDecision("note", "written")), Is.InstanceOf<ResolveResult.BeingWritten>());
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task A_note_that_needs_an_encounter_goes_on_with_the_one_that_was_chosen(bool down)
    {
        await using var service = TheService.Over(new ScriptedEhr { Transactions = false, ConditionalCreates = false, NotDeclared = { "Encounter.create" } });
        foreach (var (id, patient, status) in new[] { ("e1", "p1", "finished"), ("e2", "p1", "finished"), ("e3", "p2", "finished"), ("e4", "p1", "cancelled") })
            service.Ehr.Put($$"""{"resourceType":"Encounter","id":"{{id}}","status":"{{status}}","class":{"code":"AMB"},"subject":{"reference":"Patient/{{patient}}"},"period":{"start":"2026-11-03T10:00:00-05:00"} }""");
        await service.PostAsync(SomeVisit.Note());
        await service.WorkAsync(seconds: 1);
        var before = await service.StatusAsync("n1");
        service.Ehr.IsDown = down;

        var others = down ? [] : new[] { await UseAsync(service, "Encounter/e3"), await UseAsync(service, "Encounter/e4"), await UseAsync(service, "Encounter/none") };
        var kept = await UseAsync(service, "Encounter/e2");
        service.Ehr.IsDown = false;
        await service.WorkAsync(seconds: 4);

        var status2 = await service.StatusAsync("n1");
        using var together = Assert.EnterMultipleScope();
        Assert.That((before.State, before.Issues.Where(issue => issue.Severity != "information").Select(issue => issue.Code)), Is.EqualTo(("needs-attention", new[] { "encounter-needed" })));
        Assert.That(others.Cast<ResolveResult.Invalid>().Select(one => one.Faults.Single().Code), Is.EqualTo(down ? [] : new[] { "of-another-patient", "encounter-cancelled", "not-found" }));
        Assert.That(kept, Is.InstanceOf<ResolveResult.Kept>());
        Assert.That(status2.State, Is.EqualTo("written"), string.Join('\n', status2.Issues.Select(issue => issue.Detail)));
        Assert.That(service.Ehr.All("DocumentReference").Single()["context"]!["encounter"]![0]!["reference"]!.GetValue<string>(), Is.EqualTo("Encounter/e2"));
    }

    [Test]
    public async Task Another_patients_encounter_chosen_while_the_EHR_was_down_brings_the_note_back()
    {
        await using var service = TheService.Over(new ScriptedEhr { Transactions = false, ConditionalCreates = false, NotDeclared = { "Encounter.create" } });
        service.Ehr.Put("""{"resourceType":"Encounter","id":"e3","status":"finished","class":{"code":"AMB"},"subject":{"reference":"Patient/p2"}}""");
        await service.PostAsync(SomeVisit.Note());
        await service.WorkAsync(seconds: 1);
        service.Ehr.IsDown = true;
        await UseAsync(service, "Encounter/e3");
        service.Ehr.IsDown = false;

        await service.WorkAsync(seconds: 4);

        var status = await service.StatusAsync("n1");
        using var together = Assert.EnterMultipleScope();
        Assert.That((status.State, status.Issues.Where(issue => issue.Severity != "information").Select(issue => issue.Code)), Is.EqualTo(("needs-attention", new[] { "encounter-of-another-patient" })));
        Assert.That(service.Ehr.All("DocumentReference"), Is.Empty);
        service.Ehr.Put("""{"resourceType":"Encounter","id":"e1","status":"finished","class":{"code":"AMB"},"subject":{"reference":"Patient/p1"}}""");
        await UseAsync(service, "Encounter/e1");
        await service.WorkAsync(seconds: 2);
        Assert.That((await service.StatusAsync("n1")).State, Is.EqualTo("written"));
    }

    [Test]
    public async Task Nothing_is_written_until_the_surviving_chart_is_confirmed_and_then_there()
    {
        await using var service = TheService.Over(new ScriptedEhr());
        service.Ehr.Put("""{"resourceType":"Patient","id":"p1","link":[{"type":"replaced-by","other":{"reference":"Patient/p9"}}]}""");
        service.Ehr.Put("""{"resourceType":"Patient","id":"p9","birthDate":"1963-04-02"}""");
        await service.PostAsync(SomeVisit.Note());
        await service.WorkAsync();
        var before = await service.StatusAsync("n1");
        var merged = await DecideAsync(service, new NoteDecision("patient", "written", Reference: "Patient/p1"));

        var kept = await DecideAsync(service, new NoteDecision("patient", "written", Reference: "Patient/p9"));
        await service.WorkAsync(seconds: 2);

        var status = await service.StatusAsync("n1");
        using var together = Assert.EnterMultipleScope();
        Assert.That(before.Issues.Select(issue => issue.Code), Is.EqualTo(new[] { "patient-merged" }));
        Assert.That((merged as ResolveResult.Invalid)?.Faults.Single().Code, Is.EqualTo("patient-merged"));
        Assert.That(kept, Is.InstanceOf<ResolveResult.Kept>());
        Assert.That((status.State, status.Patient), Is.EqualTo(("written", "Patient/p9")));
        Assert.That(service.Ehr.All("DocumentReference").Single()["subject"]!["reference"]!.GetValue<string>(), Is.EqualTo("Patient/p9"));
    }

    [Test]
    public async Task A_document_that_the_EHR_will_never_take_can_be_closed()
    {
        await using var service = TheService.Over(new ScriptedEhr { Invalid = resource => (string?)resource["resourceType"] == "DocumentReference" });
        await service.PostAsync(SomeVisit.Note());
        await service.WorkAsync();

        await DecideAsync(service, new NoteDecision("note", "close-unwritten", Reason: "scanned by the front desk"));
        await service.WorkAsync(seconds: 1);

        var status = await service.StatusAsync("n1");
        using var together = Assert.EnterMultipleScope();
        Assert.That(status.Resources.Single(row => row.Key == "note").State, Is.EqualTo("kept"));
        Assert.That((status.State, status.Issues.Where(issue => issue.Severity != "information").Select(issue => issue.Code)), Is.EqualTo(("written", new[] { "closed-unwritten" })));
        Assert.That(service.Ehr.All("DocumentReference"), Is.Empty);
    }

    private static Task<ResolveResult> UseAsync(TheService service, string encounter) => DecideAsync(service, new NoteDecision("encounter", "use-encounter", Encounter: encounter));

    [TestCase("Patient/p1", "written")]
    [TestCase("Patient/p2", "needs-attention")]
    public async Task The_chart_that_the_note_names_may_be_confirmed_and_no_strangers(string chart, string state)
    {
        await using var service = TheService.Over(new ScriptedEhr());
        service.Ehr.Put("""{"resourceType":"Patient","id":"p2","active":true,"birthDate":"1931-01-01","name":[{"family":"Stranger","given":["Al"]}]}""");
        var note = SomeVisit.Note();
        note["patient"] = System.Text.Json.Nodes.JsonNode.Parse("""{ "reference": "Patient/p1", "check": { "birthDate": "1999-09-09", "familyName": "Otherwise" } }""");
        await service.PostAsync(note);
        await service.WorkAsync();
        Assert.That((await service.StatusAsync("n1")).Issues.Select(issue => issue.Code), Does.Contain("patient-mismatch"));

        await DecideAsync(service, new NoteDecision("patient", "written", Reference: chart));
        await service.WorkAsync();

        Assert.That((await service.StatusAsync("n1")).State, Is.EqualTo(state));
    }

    [Test]
    public async Task A_number_that_finds_somebody_else_is_no_reason_to_write_into_that_chart()
    {
        await using var service = TheService.Over(new ScriptedEhr());
        service.Ehr.Put("""{"resourceType":"Patient","id":"p2","active":true,"birthDate":"1931-01-01","name":[{"family":"Stranger","given":["Al"]}],"identifier":[{"system":"urn:mrn","value":"200"}]}""");
        var note = SomeVisit.Note();
        note["patient"] = System.Text.Json.Nodes.JsonNode.Parse("""{ "identifier": { "system": "urn:mrn", "value": "200" }, "check": { "birthDate": "1999-09-09", "familyName": "Otherwise" } }""");
        await service.PostAsync(note);
        await service.WorkAsync();

        await DecideAsync(service, new NoteDecision("patient", "written", Reference: "Patient/p2"));
        await service.WorkAsync();

        Assert.That((await service.StatusAsync("n1")).State, Is.EqualTo("needs-attention"));
        Assert.That(service.Ehr.Writes, Is.Zero);
    }

    private static Task<ResolveResult> DecideAsync(TheService service, NoteDecision decision) => service.Journey.ResolveAsync("n1", decision, Supervisor, default);

    // A server whose search has never shown a message of ours: nobody can say what became of this one.
    private static async Task<TheService> WithAnUnknownMessageAsync()
    {
        var service = TheService.Over(new ScriptedEhr { Transactions = false, ConditionalCreates = false }, ("WriteBack:SettleAfter", "00:00:00.020"));
        service.Ehr.Next("POST Communication", Fault.NeverArrives);
        await service.PostAsync(SomeVisit.Note());
        await service.WorkAsync(seconds: 3);
        Assert.That((await service.StatusAsync("n1")).Resources.Single(row => row.Key == "message/m1").State, Is.EqualTo("unknown"));
        return service;
    }
}
