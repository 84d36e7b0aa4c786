using System.Net;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using NUnit.Framework;

namespace ChwFhir.Journeys.Tests.Sandbox.Smart;

public sealed class When_an_app_signs_somebody_in
{
    private SmartSandbox shared = null!;

    [OneTimeSetUp]
    public async Task OpenAsync() => shared = await SmartSandbox.StartAsync();

    [OneTimeTearDown]
    public async Task CloseAsync() => await shared.DisposeAsync();

    [Test]
    public async Task Discovery_leads_to_everything()
    {
        var sandbox = shared;

        var answer = await sandbox.Fhir.Http.GetAsync(".well-known/smart-configuration");
        var smart = await RunningSandbox.JsonOf(answer, 200);
        var openId = await RunningSandbox.JsonOf(await sandbox.Http.GetAsync($"{smart["issuer"]}/.well-known/openid-configuration"), 200);
        var keys = await RunningSandbox.JsonOf(await sandbox.Http.GetAsync(openId["jwks_uri"]!.GetValue<string>()), 200);
        var statement = await sandbox.Fhir.GetAsync("metadata");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer.Content.Headers.ContentType!.MediaType, Is.EqualTo("application/json"));
            Assert.That(answer.Headers.GetValues("Access-Control-Allow-Origin"), Is.EqualTo(new[] { "*" }));
            Assert.That(smart["issuer"]!.GetValue<string>(), Is.EqualTo(sandbox.Issuer).And.EqualTo(openId["issuer"]!.GetValue<string>()));
            foreach (var endpoint in new[] { "authorization_endpoint", "token_endpoint", "introspection_endpoint", "revocation_endpoint", "jwks_uri" })
                Assert.That(smart[endpoint]!.GetValue<string>(), Is.EqualTo(openId[endpoint]!.GetValue<string>()));
            Assert.That(smart["code_challenge_methods_supported"]!.ToJsonString(), Is.EqualTo("""["S256"]"""));
            Assert.That(smart["capabilities"]!.AsArray().Select(one => one!.GetValue<string>()), Is.SupersetOf(new[] { "launch-ehr", "launch-standalone", "sso-openid-connect", "client-confidential-asymmetric", "permission-v2" }));
            Assert.That(keys["keys"]![0]!.AsObject().Select(pair => pair.Key), Is.EquivalentTo(new[] { "kty", "use", "alg", "kid", "n", "e" }));
            Assert.That(statement["rest"]![0]!["security"]!["extension"]![0]!["extension"]!.AsArray().Select(one => one!["valueUri"]!.GetValue<string>()), Does.Contain(sandbox.TokenUrl));
        }
    }

    [Test]
    public async Task The_way_back_carries_code_state_and_issuer()
    {
        var sandbox = shared;

        var answer = await sandbox.AuthorizeAsync(sandbox.Wish());
        var back = SmartSandbox.Callback(answer);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer.Headers.Location!.GetLeftPart(UriPartial.Path), Is.EqualTo(SmartSandbox.App));
            Assert.That(answer.Headers.GetValues("Referrer-Policy"), Is.EqualTo(new[] { "no-referrer" }));
            Assert.That(back.Keys, Is.EquivalentTo(new[] { "code", "state", "iss" }));
            Assert.That(back["state"], Is.EqualTo("state-of-the-app"));
            Assert.That(back["iss"], Is.EqualTo(sandbox.Issuer));
        }
    }

    [TestCase("open", true)]
    [TestCase("epic", "true")]
    public async Task The_token_answer_says_who_whose_chart_and_which_visit(string capabilities, object banner)
    {
        await using var sandbox = await SmartSandbox.StartAsync(options => options with { Capabilities = capabilities });

        var answer = await sandbox.SignInAsync(scope: "launch/patient launch/encounter openid fhirUser offline_access patient/Patient.rs patient/Encounter.read");
        var style = await RunningSandbox.JsonOf(await sandbox.Http.GetAsync(answer["smart_style_url"]!.GetValue<string>()), 200);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer["scope"]!.GetValue<string>(), Is.EqualTo("launch/patient launch/encounter openid fhirUser offline_access patient/Patient.rs patient/Encounter.read"));
            Assert.That(answer["patient"]!.GetValue<string>(), Is.EqualTo("rosa-m"));
            Assert.That(answer["encounter"]!.GetValue<string>(), Is.EqualTo("rosa-m-home-1"));
            Assert.That(answer["expires_in"]!.GetValue<int>(), Is.EqualTo(3600));
            Assert.That(answer["need_patient_banner"]!.ToJsonString(), Is.EqualTo(JsonValue.Create(banner)!.ToJsonString()));
            Assert.That(answer["refresh_token"], Is.Not.Null);
            Assert.That(style["color_text"], Is.Not.Null);
        }
    }

    [Test]
    public async Task The_id_token_is_what_OpenID_Connect_wants()
    {
        var sandbox = shared;

        var answer = await sandbox.SignInAsync();
        var keys = new JsonWebKeySet(await sandbox.Http.GetStringAsync("/oauth2/jwks"));
        var result = await new JsonWebTokenHandler().ValidateTokenAsync(answer["id_token"]!.GetValue<string>(), new TokenValidationParameters
        {
            ValidIssuer = sandbox.Issuer,
            ValidAudience = "app",
            IssuerSigningKeys = keys.GetSigningKeys(),
            ValidAlgorithms = ["RS256"]
        });

        Assert.That(result.IsValid, Is.True, result.Exception?.Message);
        var token = (JsonWebToken)result.SecurityToken;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(token.Kid, Is.EqualTo(keys.Keys.Single().Kid));
            Assert.That(token.Subject, Is.EqualTo("nurse-1"));
            Assert.That(token.GetClaim("nonce").Value, Is.EqualTo("n-1"));
            Assert.That(token.GetClaim("fhirUser").Value, Is.EqualTo($"{sandbox.Base}/Practitioner/nurse-1"));
            Assert.That(await sandbox.Http.GetAsync(token.GetClaim("fhirUser").Value), Has.Property("StatusCode").EqualTo(HttpStatusCode.OK));
            Assert.That(token.ValidTo - token.IssuedAt, Is.EqualTo(TimeSpan.FromMinutes(5)));
        }
    }

    [Test]
    public async Task What_is_asked_for_may_come_in_a_form()
    {
        var sandbox = shared;

        var back = SmartSandbox.Callback(await sandbox.PostAsync("/oauth2/authorize", [.. sandbox.Wish().Select(pair => (pair.Key, pair.Value))]));

        Assert.That(back, Does.ContainKey("code"));
    }

    [Test]
    public async Task A_client_with_a_secret_shows_it_by_Basic_or_in_the_form()
    {
        await using var sandbox = await SmartSandbox.StartAsync();
        (string, string)[] Form(string code) => [("grant_type", "authorization_code"), ("code", code), ("redirect_uri", SmartSandbox.OtherApp), ("code_verifier", SmartSandbox.Verifier)];

        var inForm = await sandbox.PostAsync("/oauth2/token", [.. Form((await sandbox.CallbackAsync(sandbox.Wish("other")))["code"]), ("client_id", "other"), ("client_secret", SmartSandbox.TheSecret)]);
        sandbox.Http.DefaultRequestHeaders.Authorization = new("Basic", Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($"other:{SmartSandbox.TheSecret}")));
        var byBasic = await sandbox.PostAsync("/oauth2/token", Form((await sandbox.CallbackAsync(sandbox.Wish("other")))["code"]));
        sandbox.Http.DefaultRequestHeaders.Authorization = new("Basic", Convert.ToBase64String("other:wrong-secret"u8));
        var wrong = await sandbox.PostAsync("/oauth2/token", Form("x"));

        Assert.That(inForm.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(byBasic.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(wrong.Headers.WwwAuthenticate.Single().Scheme, Is.EqualTo("Basic"));
        await SmartSandbox.AssertErrorAsync(wrong, "invalid_client", 401);
    }

    [Test]
    public async Task A_person_can_click_through_and_leave_the_visit_open()
    {
        await using var sandbox = await SmartSandbox.StartAsync(options => options with { Login = "pages" });

        var login = await sandbox.AuthorizeAsync(sandbox.Wish(scope: "launch/patient launch/encounter openid fhirUser patient/*.rs"));
        var page = await login.Content.ReadAsStringAsync();
        var session = System.Text.RegularExpressions.Regex.Match(page, "name=\"session\" value=\"([^\"]+)\"").Groups[1].Value;
        var charts = await (await sandbox.PostAsync("/oauth2/continue", ("session", session), ("user", "chw-2"))).Content.ReadAsStringAsync();
        var visits = await (await sandbox.PostAsync("/oauth2/continue", ("session", session), ("patient", "lucia-v"))).Content.ReadAsStringAsync();
        var back = SmartSandbox.Callback(await sandbox.PostAsync("/oauth2/continue", ("session", session), ("encounter", "none")));
        var answer = await RunningSandbox.JsonOf(await sandbox.RedeemAsync(back["code"]), 200);
        var again = await sandbox.PostAsync("/oauth2/continue", ("session", session), ("encounter", "none"));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(login.Headers.GetValues("Content-Security-Policy").Single(), Does.Contain("form-action 'self' https://app.example").And.Contain("frame-ancestors 'self'").And.Contain("default-src 'none'"));
            Assert.That(page, Does.Contain("Dolores Whitfield").And.Contain("Mateo Arriaga").And.Contain("Colleen Byrne").And.Contain("Henrik Solberg").And.Contain("Yvonne Carter").And.Contain("Terrence Okafor").And.Not.Contain("<script"));
            Assert.That(charts, Does.Contain("value=\"lucia-v\"").And.Not.Contain("rosa-m"), "chw-2 is only in Lucía's care team");
            Assert.That(visits, Does.Contain("value=\"lucia-v-phone-1\"").And.Contain("value=\"none\""));
            Assert.That(answer["patient"]!.GetValue<string>(), Is.EqualTo("lucia-v"));
            Assert.That(answer["encounter"], Is.Null);
            Assert.That(again.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest), "one sign-in lets in once");
        }
    }

    [TestCase("lucía", "lucia-v")]
    [TestCase("MALDONÁDO rosa", "rosa-m")]
    public async Task A_person_can_search_all_the_charts_that_they_may_open(string sought, string found)
    {
        await using var sandbox = await SmartSandbox.StartAsync(options => options with { Login = "auto:onc-1" });

        var page = await (await sandbox.AuthorizeAsync(sandbox.Wish())).Content.ReadAsStringAsync();
        var session = System.Text.RegularExpressions.Regex.Match(page, "name=\"session\" value=\"([^\"]+)\"").Groups[1].Value;
        var some = await (await sandbox.PostAsync("/oauth2/continue", ("session", session), ("q", sought))).Content.ReadAsStringAsync();
        var nobody = await (await sandbox.PostAsync("/oauth2/continue", ("session", session), ("q", "\"><script>alert(1)</script>"))).Content.ReadAsStringAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(page, Does.Contain("value=\"lucia-v\"").And.Contain("value=\"rosa-m\""));
            Assert.That(System.Text.RegularExpressions.Regex.Matches(some, "name=\"patient\" value=\"([^\"]+)\"").Select(match => match.Groups[1].Value), Is.EqualTo(new[] { found }));
            Assert.That(nobody, Does.Contain("Nobody is found.").And.Not.Contain("<script>alert"));
        }
    }

    [Test]
    public async Task An_app_that_wants_nobody_asked_gets_no_page()
    {
        await using var sandbox = await SmartSandbox.StartAsync(options => options with { Login = "pages" });
        var wish = sandbox.Wish();
        wish["prompt"] = "none";

        Assert.That((await sandbox.CallbackAsync(wish))["error"], Is.EqualTo("login_required"));
    }

    [Test]
    public async Task Whoever_says_no_sends_the_app_away()
    {
        await using var sandbox = await SmartSandbox.StartAsync(options => options with { Login = "pages" });

        var page = await (await sandbox.AuthorizeAsync(sandbox.Wish())).Content.ReadAsStringAsync();
        var session = System.Text.RegularExpressions.Regex.Match(page, "name=\"session\" value=\"([^\"]+)\"").Groups[1].Value;
        var back = SmartSandbox.Callback(await sandbox.PostAsync("/oauth2/continue", ("session", session), ("deny", "yes")));

        Assert.That(back["error"], Is.EqualTo("access_denied"));
        Assert.That(back["state"], Is.EqualTo("state-of-the-app"));
    }

    [Test]
    public async Task A_chart_that_the_user_may_not_open_cannot_be_chosen()
    {
        await using var sandbox = await SmartSandbox.StartAsync(options => options with { Login = "auto:chw-2" });

        var page = await (await sandbox.AuthorizeAsync(sandbox.Wish())).Content.ReadAsStringAsync();
        var session = System.Text.RegularExpressions.Regex.Match(page, "name=\"session\" value=\"([^\"]+)\"").Groups[1].Value;
        var forced = await sandbox.PostAsync("/oauth2/continue", ("session", session), ("patient", "rosa-m"));

        Assert.That(forced.StatusCode, Is.EqualTo(HttpStatusCode.OK), "the list of patients again");
        Assert.That(await forced.Content.ReadAsStringAsync(), Does.Contain("value=\"lucia-v\""));
    }
}
