using System.Net;

namespace ChwFhir.Journeys.SmartApp;

/// <summary>Launched from the chart, read without script.</summary>
internal sealed class When_a_CHW_looks_before_the_visit
{
    private LaunchedTown town = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        town = await LaunchedTown.StartAsync(("App__LaunchRole", "chw"));
        Put("Condition/htn", """ "clinicalStatus":{"coding":[{"code":"active"}]},"code":{"text":"Essential hypertension"},"subject":{"reference":"Patient/p1"} """);
        Put("MedicationRequest/mo", """ "status":"active","intent":"order","medicationCodeableConcept":{"text":"Morphine ER 15 MG"},"dosageInstruction":[{"text":"one every 12 hours"}],"subject":{"reference":"Patient/p1"} """);
        Put("AllergyIntolerance/pen", """ "clinicalStatus":{"coding":[{"code":"active"}]},"criticality":"high","code":{"text":"Penicillin"},"patient":{"reference":"Patient/p1"} """);
        Put("RelatedPerson/imani", """ "patient":{"reference":"Patient/p1"},"relationship":[{"text":"daughter"}],"name":[{"text":"Imani Example"}],"telecom":[{"system":"phone","value":"410-555-0177"}] """);
        town.Ehr.Failing["Appointment"] = 403;
        town.Ehr.Failing["CareTeam"] = 500;
    }

    [OneTimeTearDown]
    public async Task Stop() => await town.DisposeAsync();

    [Test]
    public async Task It_is_the_first_page_of_their_patient()
    {
        using var browser = town.Browser();

        var page = await browser.GetAsync(await town.LaunchAsync(browser));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(page.Status, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(page.Text, Does.Contain("<h1>Before the visit</h1>").And.Contain("There was no visit yet").And.Contain("Rosa Example"));
        }
    }

    [Test]
    public async Task Problems_and_medicines_stand_in_plain_words_beside_the_charts_own()
    {
        using var browser = town.Browser();

        var page = await browser.GetAsync(await town.LaunchAsync(browser) + "/patients/p1/before");

        Assert.That(page.Text, Does.Contain("High blood pressure").And.Contain("Essential hypertension").And.Contain("Morphine ER 15 MG").And.Contain("one every 12 hours").And.Contain("Penicillin").And.Contain("can be severe"));
    }

    [Test]
    public async Task Phones_can_be_called()
    {
        using var browser = town.Browser();

        Assert.That((await browser.GetAsync(await town.LaunchAsync(browser))).Text, Does.Contain("Imani Example, daughter").And.Contain("href=\"tel:4105550177\""));
    }

    [Test]
    public async Task What_could_not_be_read_is_named_and_the_rest_is_there()
    {
        using var browser = town.Browser();

        // Whoever waits has the parts beneath the first screen, too.
        var page = await browser.GetAsync(await town.LaunchAsync(browser) + "?wait");

        Assert.That(page.Text, Does.Contain("Not shown to you by the chart: appointments.").And.Contain("The chart did not answer: care teams.").And.Contain("High blood pressure"));
    }

    [Test]
    public async Task It_speaks_Spanish()
    {
        using var browser = town.Browser("es");

        var page = await browser.GetAsync(await town.LaunchAsync(browser));

        Assert.That(WebUtility.HtmlDecode(page.Text), Does.Contain("<h1>Antes de la visita</h1>").And.Contain("Presión alta").And.Contain("Essential hypertension").And.Not.Contain("High blood pressure"));
    }

    [TestCase("problems", "High blood pressure")]
    [TestCase("allergies", "Penicillin")]
    [TestCase("changed", "There was no visit yet")]
    public async Task A_part_comes_by_itself_when_it_comes_late(string part, string fact)
    {
        using var browser = town.Browser();

        var alone = await browser.GetAsync($"{await town.LaunchAsync(browser)}/patients/p1/parts/before-{part}");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(alone.Text, Does.Contain(fact).And.Contain($"id=\"part-before-{part}\""));
            Assert.That(alone.Text, Does.Not.Contain("<html"));
        }
    }

    [Test]
    public async Task Another_patient_is_none_of_this_sessions()
    {
        using var browser = town.Browser();

        Assert.That((await browser.GetAsync(await town.LaunchAsync(browser) + "/patients/p2/before")).Status, Is.EqualTo(HttpStatusCode.NotFound));
    }

    private void Put(string reference, string members) =>
        town.Ehr.Chart[reference] = ScriptedEhr.Json($$"""{"resourceType":"{{reference.Split('/')[0]}}","id":"{{reference.Split('/')[1]}}",{{members}}}""");
}
