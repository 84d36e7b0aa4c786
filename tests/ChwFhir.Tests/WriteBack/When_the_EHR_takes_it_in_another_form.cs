using System.Text;
using System.Text.Json.Nodes;
using ChwFhir.Fhir.Model;
using ChwFhir.Mapping;
using ChwFhir.Planning;
using NUnit.Framework;

namespace ChwFhir.Tests.WriteBack;

/// <summary>A refusal of one element is no refusal of the resource: it goes out again in the form that the server takes, and the next one at once.</summary>
internal sealed class When_the_EHR_takes_it_in_another_form
{
    [Test]
    public async Task A_note_type_that_is_not_in_its_list_gives_way_to_the_progress_note_and_is_not_tried_again()
    {
        await using var service = TheService.Over(new ScriptedEhr { Transactions = false });
        service.Ehr.Picky = resource => (string?)resource["resourceType"] == "DocumentReference" && (string?)resource["type"]?["coding"]?[0]?["code"] == "34129-7" ? ("DocumentReference.type", null) : null;
        await service.PostAsync(SomeVisit.Note());
        await service.PostAsync(SomeVisit.Note("n2", day: 10, step: "s2"));

        await service.WorkAsync(seconds: 3);

        var document = (await service.StatusAsync("n1")).Resources.Single(row => row.Key == "note");
        using var together = Assert.EnterMultipleScope();
        Assert.That(document.State, Is.EqualTo("written"));
        Assert.That(document.How, Is.EqualTo("created, as note type 11506-3, since the server does not take 34129-7"));
        Assert.That(service.Ehr.All("DocumentReference").Select(one => (string?)one["type"]!["coding"]![0]!["code"]), Is.EqualTo(new[] { "11506-3", "11506-3" }));
        Assert.That(service.Ehr.Log.Count(line => line == "POST DocumentReference"), Is.EqualTo(3));
    }

    [Test]
    public async Task A_document_of_two_texts_becomes_the_plain_one_that_is_found_by_its_last_line()
    {
        await using var service = TheService.Over(new ScriptedEhr { Transactions = false });
        service.Ehr.Picky = resource => resource["content"]?.AsArray().Count > 1 ? ("DocumentReference.content[1].attachment.contentType", null) : null;
        await service.PostAsync(SomeVisit.Note());

        await service.WorkAsync(seconds: 3);

        var sent = service.Ehr.All("DocumentReference").Single();
        using var together = Assert.EnterMultipleScope();
        Assert.That((await service.StatusAsync("n1")).Resources.Single(row => row.Key == "note").How, Is.EqualTo("created, as plain text alone, without author, relations and identifier"));
        Assert.That((sent["author"], sent["identifier"], sent["relatesTo"], sent["content"]!.AsArray().Count), Is.EqualTo(((JsonNode?)null, (JsonNode?)null, (JsonNode?)null, 1)));
        Assert.That(Encoding.UTF8.GetString(Convert.FromBase64String((string)sent["content"]![0]!["attachment"]!["data"]!)), Does.EndWith("CHW note ref n1/note\n"));
    }

    [Test]
    public async Task A_condition_that_must_be_provisional_says_that_no_clinician_assessed_it()
    {
        await using var service = TheService.Over(new ScriptedEhr());
        service.Ehr.Picky = resource => (string?)resource["verificationStatus"]?["coding"]?[0]?["code"] == "unconfirmed" ? ("Condition.verificationStatus", "59012") : null;
        await service.PostAsync(SomeVisit.Note());

        await service.WorkAsync(seconds: 3);

        var sent = service.Ehr.All("Condition").Single();
        using var together = Assert.EnterMultipleScope();
        Assert.That((await service.StatusAsync("n1")).State, Is.EqualTo("written"));
        Assert.That((string?)sent["verificationStatus"]!["coding"]![0]!["code"], Is.EqualTo("provisional"));
        Assert.That((string?)sent["note"]![0]!["text"], Does.StartWith("Reported by a CHW, not assessed by a clinician"));
        Assert.That((await service.StatusAsync("n1")).Resources.Single(row => row.Type == "Condition").State, Is.EqualTo("written"));
    }

    [TestCase("59189", "invalid")]
    [TestCase(null, "duplicate")]
    public async Task A_reading_that_it_says_to_have_counts_as_found_and_is_not_sent_again(string? code, string word)
    {
        await using var service = TheService.Over(new ScriptedEhr { Transactions = false });
        service.Ehr.PickyWord = word;
        service.Ehr.Picky = resource => (string?)resource["resourceType"] == "Observation" ? ("code/instant", code) : null;
        var note = SomeVisit.Note();
        note["vitals"] = JsonNode.Parse("""[ { "kind": "weight", "value": 81.2, "unit": "kg" } ]""");
        service.Ehr.Next("POST Provenance", ScriptedEhr.Fault.Busy);
        await service.PostAsync(note);

        await service.WorkAsync(seconds: 3);

        var reading = (await service.StatusAsync("n1")).Resources.Single(row => row.Key == "vital/weight");
        using var together = Assert.EnterMultipleScope();
        Assert.That((reading.State, reading.Reference, reading.How), Is.EqualTo(("existing", (string?)null, "the EHR had this reading already")));
        Assert.That((await service.StatusAsync("n1")).State, Is.EqualTo("written"));
        Assert.That(service.Ehr.Log.Count(line => line == "POST Observation"), Is.EqualTo(1));
    }

