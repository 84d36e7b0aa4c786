using System.Net;
using System.Security.Cryptography;
using System.Text;
using ChwFhir.Audit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace ChwFhir.Journeys.SmartApp;

internal sealed class When_somebody_tries_to_get_in_by_a_trick : BeforeAScriptedEhr
{
    [TestCase("?code=c&state=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [TestCase("?code=c&state=")]
    [TestCase("?code=c")]
    [TestCase("?error=access_denied")]
    [TestCase("")]
    public async Task A_forged_state_opens_nothing(string query)
    {
        await town.AskAsync(browser);

        var seen = await browser.GetAsync("/smart/callback" + query);

        await IsRefusedAsync(seen, "This sign-in is over", AuditAction.Attack);
    }

    [Test]
    public async Task A_state_said_twice_opens_nothing()
    {
        var asked = await town.AskAsync(browser);

        var seen = await town.ComeBackAsync(browser, asked, more: "&state=other");

        await IsRefusedAsync(seen, "This sign-in is over", AuditAction.Attack);
    }

    [Test]
    public async Task A_callback_in_another_browser_opens_nothing_and_ends_nobodys_sign_in()
    {
        var asked = await town.AskAsync(browser);
        using var stranger = town.Browser();
        await town.AskAsync(stranger);
        var nonce = asked.OnwardQuery["nonce"];

        var seen = await town.ComeBackAsync(stranger, asked);

        await IsRefusedAsync(seen, "another browser", AuditAction.Attack);
        town.Ehr.Nonce = nonce;
        Assert.That((await town.ComeBackAsync(browser, asked)).Onward?.OriginalString, Does.StartWith("/app/"), "the one whose sign-in it is comes in");
    }

    [Test]
    public async Task A_replayed_callback_opens_nothing()
    {
        var asked = await town.AskAsync(browser);
        using var copy = browser.Twin();
        await town.ComeBackAsync(browser, asked);

        var seen = await town.ComeBackAsync(copy, asked);

        browser = copy;
        await IsRefusedAsync(seen, "This sign-in is over", AuditAction.Attack);
        Assert.That(town.Ehr.Redeemed, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Of_many_callbacks_at_once_one_comes_in()
    {
        var asked = await town.AskAsync(browser);
        var copies = Enumerable.Range(0, 8).Select(_ => browser.Twin()).ToList();

        var seen = await Task.WhenAll(copies.Select(copy => town.ComeBackAsync(copy, asked)));

        Assert.That(seen.Count(one => one.Onward is not null), Is.EqualTo(1));
        Assert.That(town.Ehr.Redeemed, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_callback_that_names_another_issuer_is_not_used()
    {
        var asked = await town.AskAsync(browser);

        var seen = await town.ComeBackAsync(browser, asked, more: "&iss=https%3A%2F%2Fother.example");

        await IsRefusedAsync(seen, "another sign-in server", AuditAction.Attack);
        Assert.That(town.Ehr.Redeemed, Is.Empty, "the code of the other server goes nowhere");
    }

    [Test]
    public async Task A_callback_that_does_not_name_itself_is_not_used_where_the_server_says_it_would()
    {
        await using var strict = await LaunchedTown.StartAsync();
        strict.Ehr.Configuration = said => said["authorization_response_iss_parameter_supported"] = true;
        using var other = strict.Browser();
        var asked = await strict.AskAsync(other);

        var seen = await strict.ComeBackAsync(other, asked);
        var again = await strict.AskAsync(other);
        var named = await strict.ComeBackAsync(other, again, more: $"&iss={Uri.EscapeDataString(strict.Ehr.Issuer)}");

        Assert.That(seen.Status, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(named.Onward?.OriginalString, Does.StartWith("/app/"));
    }

    [Test]
    public async Task The_callback_of_the_one_way_in_takes_no_answer_of_the_other()
    {
        var asked = await town.AskAsync(browser);

        var seen = await browser.GetAsync($"/app/callback?code=c&state={asked.OnwardQuery["state"]}");

        await IsRefusedAsync(seen, "another sign-in server", AuditAction.Attack);
    }

    [Test]
    public async Task An_unlisted_iss_causes_no_request()
    {
        await using var foreign = await ScriptedEhr.StartAsync();
        var own = new Uri(town.Ehr.FhirBase);
        string[] tried =
        [
            foreign.FhirBase, $"http://127.0.0.1:{own.Port}@{foreign.Root.Authority}/fhir", $"{foreign.FhirBase}#{town.Ehr.FhirBase}", $"{foreign.FhirBase}?{town.Ehr.FhirBase}",
            "http://169.254.169.254/latest/meta-data", "file:///etc/passwd", $"{town.Ehr.FhirBase}/../admin", $"{town.Ehr.FhirBase}?x=1", town.Ehr.FhirBase.ToUpperInvariant(), "", "fhir",
        ];
        var before = town.Ehr.Heard.Count(heard => !heard.Contains("metadata", StringComparison.Ordinal));

        foreach (var iss in tried)
            Assert.That((await browser.GetAsync($"/smart/launch?launch=l&iss={Uri.EscapeDataString(iss)}")).Status, Is.EqualTo(HttpStatusCode.BadRequest), iss);

        Assert.That(foreign.Heard, Is.Empty);
        Assert.That(town.Ehr.Heard.Count(heard => !heard.Contains("metadata", StringComparison.Ordinal)), Is.EqualTo(before));
        Assert.That((await LastAsync()).Record.Action, Is.EqualTo(AuditAction.Attack));
    }

    [TestCase("unsigned")]
    [TestCase("HS256 with the public key")]
    [TestCase("another key under the known name")]
    [TestCase("another audience")]
    [TestCase("several audiences, for another party")]
    [TestCase("another issuer")]
    [TestCase("expired")]
    [TestCase("not yet")]
    [TestCase("made tomorrow")]
    [TestCase("without an end")]
    [TestCase("wrong nonce")]
    [TestCase("without a nonce")]
    [TestCase("changed after it was signed")]
    [TestCase("no token at all")]
    public async Task An_id_token_is_not_believed(string trick)
    {
        town.Ehr.IdToken = descriptor => Forged(trick, descriptor);
        var asked = await town.AskAsync(browser);

        var seen = await town.ComeBackAsync(browser, asked);

        await IsRefusedAsync(seen, "could not be believed", AuditAction.Attack);
    }

    [TestCase("https://evil.example/fhir/Practitioner/doc-1")]
    [TestCase("Patient/p1")]
    [TestCase("RelatedPerson/r1")]
    [TestCase("Practitioner/../Patient/p1")]
    [TestCase("")]
    public async Task Who_is_not_of_the_team_does_not_come_in(string fhirUser)
    {
        town.Ehr.IdToken = descriptor =>
        {
            descriptor.Claims["fhirUser"] = fhirUser;
            return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(descriptor);
        };
        var asked = await town.AskAsync(browser);

        var seen = await town.ComeBackAsync(browser, asked);

        await IsRefusedAsync(seen, "for the care team", AuditAction.Login);
    }

    [Test]
    public async Task No_parameter_leads_to_another_site()
    {
        const string Evil = "https%3A%2F%2Fevil.example";
        var launch = await browser.GetAsync($"/smart/launch?iss={Uri.EscapeDataString(town.Ehr.FhirBase)}&launch=l%0d%0aSet-Cookie:%20a=b&redirect_uri={Evil}&next={Evil}");
        var asked = await browser.GetAsync($"{launch.Onward!.OriginalString}&redirect_uri={Evil}&aud={Evil}");
        town.Ehr.Nonce = asked.OnwardQuery["nonce"];
        var back = await town.ComeBackAsync(browser, asked, more: $"&next={Evil}&redirect_uri={Evil}");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(launch.Onward.OriginalString, Does.StartWith("/smart/onward?state="));
            Assert.That(asked.Onward!.Authority, Is.EqualTo(town.Ehr.Root.Authority));
            Assert.That(asked.OnwardQuery["redirect_uri"], Is.EqualTo(town.Callback));
            Assert.That(asked.OnwardQuery["launch"], Is.EqualTo("l\r\nSet-Cookie: a=b"), "it goes on as it came, encoded");
            Assert.That(browser.Cookies.Select(cookie => cookie.Name), Has.None.EqualTo("a"));
            Assert.That(back.Onward!.OriginalString, Does.StartWith("/app/").And.Not.Contain("evil"));
            Assert.That((await browser.GetAsync("/app/%2F%2Fevil.example")).Onward, Is.Null);
            Assert.That((await browser.GetAsync("/smart/onward?state=//evil.example")).Onward, Is.Null);
        }
    }

    [TestCase("/app/nothing")]
    [TestCase("/smart/nothing/at/all")]
    public async Task Where_there_is_nothing_a_browser_gets_a_page_and_a_program_its_own_form(string path)
    {
        var page = await browser.GetAsync(path, ("Accept", "text/html,application/xhtml+xml,*/*;q=0.8"));
        var problem = await browser.GetAsync(path, ("Accept", "application/json"));

        Assert.That((page.Status, problem.Status), Is.EqualTo((HttpStatusCode.NotFound, HttpStatusCode.NotFound)));
        Assert.That(page.Headers["Content-Type"], Does.StartWith("text/html"));
        Assert.That(problem.Headers["Content-Type"], Does.StartWith("application/problem+json"));
    }

    [Test]
    public async Task A_session_that_somebody_planted_is_not_taken_over()
    {
        using var attacker = town.Browser();
        var planted = await town.LaunchAsync(attacker);
        var asked = await town.AskAsync(browser);
        browser.Cookies.AddRange(attacker.Cookies);
        browser.Cookies.Add(("chwfhir-app", "/", "planted"));
        town.Ehr.Nonce = asked.OnwardQuery["nonce"];

        var own = (await town.ComeBackAsync(browser, asked)).Onward!.OriginalString;

        Assert.That(own, Does.StartWith("/app/").And.Not.EqualTo(planted));
        var secrets = browser.Cookies.Where(cookie => cookie.Name == "chwfhir-app").ToList();
        Assert.That(secrets.Single(cookie => cookie.Path == own).Value, Is.Not.EqualTo(secrets.Single(cookie => cookie.Path == planted).Value).And.Not.EqualTo("planted"));
        Assert.That((await attacker.GetAsync(own)).Status, Is.EqualTo(HttpStatusCode.Unauthorized));
    }

    [Test]
    public async Task Another_patients_note_is_not_shown_by_its_id()
    {
        await PostAsync("mine", "Patient/p1");
        await PostAsync("theirs", "Patient/p2");
        var session = await town.LaunchAsync(browser);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((await browser.GetAsync($"{session}/patients/p1/visits/mine")).Status, Is.EqualTo(HttpStatusCode.OK));
            var theirs = await browser.GetAsync($"{session}/patients/p1/visits/theirs");
            var none = await browser.GetAsync($"{session}/patients/p1/visits/no-such-note");
            static string Same(string page) => System.Text.RegularExpressions.Regex.Replace(page, "data-now=\"\\d+\"|visits/(theirs|no-such-note)", "");
            Assert.That((theirs.Status, Same(theirs.Text)), Is.EqualTo((HttpStatusCode.NotFound, Same(none.Text))), "but for the time and the address that was asked, it looks as if there were none");
            Assert.That((await browser.GetAsync($"{session}/patients/p1/visits/..%2F..%2Fetc%2Fpasswd")).Status, Is.EqualTo(HttpStatusCode.NotFound));
            Assert.That((await browser.GetAsync(session)).Text, Does.Not.Contain("theirs"));
        }
    }

    [Test]
    public async Task A_form_of_another_site_does_nothing()
    {
        var session = await town.LaunchAsync(browser);
        using var other = town.Browser();
        var foreign = (await other.GetAsync(await town.LaunchAsync(other))).Field("t");
        var own = (await browser.GetAsync(session)).Field("t");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(own, Has.Length.EqualTo(43).And.Not.EqualTo(foreign));
            Assert.That((await browser.PostAsync($"{session}/patients/p1/messages", ("text", "hello"))).Status, Is.EqualTo(HttpStatusCode.Forbidden), "without the token");
            Assert.That((await browser.PostAsync($"{session}/patients/p1/messages", ("text", "hello"), ("t", foreign))).Status, Is.EqualTo(HttpStatusCode.Forbidden), "with another session's");
            using var request = new HttpRequestMessage(HttpMethod.Post, $"{session}/patients/p1/messages") { Content = new FormUrlEncodedContent([new("text", "hello"), new("t", own)]) };
            Assert.That((await browser.SendAsync(request, ("Sec-Fetch-Site", "cross-site"))).Status, Is.EqualTo(HttpStatusCode.Forbidden), "from another site");
            Assert.That((await browser.PostAsync($"{session}/sign-out")).Status, Is.EqualTo(HttpStatusCode.Forbidden));
            Assert.That((await LastAsync()).Record.Action, Is.EqualTo(AuditAction.Attack));
            Assert.That((await browser.GetAsync(session)).Text, Does.Not.Contain("hello"));
        }
    }

    private async Task IsRefusedAsync(Seen seen, string words, AuditAction action)
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That((int)seen.Status, Is.InRange(400, 499));
            Assert.That(seen.Onward, Is.Null);
            Assert.That(seen.Text, Does.Contain(words).Or.Contain("did not say who you are"));
            Assert.That(browser.Cookies.Select(cookie => cookie.Name), Has.None.EqualTo("chwfhir-app"));
            var record = (await LastAsync()).Record;
            Assert.That((record.Action == action || record.Why == "scopes-missing", record.Outcome), Is.EqualTo((true, AuditOutcome.Refused)));
        }
    }

    private async Task<AuditEntry> LastAsync() => (await town.Town.Services.GetRequiredService<AuditLog>().ListAsync(new AuditFilter { Limit = 1 }, CancellationToken.None)).Items[0];

    private async Task PostAsync(string id, string patient)
    {
        using var answer = await town.Town.PostNoteAsync($$"""{"id":"{{id}}","patient":{"reference":"{{patient}}"},"author":{"reference":"Practitioner/chw-1","name":"Dolores W."},"visit":{"start":"2026-11-03T14:05:00-05:00","kind":"home"},"narrative":"About {{id}}."}""");
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Accepted));
    }

