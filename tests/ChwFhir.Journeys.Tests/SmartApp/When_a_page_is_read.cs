using System.Net;
using ChwFhir.Queue;
using ChwFhir.SmartApp.Visits;
using ChwFhir.SmartApp.Speech;

namespace ChwFhir.Journeys.SmartApp;

/// <summary>What a reader must not be misled by.</summary>
internal sealed class When_a_page_is_read : BeforeAScriptedEhr
{
    private static readonly (string, string) Framed = ("Sec-Fetch-Dest", "iframe");

    [Test]
    public async Task Signs_that_turn_the_direction_of_writing_turn_nothing_on_it()
    {
        town.Ehr.Chart["Goal/g1"] = ScriptedEhr.Json("""{"resourceType":"Goal","id":"g1","subject":{"reference":"Patient/p1"},"lifecycleStatus":"active","description":{"text":"call \u202E555-0118\u2066 & \u05d0"}}""");

        var page = await browser.GetAsync($"{await town.LaunchAsync(browser)}/patients/p1/plan?wait");

        Assert.That(WebUtility.HtmlDecode(page.Text), Does.Contain("call 555-0118 & \u05d0").And.Not.Contain("\u202E").And.Not.Contain("\u2066"));
    }

    [Test]
    public async Task A_CHW_is_not_shown_what_the_site_withholds_and_is_told_that_something_is()
    {
        await using var strict = await LaunchedTown.StartAsync(("App__LaunchRoles", "Practitioner/doc-1=chw"), ("Auth__Withhold", "PSY"));
        strict.Ehr.Chart["Goal/g1"] = ScriptedEhr.Json("""{"resourceType":"Goal","id":"g1","meta":{"security":[{"system":"http://terminology.hl7.org/CodeSystem/v3-ActCode","code":"PSY"}]},"subject":{"reference":"Patient/p1"},"lifecycleStatus":"active","description":{"text":"See the therapist"}}""");
        strict.Ehr.Chart["Goal/g2"] = ScriptedEhr.Json("""{"resourceType":"Goal","id":"g2","subject":{"reference":"Patient/p1"},"lifecycleStatus":"active","description":{"text":"Sit in the garden"}}""");
        using var chw = strict.Browser();

        var page = await chw.GetAsync($"{await strict.LaunchAsync(chw)}/patients/p1/plan?wait");

        Assert.That(page.Text, Does.Contain("Sit in the garden").And.Contain("Something here is withheld").And.Not.Contain("therapist"));
    }

    [Test]
    public async Task Behind_a_proxy_that_speaks_https_no_page_without_it_can_plant_our_cookies()
    {
        await using var outside = await LaunchedTown.StartAsync(("PublicUrl", "https://chw.example.org"));
        using var somebody = outside.Browser();

        await somebody.GetAsync($"/smart/launch?iss={Uri.EscapeDataString(outside.Ehr.FhirBase)}&launch=l");

        Assert.That(somebody.LastSet.Single(), Does.StartWith("__Secure-chwfhir-in-"));
    }

    [Test]
    public async Task It_says_whose_chart_it_is_unless_the_EHR_does_around_it()
    {
        town.Ehr.Answer = answer => answer["need_patient_banner"] = false;
        var session = await town.LaunchAsync(browser);

        var (framed, alone) = (await browser.GetAsync(session, Framed), await browser.GetAsync(session, ("Sec-Fetch-Dest", "document")));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(framed.Text, Does.Contain("class=\"banner said-around\"").And.Contain("Rosa Example"), "on paper nothing is around it");
            Assert.That(alone.Text, Does.Contain("class=\"banner\"").And.Contain("Rosa Example"), "in a window of its own nobody else says it");
        }
    }

    [Test]
    public async Task It_says_whose_chart_it_is_in_a_frame_as_well_when_the_EHR_does_not()
    {
        var page = await browser.GetAsync(await town.LaunchAsync(browser), Framed);

        Assert.That(page.Text, Does.Contain("class=\"banner\""));
    }

    [Test]
    public void Parts_of_one_kind_that_went_the_same_way_are_one_line()
    {
        ResourceRow[] rows =
        [
            Row("symptom/pain", "Observation", ResourceState.Written), Row("attachment/p1", "DocumentReference", ResourceState.Written), Row("vital/weight", "Observation", ResourceState.Existing),
            Row("vital/height", "Observation", ResourceState.Refused), Row("note", "DocumentReference", ResourceState.Written), Row("x", "Goal", ResourceState.Kept),
        ];

        var lines = NoteWords.Lines(rows, NoteState.Written, Wording.English).Select(line => $"{line.What}: {Wording.English[line.State]}");

        Assert.That(lines, Is.EqualTo(new[] { "Observation: Refused", "Observation (2): In the chart", "Attachment: In the chart", "The note itself: In the chart" }), "what went wrong stands first");
    }

    private static ResourceRow Row(string key, string type, ResourceState state) => new(key, type, state, null, null, null, null);
}