    [TestCase(true, "true", 1)]
    [TestCase(false, "true", 1)]
    [TestCase(true, "false", 0)]
    public async Task What_it_refuses_for_a_profile_that_it_does_not_know_goes_without_the_claim(bool transactions, string claim, int refusals)
    {
        var refused = 0;
        await using var service = TheService.Over(new ScriptedEhr { Transactions = transactions }, ("Ehr:ClaimOwnProfiles", claim));
        service.Ehr.Picky = resource => Claims(resource, "https://chwfhir.org/") && Interlocked.Increment(ref refused) > 0 ? ($"{resource["resourceType"]}.meta.profile[1]", null) : null;
        await service.PostAsync(SomeVisit.Note());
        await service.PostAsync(SomeVisit.Note("n2", day: 10, step: "s2"));

        await service.WorkAsync(seconds: 3);

        using var together = Assert.EnterMultipleScope();
        Assert.That(refused, Is.EqualTo(refusals));
        foreach (var status in new[] { await service.StatusAsync("n1"), await service.StatusAsync("n2") })
        {
            Assert.That(status.State, Is.EqualTo("written"));
            Assert.That(status.Resources.Select(row => row.State), Has.None.EqualTo("folded").And.None.EqualTo("refused"));
        }
        Assert.That(service.Ehr.All("DocumentReference"), Has.Count.EqualTo(2).And.All.Matches<JsonObject>(one => Claims(one!, "http://hl7.org/fhir/us/core/")));
        Assert.That((await service.StatusAsync("n1")).Resources.Single(row => row.Key == "note").How, Is.EqualTo("created, without our own profiles"));
    }

    [TestCase("Profile reference 'https://chwfhir.org/fhir/StructureDefinition/chw-visit-note' has not been checked because it could not be found", true)]
    [TestCase("DocumentReference.type: minimum required = 1, but only found 0 (from https://chwfhir.org/fhir/StructureDefinition/chw-visit-note)", false)]
    [TestCase("Unknown extension https://chwfhir.org/fhir/StructureDefinition/step-key", false)]
    public void A_profile_that_is_not_known_is_told_from_one_that_is_not_kept_to(string words, bool meant)
    {
        var outcome = new OperationOutcome();
        outcome.Issue.Add(new OperationOutcome.IssueComponent { Severity = OperationOutcome.IssueSeverity.Error, Code = OperationOutcome.IssueType.Processing, Diagnostics = words });
        var document = new DocumentReference { Meta = new Meta { Profile = [OwnProfiles.VisitNote] } };

        Assert.That(WithoutOwnProfiles.AreRefused(outcome, document), Is.EqualTo(meant));
    }

    [Test]
    public async Task What_is_refused_in_every_form_is_refused()
    {
        await using var service = TheService.Over(new ScriptedEhr { Transactions = false });
        service.Ehr.Picky = resource => (string?)resource["resourceType"] == "DocumentReference" ? ("DocumentReference.type", null) : null;
        await service.PostAsync(SomeVisit.Note());

        await service.WorkAsync(seconds: 3);

        var status = await service.StatusAsync("n1");
        using var together = Assert.EnterMultipleScope();
        Assert.That(status.State, Is.EqualTo("needs-attention"));
        Assert.That(status.Resources.Single(row => row.Key == "note").State, Is.EqualTo("refused"));
        Assert.That(service.Ehr.Log.Count(line => line == "POST DocumentReference"), Is.EqualTo(2));
    }

    [Test]
    public async Task A_server_that_is_strict_gets_a_condition_only_when_the_site_says_so_and_it_is_held()
    {
        var file = Path.Combine(TestContext.CurrentContext.WorkDirectory, "provisional.json");
        File.WriteAllText(file, """{ "Condition": ["create"] }""");
        await using var service = TheService.Over(new ScriptedEhr { Transactions = false, NotDeclared = { "Encounter.create" } }, ("Ehr:Capabilities", file));
        service.Ehr.Put("""{"resourceType":"Encounter","id":"home","status":"in-progress","period":{"start":"2026-11-03T14:00:00-05:00"},"class":{"code":"HH","system":"http://terminology.hl7.org/CodeSystem/v3-ActCode"},"subject":{"reference":"Patient/p1"}}""");
        await service.PostAsync(SomeVisit.Note());

        await service.WorkAsync(seconds: 3);

        var status = await service.StatusAsync("n1");
        var concern = status.Resources.Single(row => row.Type == "Condition");
        using var together = Assert.EnterMultipleScope();
        Assert.That(status.State, Is.EqualTo("written"));
        Assert.That(concern.State, Is.EqualTo("held"));
        Assert.That(concern.How, Does.Contain("provisional").And.Contain("held by the EHR until a clinician reconciles it"));
        Assert.That(status.Resources.Where(row => row.State == "written").Select(row => row.Type), Is.EqualTo(new[] { "DocumentReference" }));
    }

    private static bool Claims(JsonObject resource, string profiles) => resource["meta"]?["profile"]?.AsArray().Any(profile => ((string)profile!).StartsWith(profiles, StringComparison.Ordinal)) is true;
}
