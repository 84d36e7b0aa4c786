using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using NUnit.Framework;

namespace ChwFhir.Journeys.AfterVisitSummaries;

/// <summary>The open sandbox: everything is taken as itself.</summary>
internal sealed class When_a_summary_is_handed_in
{
    private const string Walter = "X-Chw-Patient";
    private const string Id = "X-Chw-Document-Id";
    private const string Json = "application/json";
    private const string CdaXml = "application/cda+xml";
    private Town town = null!;

    [OneTimeSetUp]
    public async Task Start() => town = await Town.StartAsync();

    [OneTimeTearDown]
    public ValueTask Stop() => town.DisposeAsync();

    [Test]
    public async Task The_visit_the_plan_what_was_told_and_the_document_stand_in_the_chart()
    {
        var sample = Sample("in-the-chart");
        var (taken, body) = await town.HandInAsync(sample, Json);
        var status = await town.SettledSummaryAsync("in-the-chart");
        var again = await town.HandInAsync(sample, Json);
        var other = await town.HandInAsync(sample.Replace("Less salt", "More salt", StringComparison.Ordinal), Json);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(taken, Is.EqualTo(202), body);
            Assert.That(((string?)status["state"], (string?)status["kind"]), Is.EqualTo(("written", "after-visit-summary")));
            Assert.That(status["resources"]!.AsArray().Select(one => (string?)one!["state"]), Is.All.EqualTo("written"));
            Assert.That((again.Status, other.Status), Is.EqualTo((200, 409)));
            Assert.That((string?)JsonNode.Parse(other.Body)!["detail"], Does.Contain(Id).And.Contain("retract"), "what can be done");
        }
        var plan = await town.ReadFromEhrAsync((string)status.Resource("plan")["reference"]!);
        var document = await town.ReadFromEhrAsync((string)status.Resource("note")["reference"]!);
        Assert.That(plan["activity"]!.AsArray(), Has.Count.EqualTo(7));
        Assert.That(document["content"]!.AsArray().Select(one => (string?)one!["attachment"]!["contentType"]), Is.EqualTo(new[] { "text/plain", "application/xhtml+xml", "application/json" }));
        Assert.That((string?)(await town.Http.GetFromJsonAsync<JsonObject>("/api/v1/after-visit-summaries/in-the-chart/bundle"))!["type"], Is.EqualTo("transaction"));
        Assert.That((await town.Http.GetFromJsonAsync<JsonObject>("/api/v1/after-visit-summaries/in-the-chart/plan"))!["steps"]!.AsArray(), Has.Count.EqualTo(5));
    }

    [Test]
    public async Task As_printed_the_header_says_whose_it_is_and_of_which_visit()
    {
        var text = Encoding.UTF8.GetString(Handing.Sample("clinic-visit.txt"));
        var nobodys = await town.HandInAsync(text, "text/plain");
        var (taken, body) = await town.HandInAsync(text, "text/plain", (Walter, "Patient/walter-b"), ("X-Chw-Encounter", "Encounter/walter-b-clinic-1"), (Id, "printed-1"));
        var status = await town.SettledSummaryAsync("printed-1");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(nobodys.Status, Is.EqualTo(422));
            Assert.That(taken, Is.EqualTo(202), body);
            Assert.That((string?)status["state"], Is.EqualTo("written"), status.ToJsonString());
            Assert.That(((string?)status.Resource("encounter")["state"], (string?)status.Resource("encounter")["reference"]), Is.EqualTo(("existing", "Encounter/walter-b-clinic-1")));
        }
    }

    [TestCase("by-number", "100472", "Nobody", "Else", "19000101", "2.16.840.1.113883.19.5.90.1")]
    [TestCase("by-name", "9", "BAILEY", "Walter", "19550119", "1.2.3.4")]
    public async Task The_patient_in_the_document_is_found(string id, string number, string family, string given, string birth, string root)
    {
        var (taken, body) = await town.HandInAsync(Handing.Cda(id, number, family, given, birth, root: root), CdaXml, (Id, id));

        Assert.That(taken, Is.EqualTo(202), body);
        Assert.That((string?)(await town.SettledSummaryAsync(id))["patient"], Is.EqualTo("Patient/walter-b"));
    }

    [Test]
    public async Task A_document_of_somebody_else_is_refused_and_nothing_is_kept()
    {
        var (refused, body) = await town.HandInAsync(Handing.Cda("of-somebody-else"), CdaXml, (Id, "of-somebody-else"), (Walter, "Patient/rosa-m"));
        var (nobody, _) = await town.HandInAsync(Handing.Cda("of-nobody-here", "1", "Nobody", "Here"), CdaXml);
        using var left = await town.Http.GetAsync("/api/v1/after-visit-summaries/of-somebody-else");

        using (Assert.EnterMultipleScope())
        {
            Assert.That((refused, nobody, (int)left.StatusCode), Is.EqualTo((422, 422, 404)));
            Assert.That(body, Does.Contain("patient-mismatch").And.Not.Contain("Bailey"));
        }
    }

    [Test]
    public async Task The_clinic_visit_is_the_EHRs_own_of_that_patient_day_and_provider()
    {
        var summary = JsonNode.Parse(Sample("own-visit"))!;
        summary["encounter"] = JsonNode.Parse("""{ "start": "2026-10-19T10:05:00-04:00" }""");
        await town.HandInAsync(summary.ToJsonString(), Json);

        Assert.That((string?)(await town.SettledSummaryAsync("own-visit")).Resource("encounter")["reference"], Is.EqualTo("Encounter/walter-b-clinic-1"));
    }

    [Test]
    public async Task What_the_EHR_holds_already_is_not_filed_again()
    {
        await town.HandInAsync(Handing.Cda("held"), CdaXml, (Id, "held"));
        var first = await town.SettledSummaryAsync("held");
        // Another caller's id for the same document.
        await town.HandInAsync(Handing.Cda("held").Replace("no canned soup", "no canned soups", StringComparison.Ordinal), CdaXml, (Id, "held-2"));
        var second = await town.SettledSummaryAsync("held-2");
        await town.HandInAsync(Handing.Cda("own", custodian: "Riverbend Community Health"), CdaXml, (Id, "own"));
        var own = await town.SettledSummaryAsync("own");

        using (Assert.EnterMultipleScope())
        {
            Assert.That((string?)first.Resource("note")["state"], Is.EqualTo("written"));
            Assert.That(((string?)second["state"], (string?)second.Resource("note")["state"], (string?)second.Resource("note")["reference"]), Is.EqualTo(("written", "existing", (string?)first.Resource("note")["reference"])));
            Assert.That(((string?)own["state"], (string?)own.Resource("note")["state"]), Is.EqualTo(("written", "existing")));
        }
    }

    [Test]
    public async Task An_engine_that_speaks_HL7_v2_is_answered_by_an_ACK()
    {
        const string Hl7 = "x-application/hl7-v2+er7";
        var message = Encoding.UTF8.GetString(Handing.Sample("clinic-visit.hl7"));
        var taken = await town.HandInAsync(message, Hl7, ("Accept", Hl7));
        var again = await town.HandInAsync(message, Hl7);
        var mismatch = await town.HandInAsync(message.Replace("AVS-501", "AVS-502", StringComparison.Ordinal), Hl7, (Walter, "Patient/rosa-m"));
        var other = await town.HandInAsync(message.Replace("MDM^T02^MDM_T02", "ADT^A01^ADT_A01", StringComparison.Ordinal), Hl7);
        var status = await town.SettledSummaryAsync("AVS-501");

        using (Assert.EnterMultipleScope())
        {
            Assert.That((taken.Status, again.Status, mismatch.Status, other.Status), Is.EqualTo((202, 200, 422, 400)), taken.Body + mismatch.Body);
            Assert.That(taken.Body, Does.Contain("MSA|AA|MSG-501"));
            Assert.That(again.Body, Does.Contain("MSA|AA|MSG-501"));
            Assert.That(mismatch.Body, Does.Contain("MSA|AE|MSG-501"));
            Assert.That(other.Body, Does.Contain("MSA|AR|MSG-501"));
            Assert.That(((string?)status["state"], (string?)status["patient"]), Is.EqualTo(("written", "Patient/walter-b")));
        }
    }

    [Test]
    public async Task The_preview_needs_no_patient_in_the_EHR_and_keeps_nothing()
    {
        var (seen, body) = await town.HandInAsync(Handing.Cda("only-seen", "1", "Nobody", "Here"), CdaXml, (Id, "only-seen"), ("preview", ""), ("Accept", Json));
        using var left = await town.Http.GetAsync("/api/v1/after-visit-summaries/only-seen");

        Assert.That((seen, (int)left.StatusCode), Is.EqualTo((200, 404)), body);
        Assert.That((string?)JsonNode.Parse(body)!["document"], Does.Contain("Less salt: no canned soup."));
    }

    [Test]
    public async Task Taken_back_it_is_entered_in_error()
    {
        await town.HandInAsync(Sample("taken-back"), Json);
        var before = await town.SettledSummaryAsync("taken-back");
        var (taken, body) = await town.DoAsync("taken-back", "retract", """{ "reason": "entered-in-error" }""");
        JsonObject status;
        do { await Task.Delay(50); status = await town.SummaryAsync("taken-back"); } while ((string?)status["state"] is "queued" or "writing");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(taken, Is.EqualTo(202), body);
            Assert.That((string?)status["state"], Is.EqualTo("retracted"), status.ToJsonString());
            Assert.That((string?)(await town.ReadFromEhrAsync((string)before.Resource("note")["reference"]!))["status"], Is.EqualTo("entered-in-error"));
        }
    }

    [Test]
    public async Task What_it_is_not_is_said()
    {
        var unknownForm = await town.HandInAsync("x", "application/pdf");
        var noJson = await town.HandInAsync("{", Json);
        var faults = await town.HandInAsync("""{ "patient": { "reference": "Patient/walter-b" }, "colour": 1, "warningSigns": [ { "action": "run" } ] }""", Json);
        var nothing = await town.HandInAsync("""{ "patient": { "reference": "Patient/walter-b" } }""", Json);
        using var note = await town.Http.GetAsync("/api/v1/after-visit-summaries/none");

        using (Assert.EnterMultipleScope())
        {
            Assert.That((unknownForm.Status, noJson.Status, faults.Status, nothing.Status, (int)note.StatusCode), Is.EqualTo((415, 400, 422, 422, 404)));
            Assert.That(JsonNode.Parse(faults.Body)!["errors"]!.AsArray().Select(fault => (string?)fault!["pointer"]), Is.EquivalentTo(["/colour", "/warningSigns/0/text", "/warningSigns/0/action"]));
        }
    }

    private static string Sample(string id)
    {
        var sample = JsonNode.Parse(Handing.Sample("clinic-visit.json"))!;
        sample["id"] = id;
        return sample.ToJsonString();
    }
}
