using System.Text;
using ChwFhir.Fhir.Smart;
using NUnit.Framework;

namespace ChwFhir.Fhir.Tests.Smart;

public sealed class When_a_server_describes_its_sign_in
{
    private static readonly Uri TheBase = new("https://ehr.test/api/FHIR/R4");

    private static readonly SmartConfiguration TheWhole = new()
    {
        Issuer = "https://ehr.test/oauth2",
        JwksUri = "https://ehr.test/oauth2/jwks",
        AuthorizationEndpoint = "https://ehr.test/oauth2/authorize",
        TokenEndpoint = "https://ehr.test/oauth2/token",
        ChallengeMethods = ["S256"],
    };

    [Test]
    public void What_it_says_is_read_and_what_is_of_another_kind_is_left()
    {
        var read = SmartConfiguration.Read(Encoding.UTF8.GetBytes("""
            {"issuer":"https://ehr.test/oauth2","jwks_uri":null,"authorization_endpoint":7,"token_endpoint":"https://ehr.test/token","scopes_supported":["openid",1],
             "capabilities":"launch-ehr","code_challenge_methods_supported":["S256"],"grant_types_supported":["client_credentials"]}
            """))!;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(read.Issuer, Is.EqualTo("https://ehr.test/oauth2"));
            Assert.That(read.JwksUri, Is.Null);
            Assert.That(read.AuthorizationEndpoint, Is.Null);
            Assert.That(read.Scopes, Is.EqualTo(new[] { "openid" }));
            Assert.That(read.Capabilities, Is.Empty);
            Assert.That(read.ChallengeMethods, Is.EqualTo(new[] { "S256" }));
        }
    }

    [TestCase("https://ehr.test/fhir")]
    [TestCase("https://ehr.test/fhir/")]
    public void It_stands_under_the_base(string fhirBase) =>
        Assert.That(SmartConfiguration.AddressUnder(new Uri(fhirBase)).AbsoluteUri, Is.EqualTo("https://ehr.test/fhir/.well-known/smart-configuration"));

    [Test]
    public void A_whole_one_may_be_used()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(TheWhole.FaultsForLaunch(TheBase, openId: true), Is.Empty);
            Assert.That(TheWhole.FaultsForBackend(TheBase), Is.Empty);
        }
    }

    [Test]
    public void All_that_is_missing_is_told_together() =>
        Assert.That(new SmartConfiguration().FaultsForLaunch(TheBase, openId: true), Has.Count.EqualTo(5));

    [Test]
    public void A_server_without_S256_signs_nobody_in() =>
        Assert.That((TheWhole with { ChallengeMethods = ["plain"] }).FaultsForLaunch(TheBase, openId: false), Has.Some.Contains("S256"));

    [TestCase("http://ehr.test/token", "not https")]
    [TestCase("http://localhost/token", "not https")]
    [TestCase("/oauth2/token", "no absolute")]
    [TestCase("file:///etc/passwd", "no absolute")]
    [TestCase("https://ehr.test@evil.test/token", "names a user")]
    [TestCase("https://@evil.test/token", "names a user")]
    [TestCase("https://ehr.test/to ken", "no absolute")]
    [TestCase("https://ehr.test/token\r\nX: y", "no absolute")]
    [TestCase("https://ehr.test/token#x", "fragment")]
    public void A_token_endpoint_that_cannot_be_trusted_is_not_used(string endpoint, string told) =>
        Assert.That((TheWhole with { TokenEndpoint = endpoint }).FaultsForBackend(TheBase), Has.Some.Contains(told));

    [Test]
    public void Plain_http_is_for_an_EHR_on_this_machine_only()
    {
        var here = new Uri("http://localhost:5090/fhir");

        using (Assert.EnterMultipleScope())
        {
            Assert.That((TheWhole with { TokenEndpoint = "http://127.0.0.1:5090/token" }).FaultsForBackend(here), Is.Empty);
            Assert.That((TheWhole with { TokenEndpoint = "http://ehr.test/token" }).FaultsForBackend(here), Is.Not.Empty);
        }
    }

    [Test]
    public void Keys_from_an_origin_that_nobody_trusts_prove_nobody() =>
        Assert.That((TheWhole with { JwksUri = "https://evil.test/jwks" }).FaultsForLaunch(TheBase, openId: true), Has.Some.Contains("another origin"));

    [Test]
    public void A_person_is_sent_there_with_all_that_protects_the_code()
    {
        var request = new AuthorizationRequest(new Uri("https://ehr.test/oauth2/authorize?tenant=1"), "chw", "https://chw.test/smart/callback", "launch openid", "s-1", TheBase.AbsoluteUri, Pkce.Of("v").Challenge)
        {
            Launch = "l/1",
            Nonce = "n-1",
        };

        Assert.That(request.ToUri().AbsoluteUri, Is.EqualTo(
            "https://ehr.test/oauth2/authorize?tenant=1&response_type=code&client_id=chw&redirect_uri=https%3A%2F%2Fchw.test%2Fsmart%2Fcallback&launch=l%2F1&scope=launch%20openid&state=s-1"
            + $"&aud=https%3A%2F%2Fehr.test%2Fapi%2FFHIR%2FR4&code_challenge={Pkce.Of("v").Challenge}&code_challenge_method=S256&nonce=n-1"));
    }

    [Test]
    public void The_challenge_is_that_of_RFC_7636() =>
        Assert.That(Pkce.Of("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk").Challenge, Is.EqualTo("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"));

    [Test]
    public void No_two_verifiers_are_alike_and_all_are_long_enough()
    {
        var verifiers = Enumerable.Range(0, 200).Select(_ => Pkce.New().Verifier.Reveal()).ToList();

        Assert.That(verifiers, Is.Unique.And.All.Matches("^[A-Za-z0-9_-]{43,128}$"));
    }
}
