using System.Diagnostics;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using ChwFhir.Journeys.Audit;

namespace ChwFhir.Journeys.SmartApp;

internal sealed class When_a_session_goes_on : BeforeAScriptedEhr
{
    [SetUp]
    public void Renews()
    {
        town.Ehr.Answer = answer => answer["refresh_token"] = "rt-1";
        town.Ehr.Refresh = () => new JsonObject { ["access_token"] = "at-2", ["token_type"] = "Bearer", ["expires_in"] = "3600", ["refresh_token"] = "rt-2" };
    }

    [Test]
    public async Task The_token_is_renewed_before_it_runs_out_once_for_all()
    {
        town.Ehr.Answer = answer => (answer["refresh_token"], answer["expires_in"]) = ("rt-1", 30);
        var session = await town.LaunchAsync(browser);
        town.Ehr.Bearers.Clear();

        var pages = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => browser.Twin().GetAsync(session)));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(pages.Select(page => page.Status), Has.All.EqualTo(HttpStatusCode.OK));
            Assert.That(Renewals(), Is.EqualTo(new[] { "rt-1" }));
            Assert.That(town.Ehr.Bearers, Has.All.EqualTo("at-2"));
        }
    }

    [Test]
    public async Task A_token_that_the_EHR_takes_no_more_is_renewed_once_and_the_page_is_whole()
    {
        var session = await town.LaunchAsync(browser);
        town.Ehr.Takes = token => token == "at-2";

        var page = await browser.GetAsync(session);

        Assert.That(page.Text, Does.Contain("Rosa Example").And.Not.Contain("did not answer"));
        Assert.That(Renewals(), Is.EqualTo(new[] { "rt-1" }));
    }

    [Test]
    public async Task A_renewed_refresh_token_takes_the_place_of_the_old_one()
    {
        var session = await town.LaunchAsync(browser);
        town.Ehr.Takes = token => token == "at-2";
        await browser.GetAsync(session);
        town.Ehr.Takes = token => token == "at-3";
        town.Ehr.Refresh = () => new JsonObject { ["access_token"] = "at-3", ["token_type"] = "Bearer" };

        await browser.GetAsync(session);

        Assert.That(Renewals(), Is.EqualTo(new[] { "rt-1", "rt-2" }));
    }

    [Test]
    public async Task When_the_EHR_gives_no_other_token_the_session_is_over()
    {
        var session = await town.LaunchAsync(browser);
        (town.Ehr.Takes, town.Ehr.Refresh) = (_ => false, () => null);

        var page = await browser.GetAsync(session);
        town.Ehr.Takes = _ => true;

        Assert.That(page.Status, Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That(page.Text, Does.Contain("Your session has ended").And.Not.Contain("Rosa"));
        Assert.That((await browser.GetAsync(session)).Status, Is.EqualTo(HttpStatusCode.Unauthorized), "it does not come back");
        var record = await Eventually.ItIsAsync(async () => (await town.Town.AuditAsync()).LastOrDefault(item => (string?)item["why"] == "renewal-refused"));
        Assert.That($"{record["action"]} {record["kind"]} {record["patient"]} {record["outcome"]}", Is.EqualTo("login session Patient/p1 refused"));
    }

    [Test]
    public async Task While_the_EHR_renews_nothing_the_token_in_hand_still_serves_and_nobody_waits()
    {
        town.Ehr.Answer = answer => (answer["refresh_token"], answer["expires_in"]) = ("rt-1", 30);
        var session = await town.LaunchAsync(browser);
        // An answer without a token: busy, failing, but no refusal.
        town.Ehr.Refresh = () => [];
        var watch = Stopwatch.StartNew();

        var pages = new[] { await browser.GetAsync(session), await browser.GetAsync(session) };

        using (Assert.EnterMultipleScope())
        {
            Assert.That(pages.Select(page => page.Text), Has.All.Contain("Rosa Example"));
            Assert.That(Renewals().Count(), Is.EqualTo(2), "once for each page, not for each of its parts");
            Assert.That(watch.Elapsed, Is.LessThan(TimeSpan.FromSeconds(8)));
        }
    }

    [Test]
    public async Task A_renewal_that_failed_is_tried_again_with_the_next_page()
    {
        town.Ehr.Answer = answer => (answer["refresh_token"], answer["expires_in"]) = ("rt-1", 30);
        var session = await town.LaunchAsync(browser);
        var renew = town.Ehr.Refresh;
        town.Ehr.Refresh = () => [];
        await browser.GetAsync(session);
        town.Ehr.Refresh = renew;
        town.Ehr.Bearers.Clear();

        await browser.GetAsync(session);

        Assert.That(town.Ehr.Bearers, Has.All.EqualTo("at-2"));
    }

    [Test]
    public async Task A_renewed_token_for_another_patient_ends_the_session()
    {
        var session = await town.LaunchAsync(browser);
        town.Ehr.Chart["Patient/p2"] = ScriptedEhr.Json("""{"resourceType":"Patient","id":"p2","name":[{"text":"Walter Other"}]}""");
        town.Ehr.Takes = token => token == "at-2";
        town.Ehr.Refresh = () => new JsonObject { ["access_token"] = "at-2", ["token_type"] = "Bearer", ["patient"] = "p2" };

        var page = await browser.GetAsync(session);

        Assert.That(page.Status, Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That(page.Text, Does.Not.Contain("Walter"));
        var record = await Eventually.ItIsAsync(async () => (await town.Town.AuditAsync("""{ "action": "attack" }""")).LastOrDefault(item => (string?)item["why"] == "renewed-for-another-patient"));
        Assert.That((string?)record["outcome"], Is.EqualTo("refused"));
    }

    [Test]
    public async Task Tokens_that_come_for_another_patient_are_ended_at_the_EHR()
    {
        var session = await town.LaunchAsync(browser);
        town.Ehr.Takes = token => token == "at-2";
        town.Ehr.Refresh = () => new JsonObject { ["access_token"] = "at-2", ["token_type"] = "Bearer", ["refresh_token"] = "rt-2", ["patient"] = "p2" };

        await browser.GetAsync(session);

        Assert.That(town.Ehr.Revoked.Select(form => form["token"]), Is.EquivalentTo(new[] { "rt-2", "at-2" }));
    }

    [Test]
    public async Task Tokens_that_come_after_the_sign_out_are_ended_at_the_EHR()
    {
        var session = await town.LaunchAsync(browser);
        var form = (await browser.GetAsync(session)).Field("t");
        using var elsewhere = browser.Twin();
        town.Ehr.Takes = token => token == "at-2";
        var renew = town.Ehr.Refresh;
        // While the EHR makes them, the user signs out.
        town.Ehr.Refresh = () =>
        {
            elsewhere.PostAsync($"{session}/sign-out", ("t", form)).GetAwaiter().GetResult();
            return renew();
        };

        var page = await browser.GetAsync(session);

        Assert.That(page.Status, Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That(town.Ehr.Revoked.Select(one => one["token"]), Is.EquivalentTo(new[] { "rt-1", "at-1", "rt-2", "at-2" }));
    }

    [Test]
    public async Task What_somebody_wrote_comes_back_when_their_session_was_over()
    {
        var session = await town.LaunchAsync(browser);
        var form = (await browser.GetAsync(session)).Field("t");
        using var elsewhere = browser.Twin();
        await elsewhere.PostAsync($"{session}/sign-out", ("t", form));

        var page = await browser.PostAsync($"{session}/patients/p1/messages", ("t", form), ("text", "Please call <b>Imani</b>\nabout \"tablets\""));

        Assert.That(page.Status, Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That(page.Text, Does.Contain("&lt;b&gt;Imani").And.Not.Contain("<b>Imani"));
        Assert.That(WebUtility.HtmlDecode(page.Text), Does.Contain("Please call <b>Imani</b>\nabout \"tablets\"</textarea>"));
    }

    [Test]
    public async Task Signed_out_is_out()
    {
        var session = await town.LaunchAsync(browser);
        using var copy = browser.Twin();
        var form = (await browser.GetAsync(session)).Field("t");

        var page = await browser.PostAsync($"{session}/sign-out", ("t", form));

        Assert.That(page.Text, Does.Contain("You are signed out"));
        Assert.That(browser.Cookies.Where(cookie => cookie.Name == "chwfhir-app"), Is.Empty);
        Assert.That((await copy.GetAsync(session)).Status, Is.EqualTo(HttpStatusCode.Unauthorized), "the cookie alone opens nothing any more");
    }

    [Test]
    public async Task Signing_out_ends_the_tokens_at_the_EHR()
    {
        var session = await town.LaunchAsync(browser);

        await browser.PostAsync($"{session}/sign-out", ("t", (await browser.GetAsync(session)).Field("t")));

        Assert.That(town.Ehr.Revoked.Select(form => $"{form["token_type_hint"]} {form["token"]} {form["client_id"]}"), Is.EquivalentTo(new[] { "refresh_token rt-1 chwfhir-app", "access_token at-1 chwfhir-app" }));
    }

    [Test]
    public async Task Signing_out_ends_the_tokens_also_while_it_cannot_be_recorded_and_is_recorded_later()
    {
        var session = await town.LaunchAsync(browser);
        var form = (await browser.GetAsync(session)).Field("t");
        await town.Town.OnDatabaseAsync("CREATE TRIGGER audit_full BEFORE INSERT ON audit_record BEGIN SELECT RAISE(ABORT, 'full'); END");
        Seen page;
        try
        {
            page = await browser.PostAsync($"{session}/sign-out", ("t", form));
        }
        finally
        {
            await town.Town.OnDatabaseAsync("DROP TRIGGER audit_full");
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(page.Text, Does.Contain("You are signed out"));
            Assert.That(town.Ehr.Revoked.Select(one => one["token"]), Is.EquivalentTo(new[] { "rt-1", "at-1" }));
            Assert.That(await Eventually.ItIsAsync(async () => (await town.Town.AuditAsync()).LastOrDefault(item => (string?)item["why"] == "signed-out")), Is.Not.Null);
        }
    }

    [TestCase(503)]
    [TestCase(400)]
    [TestCase(0)]
    public async Task An_EHR_that_ends_no_tokens_holds_up_no_sign_out(int status)
    {
        town.Ehr.Revocation = async cancellationToken =>
        {
            if (status == 0)
                await Task.Delay(TimeSpan.FromSeconds(60), cancellationToken);
            return status;
        };
        var session = await town.LaunchAsync(browser);
        using var copy = browser.Twin();
        var form = (await browser.GetAsync(session)).Field("t");
        var watch = Stopwatch.StartNew();

        var page = await browser.PostAsync($"{session}/sign-out", ("t", form));

        Assert.That(watch.Elapsed, Is.LessThan(TimeSpan.FromSeconds(8)));
        Assert.That(page.Text, Does.Contain("You are signed out"));
        Assert.That((await copy.GetAsync(session)).Status, Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That(town.Town.Log.Text, Does.Contain("did not end their tokens").And.Not.Contain("rt-1"));
    }

    [Test]
    public async Task A_session_outlives_a_restart_and_the_store_shows_nobody_its_tokens()
    {
        using var folder = new TempFolder();
        await using var ehr = await ScriptedEhr.StartAsync();
        ehr.Answer = answer => (answer["access_token"], answer["refresh_token"]) = ("MARKERACCESS", "MARKERREFRESH");
        var session = "";
        using var one = await First();

        var again = await LaunchedTown.TownAsync(ehr, ("Storage__Directory", folder.Path));
        using var later = one.Twin(again.BaseUrl);
        var page = await later.GetAsync(session);

        Assert.That(page.Text, Does.Contain("Rosa Example"));
        Assert.That(ehr.Bearers, Has.Some.EqualTo("MARKERACCESS"));
        await again.DisposeAsync();
        string[] secrets = ["MARKERACCESS", "MARKERREFRESH", one.Cookies.Single(cookie => cookie.Name == "chwfhir-app").Value];
        foreach (var file in Directory.GetFiles(folder.Path, "*", SearchOption.AllDirectories))
        {
            var held = Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file));
            Assert.That(secrets.Where(secret => held.Contains(secret, StringComparison.Ordinal)), Is.Empty, Path.GetFileName(file));
        }

        async Task<PlainBrowser> First()
        {
            await using var town = await LaunchedTown.TownAsync(ehr, ("Storage__Directory", folder.Path));
            var browser = new PlainBrowser(town.BaseUrl);
            var begun = await browser.GetAsync($"/smart/launch?iss={Uri.EscapeDataString(ehr.FhirBase)}&launch=l");
            var asked = await browser.GetAsync(begun.Onward!.OriginalString);
            ehr.Nonce = asked.OnwardQuery["nonce"];
            session = (await browser.GetAsync($"/smart/callback?code=c&state={asked.OnwardQuery["state"]}")).Onward!.OriginalString;
            return browser;
        }
    }

    [Test]
    public async Task What_a_clinician_writes_is_kept_once_and_shown()
    {
        var session = await town.LaunchAsync(browser);
        var page = await browser.GetAsync($"{session}/patients/p1/messages");
        (string, string)[] form = [("t", page.Field("t")), ("id", page.Field("id")), ("urgency", "urgent"), ("text", "Did the tablets arrive?")];

        var first = await browser.PostAsync($"{session}/patients/p1/messages", form);
        await browser.PostAsync($"{session}/patients/p1/messages", form);

        Assert.That(first.Onward?.OriginalString, Is.EqualTo($"{session}/patients/p1/messages?said=sent"));
        var after = await browser.GetAsync(first.Onward!.OriginalString);
        Assert.That(after.Text.Split("Did the tablets arrive?"), Has.Length.EqualTo(2), "once");
        Assert.That(after.Text, Does.Contain("Your message is kept here").And.Contain("From you"));
    }

    [Test]
    public async Task A_text_that_cannot_be_taken_stays_on_the_page()
    {
        var session = await town.LaunchAsync(browser);
        var form = (await browser.GetAsync(session)).Field("t");

        var page = await browser.PostAsync($"{session}/patients/p1/messages", ("t", form), ("text", new string('y', 4001)));

        Assert.That(page.Status, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        Assert.That(page.Text, Does.Contain(new string('y', 4001)).And.Contain("role=\"alert\""));
    }

    private IEnumerable<string> Renewals() => town.Ehr.Redeemed.Where(form => form["grant_type"] == "refresh_token").Select(form => form["refresh_token"]);
}
