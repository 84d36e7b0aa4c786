using System.Net;
using System.Text.RegularExpressions;
using ChwFhir.Sandbox.Smart;
using NUnit.Framework;

namespace ChwFhir.Journeys.Tests.Sandbox.Smart;

public sealed class When_somebody_attacks_the_sign_in
{
    private SmartSandbox shared = null!;

    [OneTimeSetUp]
    public async Task OpenAsync() => shared = await SmartSandbox.StartAsync();

    [OneTimeTearDown]
    public async Task CloseAsync() => await shared.DisposeAsync();

    [TestCase("code_challenge")]
    [TestCase("code_challenge_method")]
    public Task A_request_without_PKCE_gets_no_code(string left) => NoCodeAsync("invalid_request", wish => wish.Remove(left));

    [Test]
    public Task A_plain_challenge_gets_no_code() => NoCodeAsync("invalid_request", wish => (wish["code_challenge"], wish["code_challenge_method"]) = (SmartSandbox.Verifier, "plain"));

    [Test]
    public Task A_challenge_that_S256_cannot_have_made_gets_no_code() => NoCodeAsync("invalid_request", wish => wish["code_challenge"] = "short");

    [TestCase("https://elsewhere.example/fhir")]
    [TestCase(null)]
    public Task Another_audience_gets_no_code(string? audience) => NoCodeAsync("invalid_request", wish => Set(wish, "aud", audience));

    [Test]
    public Task A_request_without_state_gets_no_code() => NoCodeAsync("invalid_request", wish => wish.Remove("state"));

    [TestCase("token", "unsupported_response_type")]
    [TestCase("code id_token", "unsupported_response_type")]
    public Task Tokens_never_come_by_the_browser(string type, string error) => NoCodeAsync(error, wish => wish["response_type"] = type);

    [TestCase("request", "eyJ.e30.", "request_not_supported")]
    [TestCase("request_uri", "http://169.254.169.254/", "request_uri_not_supported")]
    [TestCase("response_mode", "fragment", "invalid_request")]
    public Task What_is_not_supported_is_refused_not_passed_over(string name, string value, string error) => NoCodeAsync(error, wish => wish[name] = value);

    [TestCase("system/*.rs")]
    [TestCase("patient/*.cud")]
    [TestCase("patient/Observation.rs?category=vital-signs")]
    [TestCase("patient/Observation.sr")]
    public Task A_scope_beyond_the_registration_or_the_grammar_gets_no_code(string scope) => NoCodeAsync("invalid_scope", wish => wish["scope"] = scope);

