using System.Net;
using System.Text.Json;

namespace ChwFhir.Journeys.SmartApp;

/// <summary>The card of a patient's CHW: what is known of them and from where, and what is not.</summary>
internal sealed class When_somebody_asks_who_the_CHW_is : BeforeAScriptedEhr
{
    private const string Pixel = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

    [Test]
    public async Task The_last_visit_the_chart_and_the_programme_say_it_together()
    {
        await PostAsync(town.Town, "n-card", "Patient/p1", """{"reference":"Practitioner/chw-9","name":"Dolores Example","phone":"555-0131"}""", """{"id":"x","name":"IMPACT","start":"2026-03-01","end":"2027-02-28"}""");
        town.Ehr.Chart["Practitioner/chw-9"] = ScriptedEhr.Json("""{"resourceType":"Practitioner","id":"chw-9","name":[{"text":"Dolores Example, CHW"}],"telecom":[{"system":"phone","value":"(555) 0131"},{"system":"phone","use":"home","value":"555-9999"}],"communication":[{"coding":[{"code":"es"}]}]}""");
        town.Ehr.Chart["PractitionerRole/r9"] = ScriptedEhr.Json("""{"resourceType":"PractitionerRole","id":"r9","practitioner":{"reference":"Practitioner/chw-9"},"organization":{"display":"Riverbend"},"availableTime":[{"daysOfWeek":["mon","tue"],"availableStartTime":"08:00:00","availableEndTime":"16:30:00"}]}""");

        var page = WebUtility.HtmlDecode((await browser.GetAsync($"{await town.LaunchAsync(browser)}/patients/p1/chw")).Text);

        Assert.That(page, Does.Contain("Dolores Example, CHW").And.Contain("tel:5550131").And.Contain("IMPACT, from Sun 1 Mar").And.Contain("Riverbend").And.Contain("Spanish").And.Contain("Mon, Tue 08:00–16:30"));
        Assert.That(page, Does.Contain("Not known here").And.Not.Contain("9999"), "the supervisor is known to nobody, and a number at home is none of ours");
    }

    [Test]
    public async Task A_care_team_that_names_one_is_enough()
    {
        await using var other = await LaunchedTown.StartAsync();
        using var somebody = other.Browser();
        other.Ehr.Chart["CareTeam/t1"] = ScriptedEhr.Json("""{"resourceType":"CareTeam","id":"t1","status":"active","subject":{"reference":"Patient/p1"},"participant":[{"role":[{"coding":[{"code":"172V00000X"}]}],"member":{"reference":"Practitioner/chw-8","display":"Mateo Example"}},{"role":[{"text":"Nurse"}],"member":{"reference":"Practitioner/n-1","display":"Nurse Example"}}]}""");
        var session = await other.LaunchAsync(somebody);

        var page = await somebody.GetAsync($"{session}/patients/p1/chw");

        Assert.That(page.Text, Does.Contain("Mateo Example").And.Not.Contain("Nurse Example"));
    }

    [TestCase(false, "No community health worker is known")]
    [TestCase(true, "did not say who is on the care team")]
    public async Task Where_nobody_is_known_it_says_so_and_why(bool silent, string says)
    {
        await using var other = await LaunchedTown.StartAsync();
        using var somebody = other.Browser();
        if (silent)
            other.Ehr.Failing["CareTeam"] = 503;
        var session = await other.LaunchAsync(somebody);

        Assert.That((await somebody.GetAsync($"{session}/patients/p1/chw")).Text, Does.Contain(says));
    }

    [Test]
    public async Task Whoever_has_not_met_them_is_introduced_once()
    {
        await using var other = await LaunchedTown.StartAsync();
        using var somebody = other.Browser();
        await PostAsync(other.Town, "n-met", "Patient/p1", """{"reference":"Practitioner/chw-9","name":"Dolores Example"}""", null);
        var session = await other.LaunchAsync(somebody);

        var first = await somebody.GetAsync(session);
        await somebody.GetAsync($"{session}/patients/p1/chw");
        var later = await somebody.GetAsync(session);

        Assert.That(first.Text, Does.Contain("Have you met your CHW?").And.Contain("Dolores Example visits this patient"));
        Assert.That(later.Text, Does.Not.Contain("Have you met your CHW?"));
    }

