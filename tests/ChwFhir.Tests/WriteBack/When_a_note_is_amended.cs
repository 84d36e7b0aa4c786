using System.Text;
using System.Text.Json.Nodes;
using NUnit.Framework;

namespace ChwFhir.Tests.WriteBack;

internal sealed class When_a_note_is_amended
{
    private const string Id = "n1";

    [Test]
    public async Task One_of_which_nothing_is_written_is_changed_in_place()
    {
        await using var service = TheService.Over(new ScriptedEhr());
        await service.PostAsync(SomeVisit.Note());

        var answer = await AmendAsync(service, note => note["narrative"] = "Other words.");
        await service.WorkAsync();

        var status = await service.StatusAsync(Id);
        using var together = Assert.EnterMultipleScope();
        Assert.That(answer, Is.InstanceOf<Receipt.Accepted>());
        Assert.That(status.State, Is.EqualTo("written"));
        Assert.That(status.Version, Is.EqualTo(2));
        Assert.That(Texts(service.Ehr), Has.Count.EqualTo(1));
        Assert.That(Texts(service.Ehr).Single(), Does.Contain("Other words.").And.EndWith("CHW note ref n1/note").And.Not.Contain("corrects"));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task One_that_is_written_gets_a_document_that_replaces_the_first(bool transactions)
    {
        await using var service = TheService.Over(new ScriptedEhr { Transactions = transactions });
        await service.PostAsync(SomeVisit.Note());
        await service.WorkAsync();
        var first = (await service.StatusAsync(Id)).Resources.Single(row => row.Key == "note").Reference;

        await AmendAsync(service, note => note["narrative"] = "Other words.");
        await service.WorkAsync();

        var status = await service.StatusAsync(Id);
        var documents = service.Ehr.All("DocumentReference");
        using var together = Assert.EnterMultipleScope();
        Assert.That(status.State, Is.EqualTo("written"), string.Join("; ", status.Issues));
        Assert.That(documents, Has.Count.EqualTo(2));
        var second = documents.Single(document => (string?)document["identifier"]![0]!["value"] == "n1/note.2");
        Assert.That((string?)second["relatesTo"]![0]!["code"], Is.EqualTo("replaces"));
        Assert.That((string?)second["relatesTo"]![0]!["target"]!["reference"], Is.EqualTo(first));
        Assert.That((string?)documents.Single(document => document != second)["status"], Is.EqualTo("superseded"));
        Assert.That(Text(second), Does.Contain("Other words.").And.Contain("corrects and replaces the one filed before under n1/note").And.EndWith("CHW note ref n1/note.2"));
        Assert.That(status.Resources.Single(row => row.Key == "note.1").Reference, Is.EqualTo(first));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task What_it_says_otherwise_is_updated_what_it_adds_created_and_what_it_no_longer_says_entered_in_error(bool transactions)
    {
        await using var service = TheService.Over(new ScriptedEhr { Transactions = transactions });
        var note = SomeVisit.Note();
        note["symptoms"] = JsonNode.Parse("""[ { "symptom": "pain", "score": 4 }, { "symptom": "nausea", "score": 2 } ]""");
        await service.PostAsync(note);
        await service.WorkAsync();

        await AmendAsync(service, amended =>
        {
            amended["symptoms"] = JsonNode.Parse("""[ { "symptom": "pain", "score": 5 }, { "symptom": "tiredness", "score": 3 } ]""");
            amended["concerns"] = new JsonArray();
            amended["goals"]![0]!.AsObject().Remove("addresses");
        });
        await service.WorkAsync();

        var status = await service.StatusAsync(Id);
        using var together = Assert.EnterMultipleScope();
        Assert.That(status.State, Is.EqualTo("written"), string.Join("; ", status.Issues));
        var scores = service.Ehr.All("Observation").ToDictionary(one => ((string)one["identifier"]![0]!["value"]!).Split('/')[^1]);
        Assert.That(scores.Keys, Is.EquivalentTo(new[] { "pain", "nausea", "tiredness" }));
        Assert.That(scores["pain"].ToJsonString(), Does.Contain("\"value\":5,"));
        Assert.That((string?)scores["nausea"]["status"], Is.EqualTo("entered-in-error"));
        Assert.That((string?)service.Ehr.All("Condition").Single()["verificationStatus"]!["coding"]![0]!["code"], Is.EqualTo("entered-in-error"));
        Assert.That(service.Ehr.All("CarePlan"), Has.Count.EqualTo(1));
        Assert.That(status.Resources.Single(row => row.Key == "symptom/nausea").How, Is.EqualTo("entered in error"));
    }

    [Test]
    public async Task What_other_visits_say_too_stays()
    {
        await using var service = TheService.Over(new ScriptedEhr());
        await service.PostAsync(SomeVisit.Note(Id, day: 3, step: "s1"));
        await service.PostAsync(SomeVisit.Note("n2", day: 10, step: "s2"));
        await service.WorkAsync();

        await AmendAsync(service, note => note["goals"]![0]!["steps"] = new JsonArray());
        await service.WorkAsync();

        using var together = Assert.EnterMultipleScope();
        Assert.That(Steps(service.Ehr), Is.EqualTo(new[] { "Step s2" }));
        Assert.That((string?)service.Ehr.All("Goal").Single()["lifecycleStatus"], Is.EqualTo("active"));
    }

    [Test]
    public async Task An_EHR_that_updates_nothing_gets_a_document_that_says_all_of_it_and_no_second_resource()
    {
        await using var service = TheService.Over(new ScriptedEhr { Transactions = false, NotDeclared = { "Observation.update", "DocumentReference.update", "Encounter.update", "Communication.update", "CarePlan.update", "Goal.update", "Condition.update" } });
        var note = SomeVisit.Note();
        note["symptoms"] = JsonNode.Parse("""[ { "symptom": "pain", "score": 4 } ]""");
        await service.PostAsync(note);
        await service.WorkAsync();

        await AmendAsync(service, amended => amended["symptoms"]![0]!["score"] = 6);
        await service.WorkAsync();

        var status = await service.StatusAsync(Id);
        using var together = Assert.EnterMultipleScope();
        Assert.That(status.State, Is.EqualTo("written"), string.Join("; ", status.Issues));
        Assert.That(service.Ehr.All("Observation"), Has.Count.EqualTo(1));
        Assert.That(Texts(service.Ehr), Has.Some.Contains("corrects").And.Some.Contains("6"));
        Assert.That(status.Resources.Single(row => row.Key == "symptom/pain").How, Does.Contain("takes no update"));
    }

    [Test]
    public async Task While_it_is_being_written_nothing_of_the_first_is_begun_any_more()
    {
        await using var service = TheService.Over(new ScriptedEhr { Transactions = false });
        await service.PostAsync(SomeVisit.Note());
        service.Ehr.BeforeWrite = () =>
        {
            service.Ehr.BeforeWrite = null;
            Assert.That(AmendAsync(service, note => note["narrative"] = "Other words.").GetAwaiter().GetResult(), Is.InstanceOf<Receipt.Accepted>());
        };

        await service.WorkAsync(1);

        var status = await service.StatusAsync(Id);
        using var together = Assert.EnterMultipleScope();
        Assert.That(status.State, Is.EqualTo("written"), string.Join("; ", status.Issues));
        Assert.That(service.Ehr.All("DocumentReference"), Has.Count.EqualTo(1), "the first document was never sent");
        Assert.That(Texts(service.Ehr).Single(), Does.Contain("Other words."));
        Assert.That(service.Ehr.All("Encounter"), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Twice_in_a_row_the_last_content_stands_and_every_one_is_kept()
    {
        await using var service = TheService.Over(new ScriptedEhr());
        await service.PostAsync(SomeVisit.Note());
        await service.WorkAsync();

        await AmendAsync(service, note => note["narrative"] = "Second words.");
        await AmendAsync(service, note => note["narrative"] = "Third words.");
        await service.WorkAsync();
        await AmendAsync(service, note => note["narrative"] = "Fourth words.");
        await service.WorkAsync();

        var stored = (await service.Store.FindAsync(ScriptedEhr.BaseUrl, Id, default))!;
        using var together = Assert.EnterMultipleScope();
        Assert.That(stored.Version, Is.EqualTo(4));
        Assert.That(Texts(service.Ehr), Has.Count.EqualTo(3).And.None.Contains("Second words."));
        Assert.That(service.Ehr.All("DocumentReference").Count(document => (string?)document["status"] == "current"), Is.EqualTo(1));
        var versions = await service.Store.EarlierVersionsAsync(stored.Number, default);
        Assert.That(versions.Select(version => Encoding.UTF8.GetString(version.Input.Span)), Has.Some.Contains("Second words.").And.Some.Contains("Third words."));
    }

    [Test]
    public async Task The_same_content_changes_nothing_also_with_the_tag_of_before()
    {
        await using var service = TheService.Over(new ScriptedEhr());
        await service.PostAsync(SomeVisit.Note());
        var before = (await service.StatusAsync(Id)).Revision;
        await AmendAsync(service, note => note["narrative"] = "Other words.");
        await service.WorkAsync();
        var writes = service.Ehr.Writes;

        var again = await service.Journey.AmendAsync(Id, before, Amended(note => note["narrative"] = "Other words."), default);
        await service.WorkAsync();

        Assert.That(again, Is.InstanceOf<Receipt.AlreadyHere>());
        Assert.That(service.Ehr.Writes, Is.EqualTo(writes));
    }

    [Test]
    public async Task Somebody_who_was_slower_is_told()
    {
        await using var service = TheService.Over(new ScriptedEhr());
        await service.PostAsync(SomeVisit.Note());
        var before = (await service.StatusAsync(Id)).Revision;
        await AmendAsync(service, note => note["narrative"] = "Other words.");

        Assert.That(await service.Journey.AmendAsync(Id, before, Amended(note => note["narrative"] = "Third words."), default), Is.InstanceOf<Receipt.Stale>());
    }

    [Test]
    public async Task Another_patient_or_another_id_is_refused()
    {
        await using var service = TheService.Over(new ScriptedEhr());
        service.Ehr.Put("""{"resourceType":"Patient","id":"p2","active":true,"birthDate":"1970-01-01","name":[{"family":"Other"}],"identifier":[{"system":"urn:mrn","value":"200"}]}""");
        await service.PostAsync(SomeVisit.Note());
        await service.WorkAsync();

        using var together = Assert.EnterMultipleScope();
        Assert.That(Codes(await AmendAsync(service, note => note["patient"] = JsonNode.Parse("""{ "reference": "Patient/p2" }"""))), Is.EqualTo(new[] { "patient-changed" }));
        Assert.That(Codes(await AmendAsync(service, note => note["patient"] = JsonNode.Parse("""{ "identifier": { "system": "urn:mrn", "value": "200" } }"""))), Is.EqualTo(new[] { "patient-changed" }));
        Assert.That(Codes(await AmendAsync(service, note => note["id"] = "n9")), Is.EqualTo(new[] { "id-changed" }));
        Assert.That(await AmendAsync(service, note => note["patient"] = JsonNode.Parse("""{ "identifier": { "system": "urn:mrn", "value": "100" } }""")), Is.InstanceOf<Receipt.Accepted>());
    }

    [Test]
    public async Task What_showed_the_wrong_chart_is_corrected_and_not_left_out()
    {
        await using var service = TheService.Over(new ScriptedEhr());
        var first = SomeVisit.Note();
        first["patient"] = JsonNode.Parse("""{ "reference": "Patient/p1", "check": { "birthDate": "1999-09-09", "familyName": "Otherwise" } }""");
        await service.PostAsync(first);
        await service.WorkAsync();

        Assert.That(Codes(await AmendAsync(service, note => note["patient"] = JsonNode.Parse("""{ "reference": "Patient/p1" }"""))), Is.EqualTo(new[] { "required" }));
        Assert.That(service.Ehr.Writes, Is.Zero);
    }

    [Test]
    public async Task Another_patient_by_a_number_that_nobody_could_ask_about_is_found_before_anything_is_written()
    {
        await using var service = TheService.Over(new ScriptedEhr());
        service.Ehr.Put("""{"resourceType":"Patient","id":"p2","active":true,"birthDate":"1970-01-01","name":[{"family":"Other"}],"identifier":[{"system":"urn:mrn","value":"200"}]}""");
        await service.PostAsync(SomeVisit.Note());
        await service.WorkAsync();
        service.Ehr.IsDown = true;
        await AmendAsync(service, note => note["patient"] = JsonNode.Parse("""{ "identifier": { "system": "urn:mrn", "value": "200" } }"""));
        service.Ehr.IsDown = false;
        var writes = service.Ehr.Writes;

        await service.WorkAsync(3);

        var status = await service.StatusAsync(Id);
        using var together = Assert.EnterMultipleScope();
        Assert.That(status.State, Is.EqualTo("needs-attention"));
        Assert.That(status.Issues.Select(issue => issue.Code), Does.Contain("patient-changed"));
        Assert.That(service.Ehr.Writes, Is.EqualTo(writes));
    }

    [Test]
    public async Task A_first_document_whose_answer_was_lost_is_found_and_replaced()
    {
        await using var service = TheService.Over(new ScriptedEhr { Transactions = false, ConditionalCreates = false });
        await service.PostAsync(SomeVisit.Note());
        service.Ehr.Next("POST DocumentReference", ScriptedEhr.Fault.LoseAnswer);
        await service.WorkAsync();

        await AmendAsync(service, note => note["narrative"] = "Other words.");
        await service.WorkAsync(3);

        var status = await service.StatusAsync(Id);
        using var together = Assert.EnterMultipleScope();
        Assert.That(status.State, Is.EqualTo("written"), string.Join("; ", status.Issues));
        Assert.That(service.Ehr.All("DocumentReference"), Has.Count.EqualTo(2));
        Assert.That(service.Ehr.All("DocumentReference").Count(document => (string?)document["status"] == "current"), Is.EqualTo(1));
    }

    [Test]
    public async Task A_first_document_of_which_nobody_can_tell_waits_for_a_person_while_the_second_is_filed_once()
    {
        await using var service = TheService.Over(new ScriptedEhr { Transactions = false, ConditionalCreates = false });
        service.Ehr.Next("POST DocumentReference", ScriptedEhr.Fault.NeverArrives);
        await service.PostAsync(SomeVisit.Note());
        await service.WorkAsync(3);
        var first = await service.StatusAsync(Id);

        await AmendAsync(service, note => note["narrative"] = "Other words.");
        await service.WorkAsync(3);
        var amended = await service.StatusAsync(Id);
        var decided = await service.Journey.ResolveAsync(Id, new NoteDecision("note.1", "close-unwritten", Reason: "looked: it is not there"), "supervisor", default);
        await service.WorkAsync(3);
        var last = await service.StatusAsync(Id);

        using var together = Assert.EnterMultipleScope();
        Assert.That((first.State, first.Resources.Single(row => row.Key == "note").State), Is.EqualTo(("needs-attention", "unknown")));
        Assert.That((amended.State, amended.Resources.Single(row => row.Key == "note.1").State, amended.Resources.Single(row => row.Key == "note").State), Is.EqualTo(("needs-attention", "unknown", "written")));
        Assert.That(decided, Is.InstanceOf<ResolveResult.Kept>());
        Assert.That(last.State, Is.EqualTo("written"), string.Join("; ", last.Issues));
        Assert.That(Texts(service.Ehr), Has.Count.EqualTo(1).And.All.Contains("Other words."));
    }

    [TestCase("note", "DocumentReference", "superseded")]
    [TestCase("message/m1", "Communication", "Please call today")]
    [TestCase("message/m1", "Communication", "entered-in-error", false)]
    public async Task What_a_person_finds_of_an_earlier_edition_is_brought_up_to_date(string key, string type, string words, bool says = true)
    {
        await using var service = TheService.Over(new ScriptedEhr { Transactions = false, ConditionalCreates = false });
        service.Ehr.Next($"POST {type}", ScriptedEhr.Fault.NeverArrives);
        await service.PostAsync(SomeVisit.Note());
        await service.WorkAsync(3);
        await AmendAsync(service, note =>
        {
            note["messages"]![0]!["text"] = "Please call today";
            if (!says)
                note["messages"] = new JsonArray();
        });
        await service.WorkAsync(3);
        var before = (await service.StatusAsync(Id)).Resources.Single(row => row.State == "unknown");
        service.Ehr.Put($$"""{ "resourceType": "{{type}}", "id": "seen", "status": "current", "subject": { "reference": "Patient/p1" } }""");

        var decided = await service.Journey.ResolveAsync(Id, new NoteDecision(before.Key, "written", Reference: $"{type}/seen"), "supervisor", default);
        await service.WorkAsync(3);

        var status = await service.StatusAsync(Id);
        using var together = Assert.EnterMultipleScope();
        Assert.That(before.Key, Is.EqualTo(key == "note" ? "note.1" : key));
        Assert.That(decided, Is.InstanceOf<ResolveResult.Kept>());
        Assert.That(status.State, Is.EqualTo("written"), string.Join("; ", status.Issues));
        Assert.That(service.Ehr.All(type).Single(one => (string?)one["id"] == "seen").ToJsonString(), Does.Contain(words));
    }

    [Test]
    public async Task One_in_needs_attention_is_written_with_its_new_words()
    {
        await using var service = TheService.Over(new ScriptedEhr { Transactions = false });
        service.Ehr.Invalid = body => (string?)body["resourceType"] == "DocumentReference" && Text(body).Contains("Bad words", StringComparison.Ordinal);
        var note = SomeVisit.Note();
        note["narrative"] = "Bad words.";
        await service.PostAsync(note);
        await service.WorkAsync();
        var before = await service.StatusAsync(Id);

        await AmendAsync(service, amended => amended["narrative"] = "Good words.");
        await service.WorkAsync();

        var status = await service.StatusAsync(Id);
        using var together = Assert.EnterMultipleScope();
        Assert.That((before.State, before.Resources.Single(row => row.Key == "note").State), Is.EqualTo(("needs-attention", "refused")));
        Assert.That(status.State, Is.EqualTo("written"), string.Join("; ", status.Issues));
        Assert.That(status.Issues.Select(issue => issue.Code), Does.Not.Contain("document-refused"), "that was about the words before");
        Assert.That(Texts(service.Ehr).Single(), Does.Contain("Good words."));
        foreach (var type in new[] { "Encounter", "CarePlan", "Goal", "Condition", "Communication" })
            Assert.That(service.Ehr.All(type), Has.Count.EqualTo(1), type);
    }

    [Test]
    public async Task Twice_while_the_EHR_is_down_the_last_words_alone_are_written()
    {
        await using var service = TheService.Over(new ScriptedEhr());
        await service.PostAsync(SomeVisit.Note());
        service.Ehr.IsDown = true;
        await service.WorkAsync();
        await AmendAsync(service, note => note["narrative"] = "Second words.");
        await service.WorkAsync();
        await AmendAsync(service, note => note["narrative"] = "Third words.");
        service.Ehr.IsDown = false;

        await service.WorkAsync(3);

        using var together = Assert.EnterMultipleScope();
        Assert.That((await service.StatusAsync(Id)).State, Is.EqualTo("written"));
        Assert.That(Texts(service.Ehr).Single(), Does.Contain("Third words.").And.Not.Contain("corrects"));
    }

    [Test]
    public async Task A_message_that_stays_the_same_is_not_told_twice_and_a_changed_one_is_told_anew()
    {
        await using var service = TheService.Over(new ScriptedEhr());
        var note = SomeVisit.Note();
        await service.PostAsync(note);
        await service.WorkAsync();
        await AmendAsync(service, amended => amended["narrative"] = "Other words.");
        var same = await service.StatusAsync(Id);

        await AmendAsync(service, amended => amended["messages"]![0]!["text"] = "Please call today, not tomorrow.");
        await service.WorkAsync();

        using var together = Assert.EnterMultipleScope();
        Assert.That(same.Messages.Select(message => message.Key), Is.EqualTo(new[] { "message/m1" }));
        Assert.That((await service.StatusAsync(Id)).Messages.Select(message => message.Key), Is.EqualTo(new[] { "message/m1" }));
        Assert.That(service.Ehr.All("Communication"), Has.Count.EqualTo(1));
        Assert.That(service.Ehr.All("Communication").Single().ToJsonString(), Does.Contain("not tomorrow"));
    }

    internal static ReadOnlyMemory<byte> Amended(Action<JsonObject> change, JsonObject? note = null)
    {
        var amended = note ?? SomeVisit.Note();
        change(amended);
        return Encoding.UTF8.GetBytes(amended.ToJsonString());
    }

    // The newest content that the service has, changed.
    private static async Task<Receipt> AmendAsync(TheService service, Action<JsonObject> change)
    {
        var stored = (await service.Store.FindAsync(ScriptedEhr.BaseUrl, Id, default))!;
        var present = JsonNode.Parse((await service.Store.ReadContentAsync(stored.Number, default)).Input.Span)!.AsObject();
        return await service.Journey.AmendAsync(Id, stored.Revision, Amended(change, present), default);
    }

    private static IEnumerable<string> Codes(Receipt receipt) => receipt is Receipt.Invalid { Faults: var faults } ? faults.Select(fault => fault.Code) : [receipt.GetType().Name];

    private static List<string> Texts(ScriptedEhr ehr) => [.. ehr.All("DocumentReference").Select(Text)];

    private static string Text(JsonObject document) => Encoding.UTF8.GetString(Convert.FromBase64String((string)document["content"]![0]!["attachment"]!["data"]!)).TrimEnd();

    private static IEnumerable<string?> Steps(ScriptedEhr ehr) =>
        (ehr.All("CarePlan").Single()["activity"] as JsonArray ?? []).Select(activity => (string?)activity!["detail"]?["description"]).Where(text => text?.StartsWith("Step", StringComparison.Ordinal) is true);
}