    [TestCase("https://app.example/callback/")]
    [TestCase("https://app.example/callback?x=1")]
    [TestCase("https://app.example/CALLBACK")]
    [TestCase("https://app.example.evil.example/callback")]
    [TestCase("https://app.example/callback/../evil")]
    [TestCase("https://app.example@evil.example/callback")]
    [TestCase("http://app.example/callback")]
    [TestCase("//evil.example")]
    [TestCase("javascript:alert(1)")]
    [TestCase("https://other.example/callback")]
    [TestCase(null)]
    public async Task An_address_that_is_not_registered_is_never_sent_anything(string? redirect)
    {
        var sandbox = shared;
        var wish = sandbox.Wish();
        Set(wish, "redirect_uri", redirect);

        var answer = await sandbox.AuthorizeAsync(wish);
        var page = await answer.Content.ReadAsStringAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
            Assert.That(answer.Headers.Location, Is.Null);
            Assert.That(page, Does.Contain("not registered").And.Not.Contain("evil"));
        }
    }

    [TestCase("stranger")]
    [TestCase("<script>alert(1)</script>")]
    public async Task A_client_that_is_not_known_gets_a_page_without_a_way_on(string client)
    {
        var sandbox = shared;

        var answer = await sandbox.AuthorizeAsync(sandbox.Wish(client));

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(answer.Headers.Location, Is.Null);
        Assert.That(await answer.Content.ReadAsStringAsync(), Does.Not.Contain(client));
    }

    [Test]
    public async Task A_parameter_that_comes_twice_gets_no_code()
    {
        var sandbox = shared;
        var query = string.Join('&', sandbox.Wish().Select(pair => $"{pair.Key}={Uri.EscapeDataString(pair.Value)}"));

        var scope = await sandbox.Http.GetAsync($"/oauth2/authorize?{query}&scope=system/*.rs");
        var redirect = await sandbox.Http.GetAsync($"/oauth2/authorize?{query}&redirect_uri=https://evil.example");
        var grant = await sandbox.PostAsync("/oauth2/token", ("grant_type", "client_credentials"), ("grant_type", "authorization_code"), ("client_id", "app"));

        Assert.That(SmartSandbox.Callback(scope)["error"], Is.EqualTo("invalid_request"));
        Assert.That(redirect.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        await SmartSandbox.AssertErrorAsync(grant, "invalid_request");
    }

    [Test]
    public async Task A_state_with_line_ends_stays_one_value()
    {
        var sandbox = shared;
        var wish = sandbox.Wish();
        wish["state"] = "a\r\nSet-Cookie: stolen=1&code=forged#x";

        var answer = await sandbox.AuthorizeAsync(wish);

        Assert.That(answer.Headers.Contains("Set-Cookie"), Is.False);
        Assert.That(SmartSandbox.Callback(answer)["state"], Is.EqualTo(wish["state"]));
    }

    [Test]
    public async Task A_code_that_is_used_twice_takes_back_what_it_gave()
    {
        var sandbox = shared;
        var code = (await sandbox.CallbackAsync(sandbox.Wish()))["code"];
        var given = await RunningSandbox.JsonOf(await sandbox.RedeemAsync(code), 200);
        var token = given["access_token"]!.GetValue<string>();
        var before = await sandbox.StatusAsync(token, "Patient/rosa-m");

        await SmartSandbox.AssertErrorAsync(await sandbox.RedeemAsync(code), "invalid_grant");

        Assert.That(before, Is.EqualTo(200));
        Assert.That(await sandbox.StatusAsync(token, "Patient/rosa-m"), Is.EqualTo(401));
        await SmartSandbox.AssertErrorAsync(await RefreshAsync(sandbox, given["refresh_token"]!.GetValue<string>()), "invalid_grant");
    }

    [Test]
    public async Task Of_many_who_bring_one_code_at_once_one_gets_a_token_and_none_keeps_it()
    {
        var sandbox = shared;
        var code = (await sandbox.CallbackAsync(sandbox.Wish()))["code"];

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => sandbox.RedeemAsync(code)));

        var given = answers.Single(answer => answer.IsSuccessStatusCode);
        Assert.That(await sandbox.StatusAsync((await RunningSandbox.JsonOf(given, 200))["access_token"]!.GetValue<string>(), "Patient/rosa-m"), Is.EqualTo(401));
    }

    [TestCase("another-verifier-of-more-than-forty-three-letters-here")]
    [TestCase("")]
    public async Task A_code_without_its_verifier_is_worth_nothing_and_is_gone(string verifier)
    {
        var sandbox = shared;
        var code = (await sandbox.CallbackAsync(sandbox.Wish()))["code"];

        await SmartSandbox.AssertErrorAsync(await sandbox.RedeemAsync(code, verifier: verifier), "invalid_grant");
        await SmartSandbox.AssertErrorAsync(await sandbox.RedeemAsync(code), "invalid_grant");
    }

    [Test]
    public async Task A_code_of_another_client_is_worth_nothing_and_stays_good_for_its_own()
    {
        var sandbox = shared;
        var code = (await sandbox.CallbackAsync(sandbox.Wish()))["code"];

        var stolen = await sandbox.PostAsync("/oauth2/token", ("grant_type", "authorization_code"), ("code", code), ("redirect_uri", SmartSandbox.App), ("client_id", "writer"), ("code_verifier", SmartSandbox.Verifier));

        await SmartSandbox.AssertErrorAsync(stolen, "invalid_grant");
        Assert.That((await sandbox.RedeemAsync(code)).StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task A_code_for_a_client_with_a_secret_needs_the_secret()
    {
        var sandbox = shared;
        var code = (await sandbox.CallbackAsync(sandbox.Wish("other")))["code"];

        await SmartSandbox.AssertErrorAsync(await sandbox.RedeemAsync(code, "other"), "invalid_client", 401);
    }

    [Test]
    public async Task A_code_with_another_redirect_address_is_worth_nothing()
    {
        var sandbox = shared;
        var code = (await sandbox.CallbackAsync(sandbox.Wish()))["code"];

        var answer = await sandbox.PostAsync("/oauth2/token", ("grant_type", "authorization_code"), ("code", code), ("redirect_uri", SmartSandbox.OtherApp), ("client_id", "app"), ("code_verifier", SmartSandbox.Verifier));

        await SmartSandbox.AssertErrorAsync(answer, "invalid_grant");
    }

    [Test]
    public async Task A_code_is_good_for_one_minute()
    {
        await using var sandbox = await SmartSandbox.StartAsync();
        var (soon, late) = ((await sandbox.CallbackAsync(sandbox.Wish()))["code"], (await sandbox.CallbackAsync(sandbox.Wish()))["code"]);

        sandbox.Clock.Pass(TimeSpan.FromSeconds(50));
        var inTime = await sandbox.RedeemAsync(soon);
        sandbox.Clock.Pass(TimeSpan.FromSeconds(11));

        Assert.That(inTime.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        await SmartSandbox.AssertErrorAsync(await sandbox.RedeemAsync(late), "invalid_grant");
    }

    [Test]
    public async Task A_refresh_token_that_is_used_twice_takes_back_everything()
    {
        var sandbox = shared;
        var first = (await sandbox.SignInAsync())["refresh_token"]!.GetValue<string>();
        var second = await RunningSandbox.JsonOf(await RefreshAsync(sandbox, first), 200);
        var token = second["access_token"]!.GetValue<string>();
        var before = await sandbox.StatusAsync(token, "Patient/rosa-m");

        await SmartSandbox.AssertErrorAsync(await RefreshAsync(sandbox, first), "invalid_grant");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(before, Is.EqualTo(200));
            Assert.That(second["patient"]!.GetValue<string>(), Is.EqualTo("rosa-m"));
            Assert.That(await sandbox.StatusAsync(token, "Patient/rosa-m"), Is.EqualTo(401));
        }
        await SmartSandbox.AssertErrorAsync(await RefreshAsync(sandbox, second["refresh_token"]!.GetValue<string>()), "invalid_grant");
    }

    [Test]
    public async Task A_refresh_token_of_another_client_is_worth_nothing_and_stays_good_for_its_own()
    {
        var sandbox = shared;
        var refresh = (await sandbox.SignInAsync())["refresh_token"]!.GetValue<string>();

        await SmartSandbox.AssertErrorAsync(await RefreshAsync(sandbox, refresh, client: "writer"), "invalid_grant");
        Assert.That((await RefreshAsync(sandbox, refresh)).StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [TestCase("patient/*.rs user/*.rs")]
    [TestCase("patient/*.cruds")]
    [TestCase("system/*.rs")]
    public async Task A_refresh_cannot_ask_for_more_than_was_given(string scope)
    {
        var sandbox = shared;
        var refresh = (await sandbox.SignInAsync())["refresh_token"]!.GetValue<string>();

        await SmartSandbox.AssertErrorAsync(await RefreshAsync(sandbox, refresh, scope), "invalid_scope");
        Assert.That((await RunningSandbox.JsonOf(await RefreshAsync(sandbox, refresh, "patient/Patient.rs"), 200))["scope"]!.GetValue<string>(), Is.EqualTo("patient/Patient.rs"));
    }

    [Test]
    public async Task A_refresh_token_ends_a_working_day_or_a_month_after_the_sign_in()
    {
        await using var sandbox = await SmartSandbox.StartAsync();
        var online = (await sandbox.SignInAsync(scope: "launch/patient online_access patient/*.rs"))["refresh_token"]!.GetValue<string>();
        var offline = (await sandbox.SignInAsync())["refresh_token"]!.GetValue<string>();
        var none = (await sandbox.SignInAsync(scope: "launch/patient patient/*.rs"))["refresh_token"];

        sandbox.Clock.Pass(TimeSpan.FromHours(8) + TimeSpan.FromMinutes(1));

        Assert.That(none, Is.Null);
        await SmartSandbox.AssertErrorAsync(await RefreshAsync(sandbox, online), "invalid_grant");
        Assert.That((await RefreshAsync(sandbox, offline)).StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task A_launch_handle_is_good_once_and_for_its_own_app()
    {
        await using var sandbox = await SmartSandbox.StartAsync(options => options with { Login = "pages" });
        Dictionary<string, string> Wish(string handle, string client = "app")
        {
            var wish = sandbox.Wish(client, "launch openid fhirUser patient/*.rs");
            wish["launch"] = handle;
            return wish;
        }

        var handle = await LaunchAsync(sandbox);
        var first = await sandbox.CallbackAsync(Wish(handle));
        var second = await sandbox.CallbackAsync(Wish(handle));
        var others = await sandbox.CallbackAsync(Wish(await LaunchAsync(sandbox), "other"));
        var forged = await sandbox.CallbackAsync(Wish("rosa-m"));
        var late = await LaunchAsync(sandbox);
        sandbox.Clock.Pass(TimeSpan.FromMinutes(6));
        var old = await sandbox.CallbackAsync(Wish(late));
        var token = await RunningSandbox.JsonOf(await sandbox.RedeemAsync((await sandbox.CallbackAsync(Wish(await LaunchAsync(sandbox))))["code"]), 200);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(first, Does.ContainKey("code"));
            foreach (var refused in new[] { second, others, forged, old })
                Assert.That(refused["error"], Is.EqualTo("invalid_request"));
            Assert.That(token["patient"]!.GetValue<string>(), Is.EqualTo("walter-b"));
            Assert.That(token["encounter"]!.GetValue<string>(), Is.EqualTo("walter-b-home-1"));
        }
    }

    [Test]
    public Task A_launch_scope_without_a_launch_gets_no_code() => NoCodeAsync("invalid_request", wish => wish["scope"] = "launch patient/*.rs");

    [Test]
    public async Task Another_site_cannot_choose_for_a_person()
    {
        await using var sandbox = await SmartSandbox.StartAsync(options => options with { Login = "pages" });
        var page = await (await sandbox.AuthorizeAsync(sandbox.Wish())).Content.ReadAsStringAsync();
        var session = Regex.Match(page, "name=\"session\" value=\"([^\"]+)\"").Groups[1].Value;
        sandbox.Http.DefaultRequestHeaders.Add("Sec-Fetch-Site", "cross-site");

        var answer = await sandbox.PostAsync("/oauth2/continue", ("session", session), ("user", "sup-1"));

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
    }

    [Test]
    public async Task Codes_and_secrets_in_an_address_are_not_taken()
    {
        var sandbox = shared;
        var code = (await sandbox.CallbackAsync(sandbox.Wish()))["code"];
        var query = $"/oauth2/token?grant_type=authorization_code&code={code}&client_id=app&redirect_uri={Uri.EscapeDataString(SmartSandbox.App)}&code_verifier={SmartSandbox.Verifier}";

        Assert.That((await sandbox.Http.GetAsync(query)).StatusCode, Is.EqualTo(HttpStatusCode.MethodNotAllowed));
        await SmartSandbox.AssertErrorAsync(await sandbox.PostAsync(query), "invalid_client", 401);
    }

    [Test]
    public async Task A_body_without_end_is_refused()
    {
        var sandbox = shared;

        var answer = await sandbox.PostAsync("/oauth2/token", ("grant_type", new string('a', 70_000)));

        await SmartSandbox.AssertErrorAsync(answer, "invalid_request", 413);
    }

    [Test]
    public async Task Pages_of_apps_without_a_server_may_call_and_others_not()
    {
        var sandbox = shared;
        async Task<(int Status, bool Allowed)> AskAsync(HttpMethod method, string path, string origin)
        {
            using var request = new HttpRequestMessage(method, path) { Headers = { { "Origin", origin } } };
            if (method == HttpMethod.Options)
                request.Headers.Add("Access-Control-Request-Method", "POST");
            var answer = await sandbox.Http.SendAsync(request);
            return ((int)answer.StatusCode, answer.Headers.TryGetValues("Access-Control-Allow-Origin", out var allowed) && allowed.Single() == origin);
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(await AskAsync(HttpMethod.Options, "/oauth2/token", "https://app.example"), Is.EqualTo((204, true)));
            Assert.That(await AskAsync(HttpMethod.Options, "/api/FHIR/R4/Patient", "https://app.example"), Is.EqualTo((204, true)));
            Assert.That(await AskAsync(HttpMethod.Get, "/api/FHIR/R4/Patient/rosa-m", "https://app.example"), Is.EqualTo((200, true)));
            Assert.That(await AskAsync(HttpMethod.Get, "/api/FHIR/R4/Patient/rosa-m", "https://evil.example"), Is.EqualTo((200, false)));
            Assert.That((await AskAsync(HttpMethod.Options, "/api/FHIR/R4/Patient", "https://evil.example")).Allowed, Is.False);
            Assert.That((await AskAsync(HttpMethod.Get, "/api/FHIR/R4/Patient/rosa-m", "https://other.example")).Allowed, Is.False, "a client with a secret has a server");
            Assert.That((await AskAsync(HttpMethod.Get, "/charts/rosa-m", "https://app.example")).Allowed, Is.False);
        }
    }

    [TestCase("pages:x")]
    [TestCase("auto:nobody")]
    [TestCase("auto:chw-1/a/b/c")]
    public void A_login_setting_that_means_nothing_stops_the_start(string login) =>
        Assert.That(() => RunningSandbox.StartAsync(options => options with { Login = login }), Throws.TypeOf<ChwFhir.Sandbox.SandboxStartException>().With.Message.Contains("Ehr__Sandbox__Login"));

    [TestCase("http://app.example/callback")]
    [TestCase("https://app.example/callback#x")]
    [TestCase("ftp://localhost/callback")]
    public void A_client_whose_address_is_not_safe_stops_the_start(string redirect) =>
        Assert.That(() => RunningSandbox.StartAsync(options => options with { Clients = [new SandboxClient { Id = "app", Kind = ClientKind.Public, RedirectUris = [redirect] }] }),
            Throws.TypeOf<ChwFhir.Sandbox.SandboxStartException>().With.Message.Contains("Ehr__Sandbox__Clients"));

    internal static async Task<string> LaunchAsync(SmartSandbox sandbox)
    {
        var answer = await sandbox.Http.GetAsync("/charts/walter-b/launch?user=chw-1&encounter=walter-b-home-1&in=window");
        return Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(answer.Headers.Location!.Query)["launch"].Single()!;
    }

    private static Task<HttpResponseMessage> RefreshAsync(SmartSandbox sandbox, string token, string? scope = null, string client = "app") =>
        sandbox.PostAsync("/oauth2/token", [("grant_type", "refresh_token"), ("refresh_token", token), ("client_id", client), .. scope is null ? [] : new[] { ("scope", scope) }]);

    private static void Set(Dictionary<string, string> wish, string name, string? value)
    {
        wish.Remove(name);
        if (value is not null)
            wish[name] = value;
    }

    private async Task NoCodeAsync(string error, Action<Dictionary<string, string>> change)
    {
        var sandbox = shared;
        var wish = sandbox.Wish();
        change(wish);

        var back = await sandbox.CallbackAsync(wish);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(back.GetValueOrDefault("error"), Is.EqualTo(error));
            Assert.That(back, Does.Not.ContainKey("code"));
            Assert.That(back["iss"], Is.EqualTo(sandbox.Issuer));
        }
    }
}
