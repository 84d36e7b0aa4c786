using System.Net;
using System.Text.Json.Nodes;
using ChwFhir.Sandbox.Smart;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.IdentityModel.Tokens;
using NUnit.Framework;

namespace ChwFhir.Journeys.Tests.Sandbox.Smart;

public sealed class When_a_service_asks_for_a_token
{
    private SmartSandbox shared = null!;

    [OneTimeSetUp]
    public async Task OpenAsync() => shared = await SmartSandbox.StartAsync();

    [OneTimeTearDown]
    public async Task CloseAsync() => await shared.DisposeAsync();

    [TestCase("RS384")]
    [TestCase("ES384")]
    [TestCase("RS256")]
    [TestCase("RS512")]
    public async Task A_signed_assertion_gets_one_that_the_FHIR_API_takes(string algorithm)
    {
        var key = new SomeKey(algorithm);
        await using var sandbox = await SmartSandbox.StartAsync(options => options with { Tokens = "required", Clients = [Service(key.Set)] });

        var answer = await sandbox.AssertAsync(key.Assertion("service", sandbox.TokenUrl));
        var body = await RunningSandbox.JsonOf(answer, 200);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(body["token_type"]!.GetValue<string>(), Is.EqualTo("Bearer"));
            Assert.That(body["expires_in"]!.GetValue<int>(), Is.EqualTo(300));
            Assert.That(body["scope"]!.GetValue<string>(), Is.EqualTo("system/*.crus"));
            Assert.That(body["refresh_token"], Is.Null);
            Assert.That(answer.Headers.CacheControl!.NoStore, Is.True);
            Assert.That(await sandbox.StatusAsync(body["access_token"]!.GetValue<string>(), "Patient/rosa-m"), Is.EqualTo(200));
        }
    }

    [Test]
    public async Task The_strict_server_answers_as_Epic_does_whatever_scope_is_asked_for()
    {
        await using var sandbox = await SmartSandbox.StartAsync(options => options with { Capabilities = "epic" });

        var body = await RunningSandbox.JsonOf(await sandbox.AssertAsync(sandbox.Key.Assertion("service", sandbox.TokenUrl), "system/Nothing.read"), 200);
        var refused = await sandbox.AssertAsync("no assertion");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(body["scope"]!.GetValue<string>(), Is.EqualTo("system/*.read system/*.write"));
            Assert.That(body["expires_in"]!.GetValue<int>(), Is.EqualTo(3600));
        }
        await SmartSandbox.AssertErrorAsync(refused, "invalid_client", 400);
    }

    [Test]
    public async Task It_gets_no_more_than_it_is_registered_for()
    {
        var sandbox = shared;

        var some = await RunningSandbox.JsonOf(await sandbox.AssertAsync(sandbox.Key.Assertion("service", sandbox.TokenUrl), "system/Patient.cruds system/Observation.read patient/*.rs openid"), 200);
        var none = await sandbox.AssertAsync(sandbox.Key.Assertion("service", sandbox.TokenUrl), "system/Patient.d");

        Assert.That(some["scope"]!.GetValue<string>(), Is.EqualTo("system/Patient.crus system/Observation.read"));
        await SmartSandbox.AssertErrorAsync(none, "invalid_scope");
    }

    [Test]
    public async Task A_token_ends_with_its_time()
    {
        await using var sandbox = await SmartSandbox.StartAsync();
        var token = await sandbox.ServiceTokenAsync();

        sandbox.Clock.Pass(TimeSpan.FromSeconds(290));
        var before = await sandbox.StatusAsync(token, "Patient/rosa-m");
        sandbox.Clock.Pass(TimeSpan.FromSeconds(11));
        var after = await sandbox.CallAsync(token, HttpMethod.Get, "Patient/rosa-m");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(before, Is.EqualTo(200));
            Assert.That(after.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
            Assert.That(after.Headers.WwwAuthenticate.ToString(), Does.Contain("invalid_token"));
        }
    }

    [Test]
    public Task A_jti_that_was_here_before_is_refused() => RefusedAsync(async sandbox =>
    {
        var assertion = sandbox.Key.Assertion("service", sandbox.TokenUrl);
        await RunningSandbox.JsonOf(await sandbox.AssertAsync(assertion), 200);
        return assertion;
    });

    [Test]
    public Task A_jti_that_was_here_before_is_refused_in_another_assertion_too() => RefusedAsync(async sandbox =>
    {
        await RunningSandbox.JsonOf(await sandbox.AssertAsync(sandbox.Key.Assertion("service", sandbox.TokenUrl, claims => claims["jti"] = "one-jti")), 200);
        return sandbox.Key.Assertion("service", sandbox.TokenUrl, claims => (claims["jti"], claims["exp"]) = ("one-jti", Now + 100));
    });

    [Test]
    public Task A_jti_of_152_letters_is_refused() => RefusedAsync(claims => claims["jti"] = new string('j', 152));

    [Test]
    public Task No_jti_is_refused() => RefusedAsync(claims => claims.Remove("jti"));

    [Test]
    public Task An_expired_assertion_is_refused() => RefusedAsync(claims => (claims["exp"], claims["iat"]) = (Now - 60, Now - 200));

    [Test]
    public Task An_assertion_without_an_end_is_refused() => RefusedAsync(claims => claims.Remove("exp"));

    [Test]
    public Task An_assertion_for_longer_than_five_minutes_is_refused() => RefusedAsync(claims => (claims["exp"], claims["iat"]) = (Now + 330, Now));

    [Test]
    public Task An_assertion_of_tomorrow_is_refused() => RefusedAsync(claims => claims["nbf"] = Now + 120);

    [Test]
    public Task An_assertion_for_another_audience_is_refused() => RefusedAsync(claims => claims["aud"] = "https://elsewhere.example/token");

    [Test]
    public Task An_assertion_for_several_audiences_is_refused() => RefusedAsync(claims => claims["aud"] = new[] { (string)claims["aud"], "https://elsewhere.example/token" });

    [Test]
    public Task An_assertion_for_the_FHIR_base_is_refused() => RefusedAsync(claims => claims["aud"] = ((string)claims["aud"]).Replace("/oauth2/token", "/api/FHIR/R4", StringComparison.Ordinal));

    [Test]
    public Task A_client_that_is_not_known_is_refused() => RefusedAsync(claims => claims["iss"] = claims["sub"] = "stranger");

    [Test]
    public Task A_client_that_speaks_for_another_is_refused() => RefusedAsync(claims => claims["sub"] = "app");

    [Test]
    public Task A_jku_that_is_not_registered_is_refused_and_never_asked() => RefusedAsync(_ => { }, header => header["jku"] = "http://127.0.0.1:9/jwks.json");

    [Test]
    public Task An_unknown_extension_in_the_header_is_refused() => RefusedAsync(_ => { }, header => header["crit"] = new[] { "b64" });

    [Test]
    public Task An_unsigned_assertion_is_refused() => RefusedAsync(sandbox =>
    {
        var parts = sandbox.Key.Assertion("service", sandbox.TokenUrl).Split('.');
        return Task.FromResult($"{Base64UrlEncoder.Encode("""{"alg":"none","typ":"JWT","kid":"k1"}""")}.{parts[1]}.");
    });

    [Test]
    public Task A_signature_of_HS256_with_the_public_key_as_its_secret_is_refused() => RefusedAsync(sandbox =>
    {
        var signed = $"{Base64UrlEncoder.Encode("""{"alg":"HS256","typ":"JWT","kid":"k1"}""")}.{sandbox.Key.Assertion("service", sandbox.TokenUrl).Split('.')[1]}";
        var secret = System.Text.Encoding.ASCII.GetBytes(sandbox.Key.Rsa!.ExportSubjectPublicKeyInfoPem());
        return Task.FromResult($"{signed}.{Base64UrlEncoder.Encode(System.Security.Cryptography.HMACSHA256.HashData(secret, System.Text.Encoding.ASCII.GetBytes(signed)))}");
    });

    [Test]
    public Task A_signature_by_another_key_of_the_same_name_is_refused() => RefusedAsync(sandbox => Task.FromResult(new SomeKey().Assertion("service", sandbox.TokenUrl)));

    [Test]
    public Task Changed_words_under_a_good_signature_are_refused() => RefusedAsync(sandbox =>
    {
        var parts = sandbox.Key.Assertion("service", sandbox.TokenUrl, claims => claims["jti"] = "a").Split('.');
        parts[1] = Base64UrlEncoder.Encode(Base64UrlEncoder.Decode(parts[1]).Replace("\"a\"", "\"b\"", StringComparison.Ordinal));
        return Task.FromResult(string.Join('.', parts));
    });

    [TestCase("{}", "{}")]
    [TestCase("[]", "[]")]
    [TestCase("x", "y")]
    [TestCase("""{"alg":7,"kid":7}""", """{"iss":7,"sub":7,"exp":"soon"}""")]
    [TestCase("""{"alg":"RS384","kid":"k1"}""", """{"iss":{"a":1},"sub":[],"aud":{},"exp":1e300,"jti":{}}""")]
    [TestCase("""{"alg":"RS384","kid":"k1","kid":"k2"}""", """{"iss":"service","iss":"app","sub":"service","exp":99999999999999999999}""")]
    [TestCase("""{"alg":"RS384","kid":["k1"],"jku":[]}""", """{"iss":"service","sub":"service","exp":-1,"iat":-1e30,"nbf":"x"}""")]
    [TestCase("""{"alg":"RS384","kid":"k1","jku":7}""", """{"iss":"service","sub":"service","aud":[7,null],"exp":null}""")]
    public Task A_malformed_assertion_is_refused_like_any_other(string header, string payload) =>
        RefusedAsync(_ => Task.FromResult($"{Base64UrlEncoder.Encode(header)}.{Base64UrlEncoder.Encode(payload)}.{Base64UrlEncoder.Encode("signature")}"));

    [Test]
    public async Task Two_keys_of_one_name_are_as_good_as_none()
    {
        var (one, two) = (new SomeKey(), new SomeKey());
        await using var sandbox = await SmartSandbox.StartAsync(options => options with { Clients = [Service(SomeKey.Jwks(one, two))] });

        await SmartSandbox.AssertErrorAsync(await sandbox.AssertAsync(one.Assertion("service", sandbox.TokenUrl)), "invalid_client", 401);
    }

    [TestCase("RS384", 1024)]
    [TestCase("ES256", 0)]
    public async Task A_key_that_is_too_weak_or_of_another_kind_is_refused(string algorithm, int bits)
    {
        var weak = new SomeKey(algorithm, bits: bits);
        await using var sandbox = await SmartSandbox.StartAsync(options => options with { Clients = [Service(weak.Set)] });

        await SmartSandbox.AssertErrorAsync(await sandbox.AssertAsync(weak.Assertion("service", sandbox.TokenUrl)), "invalid_client", 401);
    }

    [Test]
    public async Task A_public_client_and_one_with_a_secret_for_people_cannot_come_alone()
    {
        var sandbox = shared;

        var open = await sandbox.PostAsync("/oauth2/token", ("grant_type", "client_credentials"), ("client_id", "app"));
        var secret = await sandbox.PostAsync("/oauth2/token", ("grant_type", "client_credentials"), ("client_id", "other"), ("client_secret", SmartSandbox.TheSecret));
        var named = await sandbox.PostAsync("/oauth2/token", ("grant_type", "client_credentials"), ("client_id", "service"));

        await SmartSandbox.AssertErrorAsync(open, "unauthorized_client");
        await SmartSandbox.AssertErrorAsync(secret, "unauthorized_client");
        await SmartSandbox.AssertErrorAsync(named, "invalid_client", 401);
    }

    [Test]
    public async Task Keys_are_fetched_where_they_are_registered_and_again_for_a_new_one()
    {
        var (one, two) = (new SomeKey(kid: "one"), new SomeKey(kid: "two"));
        var (published, asked) = (one.Set, 0);
        await using var keys = await ServeAsync(http => { asked++; http.Response.Headers.CacheControl = "max-age=3600"; return http.Response.WriteAsync(published); });
        await using var sandbox = await SmartSandbox.StartAsync(options => options with { Clients = [Service(null) with { JwksUrl = At(keys) }] });

        var first = await sandbox.AssertAsync(one.Assertion("service", sandbox.TokenUrl, header: header => header["jku"] = At(keys).AbsoluteUri));
        var second = await sandbox.AssertAsync(one.Assertion("service", sandbox.TokenUrl));
        var askedForOne = asked;
        published = SomeKey.Jwks(one, two);
        var rotated = await sandbox.AssertAsync(two.Assertion("service", sandbox.TokenUrl));
        for (var i = 0; i < 40; i++)
            await SmartSandbox.AssertErrorAsync(await sandbox.AssertAsync(new SomeKey(kid: "none", bits: 2048).Assertion("service", sandbox.TokenUrl)), "invalid_client", 401);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(first.StatusCode, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(second.StatusCode, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(askedForOne, Is.EqualTo(1));
            Assert.That(rotated.StatusCode, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(asked, Is.InRange(3, 12), "a stranger's kids must not make the server ask without end");
        }
    }

    [Test]
    public async Task Keys_behind_a_redirect_too_many_unreadable_or_secret_ones_are_no_keys()
    {
        var key = new SomeKey();
        await using var good = await ServeAsync(http => http.Response.WriteAsync(key.Set));
        await using var moved = await ServeAsync(http => { http.Response.Redirect(At(good).AbsoluteUri); return Task.CompletedTask; });
        await using var large = await ServeAsync(http => http.Response.WriteAsync(key.Set + new string(' ', 100_000)));
        await using var page = await ServeAsync(http => http.Response.WriteAsync("<html>"));
        await using var list = await ServeAsync(http => http.Response.WriteAsync("""{"keys":[7]}"""));
        await using var secret = await ServeAsync(http => http.Response.WriteAsync(new JsonObject { ["keys"] = new JsonArray(key.Private) }.ToJsonString()));
        (string Id, Uri At)[] clients = [("moved", At(moved)), ("large", At(large)), ("page", At(page)), ("list", At(list)), ("secret", At(secret)), ("nowhere", new Uri("http://127.0.0.1:9/keys.json")), ("good", At(good))];
        await using var sandbox = await SmartSandbox.StartAsync(options => options with { Clients = [.. clients.Select(client => Service(null) with { Id = client.Id, JwksUrl = client.At })] });

        foreach (var (id, _) in clients[..^1])
            await SmartSandbox.AssertErrorAsync(await sandbox.AssertAsync(key.Assertion(id, sandbox.TokenUrl)), "invalid_client", 401);
        Assert.That((await sandbox.AssertAsync(key.Assertion("good", sandbox.TokenUrl))).StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    private static long Now => DateTimeOffset.UtcNow.ToUnixTimeSeconds();

    private static SandboxClient Service(string? jwks) => new() { Id = "service", Jwks = jwks, Scopes = "system/*.crus" };

    private Task RefusedAsync(Action<Dictionary<string, object>> claims, Action<Dictionary<string, object>>? header = null) =>
        RefusedAsync(sandbox => Task.FromResult(sandbox.Key.Assertion("service", sandbox.TokenUrl, claims, header)));

    private async Task RefusedAsync(Func<SmartSandbox, Task<string>> assertion)
    {
        var sandbox = shared;

        var answer = await sandbox.AssertAsync(await assertion(sandbox));

        await SmartSandbox.AssertErrorAsync(answer, "invalid_client", 401);
        Assert.That((await sandbox.AssertAsync(sandbox.Key.Assertion("service", sandbox.TokenUrl))).StatusCode, Is.EqualTo(HttpStatusCode.OK), "a good one is taken afterwards");
    }

    private static async Task<WebApplication> ServeAsync(RequestDelegate answer)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        var host = builder.Build();
        host.Run(answer);
        await host.StartAsync();
        return host;
    }

    private static Uri At(WebApplication host) => new(new Uri(host.Urls.First()), "/keys.json");
}