    private string? Forged(string trick, SecurityTokenDescriptor token)
    {
        var handler = new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false };
        switch (trick)
        {
            case "unsigned": return Unsigned(handler.CreateToken(token));
            case "HS256 with the public key":
                token.SigningCredentials = new SigningCredentials(new SymmetricSecurityKey(Encoding.UTF8.GetBytes(town.Ehr.Key.ExportSubjectPublicKeyInfoPem())) { KeyId = "k1" }, SecurityAlgorithms.HmacSha256);
                break;
            case "another key under the known name":
                token.SigningCredentials = new SigningCredentials(new RsaSecurityKey(RSA.Create(2048)) { KeyId = "k1" }, SecurityAlgorithms.RsaSha256);
                break;
            case "another audience": token.Audience = "another-app"; break;
            case "several audiences, for another party":
                token.Audience = null;
                (token.Claims["aud"], token.Claims["azp"]) = (new[] { "chwfhir-app", "another-app" }, "another-app");
                break;
            case "another issuer": token.Issuer = "https://other.example/oauth2"; break;
            case "expired": (token.IssuedAt, token.Expires) = (DateTime.UtcNow.AddHours(-1), DateTime.UtcNow.AddMinutes(-10)); break;
            case "not yet": token.NotBefore = DateTime.UtcNow.AddMinutes(30); token.Expires = DateTime.UtcNow.AddHours(1); break;
            case "made tomorrow": (token.IssuedAt, token.Expires) = (DateTime.UtcNow.AddDays(1), DateTime.UtcNow.AddDays(2)); break;
            case "without an end": token.Expires = null; break;
            case "wrong nonce": token.Claims["nonce"] = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"; break;
            case "without a nonce": token.Claims.Remove("nonce"); break;
            case "changed after it was signed": return Changed(handler.CreateToken(token));
            case "no token at all": return null;
            default: throw new ArgumentOutOfRangeException(nameof(trick), trick, null);
        }
        return handler.CreateToken(token);
    }

    private static string Unsigned(string token) => $"{Base64UrlEncoder.Encode("""{"alg":"none","typ":"JWT"}""")}.{token.Split('.')[1]}.";

    private static string Changed(string token) => token.Split('.') is [var header, var body, var signature]
        ? $"{header}.{Base64UrlEncoder.Encode(Base64UrlEncoder.Decode(body).Replace("doc-1", "doc-2", StringComparison.Ordinal))}.{signature}"
        : throw new FormatException();
}
