using System.Net;

namespace ChwFhir.Journeys.SmartApp;

/// <summary>A name that only this patient's chart knows: its writer is asked whether that is advice.</summary>
internal sealed class When_a_message_names_a_medicine_of_the_chart : BeforeAScriptedEhr
{
    private const string Asks = "Does she still have the Zorvolexidine?";

    [Test]
    public async Task Its_writer_is_asked_before_a_CHW_reads_it()
    {
        town.Ehr.Chart["MedicationRequest/m1"] = ScriptedEhr.Json("""{"resourceType":"MedicationRequest","id":"m1","status":"active","intent":"order","subject":{"reference":"Patient/p1"},"medicationCodeableConcept":{"text":"zorvolexidine 5 MG oral tablet"}}""");
        var session = await town.LaunchAsync(browser);
        var page = $"{session}/patients/p1/messages";
        var token = (await browser.GetAsync(page)).Field("t");

        var asked = await browser.PostAsync(page, ("t", token), ("text", Asks), ("kind", "question"), ("urgency", "routine"));
        var sent = await browser.PostAsync(page, ("t", token), ("text", "Does she still have the tablet box?"), ("kind", "question"), ("urgency", "routine"));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(asked.Status, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
            Assert.That(asked.Text, Does.Contain("Advice for the patient?").And.Contain("zorvolexidine"));
            Assert.That(sent.Onward?.OriginalString, Does.EndWith("said=sent"));
        }
    }

    [Test]
    public async Task So_is_who_answers_a_CHW()
    {
        town.Ehr.Chart["MedicationRequest/m1"] = ScriptedEhr.Json("""{"resourceType":"MedicationRequest","id":"m1","status":"stopped","intent":"order","subject":{"reference":"Patient/p1"},"medicationCodeableConcept":{"text":"zorvolexidine 5 MG oral tablet"}}""");
        using var content = new StringContent("""{"id":"of-chw","to":["care-team"],"text":"She asks about her tablets."}""", null, "application/json");
        using var told = await town.Town.Http.PostAsync("/api/v1/patients/p1/messages", content);
        var id = (string)System.Text.Json.Nodes.JsonNode.Parse(await told.Content.ReadAsStringAsync())!["id"]!;
        var page = $"{await town.LaunchAsync(browser)}/patients/p1/messages/{id}";

        var asked = await browser.PostAsync($"{page}/reply", ("t", (await browser.GetAsync(page)).Field("t")), ("text", Asks), ("will", "none"));

        Assert.That(asked.Text, Does.Contain("Advice for the patient?").And.Contain("zorvolexidine"));
    }
}
