using System.Net;
using ChwFhir.Fhir.Smart;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace ChwFhir.Journeys.SmartApp;

internal sealed class When_the_EHR_launches_the_app
{
    [Test]
    public async Task The_browser_is_sent_on_with_all_that_SMART_asks_for()
    {
        await using var town = await LaunchedTown.StartAsync();
        using var browser = town.Browser();

        var asked = await town.AskAsync(browser, "launch-77");

        var query = asked.OnwardQuery;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(asked.Onward!.GetLeftPart(UriPartial.Path), Is.EqualTo(new Uri(town.Ehr.Root, "/authorize").AbsoluteUri));
            Assert.That(query["response_type"], Is.EqualTo("code"));
            Assert.That(query["client_id"], Is.EqualTo("chwfhir-app"));
            Assert.That(query["redirect_uri"], Is.EqualTo(town.Callback));
            Assert.That(query["launch"], Is.EqualTo("launch-77"));
            Assert.That(query["aud"], Is.EqualTo(town.Ehr.FhirBase));
            Assert.That(query["code_challenge_method"], Is.EqualTo("S256"));
            Assert.That(query["scope"].Split(' '), Is.SupersetOf(new[] { "launch", "openid", "fhirUser", "online_access" }));
            Assert.That(query["scope"], Does.Not.Contain("write").And.Not.Contain(".c"), "the app writes nothing to the EHR");
            Assert.That(query["state"], Has.Length.GreaterThanOrEqualTo(22).And.Not.EqualTo(query["nonce"]));
        }
    }

    [Test]
    public async Task The_patient_stands_on_the_page_and_no_token_does()
    {
        await using var town = await LaunchedTown.StartAsync();
        using var browser = town.Browser();

        var asked = await town.AskAsync(browser);
        var address = (await town.ComeBackAsync(browser, asked)).Onward!.OriginalString;
        var set = browser.LastSet;
        var page = await browser.GetAsync(address);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(page.Status, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(page.Text, Does.Contain("Rosa Example").And.Contain("Dr. Ada Example"));
            Assert.That(page.Text + address + string.Concat(set), Does.Not.Contain("at-1").And.Not.Contain("Patient/p1"));
            Assert.That(set.Single(cookie => cookie.StartsWith("chwfhir-app=", StringComparison.Ordinal)).ToLowerInvariant(), Does.Contain($"path={address.ToLowerInvariant()}").And.Contain("secure").And.Contain("samesite=none").And.Contain("httponly").And.Contain("partitioned"));
            Assert.That(town.Ehr.Bearers, Has.All.EqualTo("at-1"));
            Assert.That(page.Headers["Content-Security-Policy"], Does.Contain($"frame-ancestors 'self' {town.Ehr.Root.GetLeftPart(UriPartial.Authority)}").And.Contain("default-src 'none'").And.Not.Contain("unsafe"));
            Assert.That(page.Headers, Does.Not.ContainKey("X-Frame-Options"));
            Assert.That(page.Headers["Referrer-Policy"], Is.EqualTo("no-referrer"));
            Assert.That(page.Headers["Cache-Control"], Is.EqualTo("no-store"));
        }
        var redeemed = town.Ehr.Redeemed.Single();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(redeemed["client_id"], Is.EqualTo("chwfhir-app"), "a public client says who it is");
            Assert.That(redeemed["redirect_uri"], Is.EqualTo(town.Callback));
            Assert.That(LaunchedTown.Fits(asked.OnwardQuery["code_challenge"], redeemed["code_verifier"]));
            Assert.That(town.Town.Log.Text, Does.Not.Contain("at-1").And.Not.Contain("Rosa").And.Not.Contain(redeemed["code_verifier"]));
        }
    }

    [Test]
    public async Task A_client_with_a_key_signs_its_assertion_for_the_token_endpoint()
    {
        using var folder = new TempFolder();
        var file = Path.Combine(folder.Path, "app.pem");
        await File.WriteAllTextAsync(file, SmartKeys.NewPem());
        await using var town = await LaunchedTown.StartAsync(("App__KeyFile", file));
        using var browser = town.Browser();

        await town.LaunchAsync(browser);

        using var keys = SmartKeys.Load(file);
        var checkedAs = await new JsonWebTokenHandler().ValidateTokenAsync(town.Ehr.Redeemed.Single()["client_assertion"], new TokenValidationParameters
        {
            ValidIssuer = "chwfhir-app", ValidAudience = new Uri(town.Ehr.Root, "/token").AbsoluteUri, IssuerSigningKeys = new JsonWebKeySet(keys.Jwks()).GetSigningKeys(), ValidAlgorithms = ["ES384"],
        });
        Assert.That(checkedAs.IsValid, Is.True, checkedAs.Exception?.Message);
    }

    [Test]
    public async Task Two_charts_in_two_frames_never_share_a_session()
    {
        await using var town = await LaunchedTown.StartAsync();
        using var browser = town.Browser();
        town.Ehr.Chart["Patient/p2"] = ScriptedEhr.Json("""{"resourceType":"Patient","id":"p2","name":[{"text":"Walter Other"}]}""");
        var first = await town.AskAsync(browser, "l-1");
        var nonce = town.Ehr.Nonce;
        var second = await town.AskAsync(browser, "l-2");

        town.Ehr.Patient = "p2";
        var walter = (await town.ComeBackAsync(browser, second)).Onward!.OriginalString;
        (town.Ehr.Patient, town.Ehr.Nonce) = ("p1", nonce);
        var rosa = (await town.ComeBackAsync(browser, first)).Onward!.OriginalString;

        using (Assert.EnterMultipleScope())
        {
            Assert.That((await browser.GetAsync(rosa)).Text, Does.Contain("Rosa Example").And.Not.Contain("Walter"));
            Assert.That((await browser.GetAsync(walter)).Text, Does.Contain("Walter Other").And.Not.Contain("Rosa"));
        }
        browser.Cookies.RemoveAll(cookie => cookie.Path == rosa);
        Assert.That((await browser.GetAsync(rosa)).Status, Is.EqualTo(HttpStatusCode.Unauthorized), "the other session's cookie opens nothing here");
    }

    [Test]
    public async Task A_browser_that_keeps_no_cookie_in_the_frame_is_offered_a_window_before_the_launch_is_spent()
    {
        await using var town = await LaunchedTown.StartAsync();
        using var browser = town.Browser();
        var begun = await browser.GetAsync($"/smart/launch?iss={Uri.EscapeDataString(town.Ehr.FhirBase)}&launch=l-1");
        browser.Cookies.Clear();

        var page = await browser.GetAsync(begun.Onward!.OriginalString, ("Sec-Fetch-Dest", "iframe"));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(page.Text, Does.Contain("Open in a new window").And.Contain("target=\"_blank\"").And.Contain($"href=\"/smart/launch?iss={Uri.EscapeDataString(town.Ehr.FhirBase)}&amp;launch=l-1\""));
            Assert.That(town.Ehr.Heard.Where(heard => heard.Contains("authorize", StringComparison.Ordinal) || heard.Contains("token", StringComparison.Ordinal)), Is.Empty);
        }
    }

    [Test]
    public async Task Pages_speak_the_language_of_the_browser()
    {
        await using var town = await LaunchedTown.StartAsync();
        using var browser = town.Browser("es-MX,es;q=0.9,en;q=0.8");

        var page = await browser.GetAsync(await town.LaunchAsync(browser));

        Assert.That(page.Text, Does.Contain("lang=\"es\"").And.Contain("Lo que el equipo debe saber").And.Not.Contain("What the team should know"));
    }

    [Test]
    public async Task A_part_of_the_chart_that_fails_says_so_and_keeps_no_other_away()
    {
        await using var town = await LaunchedTown.StartAsync();
        using var browser = town.Browser();
        town.Ehr.Chart["Goal/g1"] = ScriptedEhr.Json("""{"resourceType":"Goal","id":"g1","lifecycleStatus":"active","description":{"text":"Sit in the garden"},"subject":{"reference":"Patient/p1"}}""");
        town.Ehr.Chart["Goal/g2"] = ScriptedEhr.Json("""{"resourceType":"Goal","id":"g2","lifecycleStatus":"active","description":{"text":"Somebody else's goal"},"subject":{"reference":"Patient/p2"}}""");
        town.Ehr.Failing["CarePlan"] = 503;

        var page = await browser.GetAsync($"{await town.LaunchAsync(browser)}/patients/p1/plan?wait");

        Assert.That(page.Text, Does.Contain("Sit in the garden").And.Contain("The chart did not answer for: Care plan").And.Not.Contain("Somebody else"));
    }
}