    [Test]
    public async Task Their_photo_is_shown_from_here_and_nothing_else_under_its_name()
    {
        await PostAsync(town.Town, "n-photo", "Patient/p1", """{"reference":"Practitioner/chw-7","name":"Ana Example"}""", null, "2026-11-20");
        town.Ehr.Chart["Practitioner/chw-7"] = ScriptedEhr.Json($$"""{"resourceType":"Practitioner","id":"chw-7","name":[{"text":"Ana Example"}],"photo":[{"contentType":"text/html","data":"PGI+"},{"contentType":"image/png","data":"{{Pixel}}"}]}""");
        town.Ehr.Chart["Practitioner/chw-6"] = ScriptedEhr.Json("""{"resourceType":"Practitioner","id":"chw-6","photo":[{"contentType":"image/svg+xml","data":"PHN2Zy8+"}]}""");
        var session = await town.LaunchAsync(browser);

        var (page, photo, none) = (await browser.GetAsync($"{session}/patients/p1/chw"), await browser.GetAsync($"{session}/patients/p1/chw/chw-7/photo"), await browser.GetAsync($"{session}/patients/p1/chw/chw-6/photo"));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(page.Text, Does.Contain("/patients/p1/chw/chw-7/photo\""));
            Assert.That((photo.Status, photo.Headers["Content-Type"]), Is.EqualTo((HttpStatusCode.OK, "image/png")));
            Assert.That(none.Status, Is.EqualTo(HttpStatusCode.NotFound));
        }
    }

    [Test]
    public async Task The_card_of_the_programme_replaces_ours_in_both_languages()
    {
        using var folder = new TempFolder();
        var card = Path.Combine(folder.Path, "card.json");
        await File.WriteAllTextAsync(card, """{"does":{"en":["Walks the dog."],"es":["Pasea al perro."]},"reach":{"en":"Weekdays, 9 to 5","es":"De lunes a viernes, de 9 a 5"},"supervisor":{"name":"Yvonne Example","phone":"555-0150"}}""");
        await using var other = await LaunchedTown.StartAsync(("Programme__Card", card));
        using var somebody = other.Browser("es");
        await PostAsync(other.Town, "n-prog", "Patient/p1", """{"reference":"Practitioner/chw-9","name":"Dolores Example"}""", null);

        var page = await somebody.GetAsync($"{await other.LaunchAsync(somebody)}/patients/p1/chw");

        Assert.That(page.Text, Does.Contain("Pasea al perro.").And.Contain("Yvonne Example").And.Contain("de 9 a 5").And.Not.Contain("Visita en casa"));
    }

    [TestCase("""{"dose":{}}""")]
    [TestCase("""{"people":{"Practitioner/1":{"photo":"../../etc/passwd"}}}""")]
    [TestCase("""{"people":{"Practitioner/1":{"photo":"gone.png"}}}""")]
    public async Task A_card_with_a_fault_stops_the_start(string json)
    {
        using var folder = new TempFolder();
        var card = Path.Combine(folder.Path, "card.json");
        await File.WriteAllTextAsync(card, json);

        Assert.That(async () => await LaunchedTown.StartAsync(("Programme__Card", card)), Throws.Exception.With.Message.Contains("Programme__Card"));
    }

    internal static async Task PostAsync(Town town, string id, string patient, string author, string? programme, string day = "2026-11-03")
    {
        var note = $$"""{"id":"{{id}}","patient":{"reference":"{{patient}}"},"author":{{author}},{{(programme is null ? "" : $"\"programme\":{programme},")}}"visit":{"start":"{{day}}T14:05:00-05:00"},"narrative":"Words."}""";
        using var answer = await town.PostNoteAsync(JsonSerializer.Serialize(JsonDocument.Parse(note)));
        Assert.That((int)answer.StatusCode, Is.InRange(200, 202), await answer.Content.ReadAsStringAsync());
    }
}
