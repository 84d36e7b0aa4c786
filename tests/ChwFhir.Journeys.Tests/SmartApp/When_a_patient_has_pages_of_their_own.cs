using System.Net;

namespace ChwFhir.Journeys.SmartApp;

/// <summary>The frame that every page of a patient stands in.</summary>
internal sealed class When_a_patient_has_pages_of_their_own
{
    private LaunchedTown town = null!;
    private PlainBrowser browser = null!;
    private string session = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        town = await LaunchedTown.StartAsync();
        town.Ehr.Chart["Patient/p1"] = ScriptedEhr.Json("""
            {"resourceType":"Patient","id":"p1","birthDate":"1963-04-02","gender":"female",
             "name":[{"use":"official","text":"Rosa Example"},{"use":"nickname","text":"Rosita"}],
             "communication":[{"language":{"coding":[{"code":"es-US"}]},"preferred":true}],
             "extension":[{"url":"http://hl7.org/fhir/StructureDefinition/patient-interpreterRequired","valueBoolean":true},
                          {"url":"http://hl7.org/fhir/StructureDefinition/individual-pronouns","extension":[{"url":"value","valueCodeableConcept":{"coding":[{"display":"she/her"}]}}]}]}
            """);
        browser = town.Browser();
        session = await town.LaunchAsync(browser);
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        browser?.Dispose();
        if (town is not null)
            await town.DisposeAsync();
    }

    [TestCase("", "Overview")]
    [TestCase("/visits", "Visits")]
    [TestCase("/plan", "Needs and plan")]
    [TestCase("/messages", "Messages")]
    public async Task Each_has_its_title_and_says_whose_it_is_and_which_one(string page, string tab)
    {
        var seen = await browser.GetAsync($"{session}/patients/p1{page}");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(seen.Status, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(WebUtility.HtmlDecode(seen.Text), Does.Contain($"<title>{tab} · R. · ChwFhir</title>"));
            Assert.That(seen.Text, Does.Contain($"aria-current=\"page\">{tab}</a>"));
            Assert.That(WebUtility.HtmlDecode(seen.Text), Does.Contain("Rosa Example").And.Contain("called Rosita").And.Contain("she/her").And.Contain("Spanish, interpreter"));
        }
    }

    [TestCase("p2")]
    [TestCase("p1%2F..%2Fp2")]
    [TestCase("..")]
    public async Task Those_of_another_patient_are_not_there_for_a_session_of_this_one(string other)
    {
        town.Ehr.Chart["Patient/p2"] = ScriptedEhr.Json("""{"resourceType":"Patient","id":"p2","name":[{"text":"Somebody Else"}]}""");

        var seen = await browser.GetAsync($"{session}/patients/{other}/visits");

        Assert.That((seen.Status, seen.Text.Contains("Somebody", StringComparison.Ordinal)), Is.EqualTo((HttpStatusCode.NotFound, false)));
    }

    [Test]
    public async Task An_address_of_before_leads_to_where_it_is_now()
    {
        var seen = await browser.GetAsync($"{session}/notes/n-1");

        Assert.That(seen.Onward?.OriginalString, Is.EqualTo($"{session}/patients/p1/visits/n-1"));
    }

    [Test]
    public async Task Whoever_chooses_a_language_reads_in_it_and_stays_where_they_were()
    {
        using var twin = browser.Twin();
        var form = (await twin.GetAsync($"{session}/patients/p1/plan")).Field("t");

        var chosen = await twin.PostAsync($"{session}/language", ("t", form), ("language", "es"), ("back", $"{session}/patients/p1/plan"));
        var seen = await twin.GetAsync(chosen.Onward!.OriginalString);

        Assert.That(WebUtility.HtmlDecode(seen.Text), Does.Contain("lang=\"es\"").And.Contain("<title>Necesidades y plan · R. · ChwFhir</title>"));
    }

    [TestCase("https://elsewhere.example")]
    [TestCase("//elsewhere.example/app")]
    [TestCase("/app/another-session")]
    public async Task A_choice_of_language_leads_nowhere_else(string back)
    {
        using var twin = browser.Twin();
        var form = (await twin.GetAsync(session)).Field("t");

        var chosen = await twin.PostAsync($"{session}/language", ("t", form), ("language", "es"), ("back", back));

        Assert.That(chosen.Onward?.OriginalString, Is.EqualTo(session));
    }
}
