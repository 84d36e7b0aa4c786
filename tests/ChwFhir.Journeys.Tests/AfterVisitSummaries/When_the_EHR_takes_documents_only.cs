using System.Text.Json.Nodes;
using NUnit.Framework;

namespace ChwFhir.Journeys.AfterVisitSummaries;

/// <summary>The strict sandbox: a plain text under an encounter of its own, and nothing else.</summary>
internal sealed class When_the_EHR_takes_documents_only
{
    private Town town = null!;

    [OneTimeSetUp]
    public async Task Start() => town = await Town.StartAsync(("Ehr__Sandbox__Capabilities", "epic"), ("WriteBack__SettleAfter", "00:00:01"));

    [OneTimeTearDown]
    public ValueTask Stop() => town.DisposeAsync();

    [Test]
    public async Task The_plan_and_what_was_told_stand_in_the_document()
    {
        await town.HandInAsync(Sample("strict-1", """{ "reference": "Encounter/walter-b-clinic-1" }"""), "application/json");
        var status = await town.SettledSummaryAsync("strict-1");

        using (Assert.EnterMultipleScope())
        {
            Assert.That((string?)status["state"], Is.EqualTo("written"), status.ToJsonString());
            Assert.That((string?)status.Resource("plan")["state"], Is.EqualTo("folded"));
            Assert.That((string?)status.Resource("told")["state"], Is.EqualTo("folded"));
            Assert.That((string?)status.Resource("plan")["reference"], Is.EqualTo((string?)status.Resource("note")["reference"]));
        }
        var note = await town.ReadFromEhrAsync((string)status.Resource("note")["reference"]!);
        Assert.That(await town.Ehr.GetStringAsync((string)note["content"]![0]!["attachment"]!["url"]!), Does.Contain("no canned soup").And.Contain("CHW note ref strict-1/note"));
    }

    [Test]
    public async Task Without_a_visit_that_it_can_only_be_a_person_says_which()
    {
        await town.HandInAsync(Sample("strict-2", """{ "start": "2026-10-30T10:05:00-04:00" }"""), "application/json");
        var waits = await town.SettledSummaryAsync("strict-2");
        var (decided, body) = await town.DoAsync("strict-2", "resolve", """{ "key": "encounter", "decision": "use-encounter", "encounter": "Encounter/walter-b-clinic-1" }""");
        JsonObject status;
        do { await Task.Delay(50); status = await town.SummaryAsync("strict-2"); } while ((string?)status["state"] is "queued" or "writing");

        using (Assert.EnterMultipleScope())
        {
            Assert.That((string?)waits["state"], Is.EqualTo("needs-attention"));
            Assert.That(waits.Codes(), Does.Contain("encounter-needed"));
            Assert.That(decided, Is.EqualTo(202), body);
            Assert.That((string?)status["state"], Is.EqualTo("written"), status.ToJsonString());
        }
    }

    [Test]
    public async Task Taken_back_a_retraction_that_repeats_nothing_is_filed()
    {
        await town.HandInAsync(Sample("strict-3", """{ "reference": "Encounter/walter-b-clinic-1" }"""), "application/json");
        await town.SettledSummaryAsync("strict-3");
        await town.DoAsync("strict-3", "retract", """{ "reason": "wrong-patient" }""");
        JsonObject status;
        do { await Task.Delay(50); status = await town.SummaryAsync("strict-3"); } while ((string?)status["state"] is "queued" or "writing");

        Assert.That((string?)status["state"], Is.EqualTo("retracted"), status.ToJsonString());
        Assert.That(status["removals"]!.AsArray().Select(removal => (string?)removal!["key"]), Does.Contain("note"));
        var retraction = await town.ReadFromEhrAsync((string)status.Resource("retraction")["reference"]!);
        Assert.That(await town.Ehr.GetStringAsync((string)retraction["content"]![0]!["attachment"]!["url"]!), Does.Contain("is about another person").And.Not.Contain("soup"));
    }

    private static string Sample(string id, string encounter)
    {
        var sample = JsonNode.Parse(Handing.Sample("clinic-visit.json"))!;
        (sample["id"], sample["encounter"]) = (id, JsonNode.Parse(encounter));
        return sample.ToJsonString();
    }
}
