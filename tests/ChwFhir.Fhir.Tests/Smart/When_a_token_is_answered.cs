using System.Net;
using System.Text;
using ChwFhir.Fhir.Smart;
using NUnit.Framework;

namespace ChwFhir.Fhir.Tests.Smart;

public sealed class When_a_token_is_answered
{
    [Test]
    public void What_came_with_it_is_read()
    {
        var grant = Granted("""
            {"access_token":"t-1","token_type":"Bearer","expires_in":3600,"scope":"launch patient/Patient.rs","refresh_token":"r-1","id_token":"i-1","patient":"eXYZ","encounter":"e2",
             "need_patient_banner":false,"smart_style_url":"https://ehr.test/style.json","intent":"visit","tenant":"north",
             "fhirContext":[{"reference":"ServiceRequest/1"},{"reference":"Patient/2","role":"https://ehr.test/roles/newborn"},{"role":"x"},"Task/3"]}
            """);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(grant.AccessToken.Reveal(), Is.EqualTo("t-1"));
            Assert.That(grant.ExpiresIn, Is.EqualTo(TimeSpan.FromHours(1)));
            Assert.That(grant.Scope, Is.EqualTo("launch patient/Patient.rs"));
            Assert.That(grant.RefreshToken!.Reveal(), Is.EqualTo("r-1"));
            Assert.That(grant.IdToken!.Reveal(), Is.EqualTo("i-1"));
            Assert.That((grant.Patient, grant.Encounter, grant.NeedPatientBanner, grant.Intent, grant.Tenant), Is.EqualTo(("eXYZ", "e2", (bool?)false, "visit", "north")));
            Assert.That(grant.FhirContext.Select(context => (context.Reference, context.Role)),
                Is.EqualTo(new[] { ("ServiceRequest/1", "launch"), ("Patient/2", "https://ehr.test/roles/newborn"), ("Task/3", "launch") }));
        }
    }

    [TestCase("3600", 3600)]
    [TestCase("\"3240\"", 3240)]
    [TestCase("299.5", 299.5)]
    [TestCase("1e9", 86400)]
    public void The_time_it_lasts_comes_as_number_or_text(string expires, double seconds) =>
        Assert.That(Granted($$"""{"access_token":"t","token_type":"bearer","expires_in":{{expires}}}""").ExpiresIn, Is.EqualTo(TimeSpan.FromSeconds(seconds)));

    [TestCase("null")]
    [TestCase("\"soon\"")]
    [TestCase("-5")]
    [TestCase("\"NaN\"")]
    public void A_time_that_says_nothing_is_none(string expires) =>
        Assert.That(Granted($$"""{"access_token":"t","token_type":"bearer","expires_in":{{expires}}}""").ExpiresIn, Is.Null);

    [TestCase("true", true)]
    [TestCase("\"true\"", true)]
    [TestCase("\"false\"", false)]
    [TestCase("1", null)]
    public void Whether_a_banner_is_needed_comes_as_word_or_text(string banner, bool? needed) =>
        Assert.That(Granted($$"""{"access_token":"t","need_patient_banner":{{banner}}}""").NeedPatientBanner, Is.EqualTo(needed));

    [Test]
    public void A_patient_is_an_id_even_where_a_reference_is_sent() =>
        Assert.That(Granted("""{"access_token":"t","patient":"Patient/eXYZ"}""").Patient, Is.EqualTo("eXYZ"));

    [TestCase(400, """{"error":"invalid_client","error_description":"marker-9f2"}""", "invalid_client")]
    [TestCase(401, "", "invalid_client")]
    [TestCase(400, """{"error":"marker-9f2"}""", "unknown")]
    [TestCase(403, "<html>marker-9f2</html>", "unknown")]
    [TestCase(400, """{"error":"invalid_grant"}""", "invalid_grant")]
    public void A_refusal_is_told_by_a_known_word_and_nothing_else(int status, string body, string error)
    {
        var answer = Read(status, body);

        Assert.That(answer, Is.EqualTo(new TokenAnswer.Refused(status, error)));
        Assert.That($"{answer}", Does.Not.Contain("marker"));
    }

    [TestCase(200, "<html></html>")]
    [TestCase(200, "{}")]
    [TestCase(200, """{"access_token":"t","token_type":"mac"}""")]
    [TestCase(200, """{"access_token":7}""")]
    [TestCase(302, "")]
    [TestCase(429, """{"error":"slow_down"}""")]
    [TestCase(503, "")]
    public void What_is_no_answer_may_be_asked_again(int status, string body) =>
        Assert.That(Read(status, body), Is.EqualTo(new TokenAnswer.Unusable(status)));

    [Test]
    public void Nothing_of_it_prints()
    {
        var answer = Read(200, """{"access_token":"marker-9f2","refresh_token":"marker-9f2","id_token":"marker-9f2","patient":"marker-9f2","encounter":"marker-9f2"}""");

        Assert.That($"{answer} {((TokenAnswer.Granted)answer).Grant}", Does.Not.Contain("marker-9f2"));
    }

    [Test]
    public async Task It_was_asked_for_with_the_assertion_of_the_client()
    {
        using var keys = SmartKeys.Of(SomeKey.Elliptic());
        var endpoint = new Uri("https://ehr.test/oauth2/token");

        var fields = await FieldsAsync(TokenRequest.ClientCredentials(endpoint, new SmartClient.WithKey("chw", keys), "system/Patient.rs", DateTimeOffset.UnixEpoch));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(fields["grant_type"], Is.EqualTo("client_credentials"));
            Assert.That(fields["scope"], Is.EqualTo("system/Patient.rs"));
            Assert.That(fields["client_assertion_type"], Is.EqualTo("urn:ietf:params:oauth:client-assertion-type:jwt-bearer"));
            Assert.That(new Microsoft.IdentityModel.JsonWebTokens.JsonWebToken(fields["client_assertion"]).Audiences, Is.EqualTo(new[] { endpoint.OriginalString }));
            Assert.That(fields, Does.Not.ContainKey("client_id"));
        }
    }

    [Test]
    public async Task No_scope_is_sent_where_none_is_set()
    {
        using var keys = SmartKeys.Of(SomeKey.Elliptic());

        var fields = await FieldsAsync(TokenRequest.ClientCredentials(new Uri("https://ehr.test/token"), new SmartClient.WithKey("chw", keys), null, DateTimeOffset.UnixEpoch));

        Assert.That(fields, Does.Not.ContainKey("scope"));
    }

    [Test]
    public async Task A_code_is_redeemed_with_its_proof_and_by_a_public_client_with_its_name()
    {
        var pkce = Pkce.New();

        var fields = await FieldsAsync(TokenRequest.Code(new Uri("https://ehr.test/token"), new SmartClient.Public("chw"), new Secret("c-1"), "https://chw.test/smart/callback", pkce, DateTimeOffset.UnixEpoch));

        Assert.That(fields, Is.EquivalentTo(new Dictionary<string, string>
        {
            ["grant_type"] = "authorization_code", ["code"] = "c-1", ["redirect_uri"] = "https://chw.test/smart/callback", ["code_verifier"] = pkce.Verifier.Reveal(), ["client_id"] = "chw",
        }));
    }

    [Test]
    public void A_secret_goes_into_the_header_with_both_halves_encoded()
    {
        using var message = TokenRequest.Refresh(new Uri("https://ehr.test/token"), new SmartClient.WithSecret("ch w", new Secret("p:w d")), new Secret("r-1"), null, DateTimeOffset.UnixEpoch).ToMessage();

        Assert.That(Encoding.UTF8.GetString(Convert.FromBase64String(message.Headers.Authorization!.Parameter!)), Is.EqualTo("ch+w:p%3Aw+d"));
    }

    private static async Task<Dictionary<string, string>> FieldsAsync(TokenRequest request)
    {
        using var message = request.ToMessage();
        var body = await message.Content!.ReadAsStringAsync();
        return body.Split('&').Select(field => field.Split('=')).ToDictionary(field => field[0], field => WebUtility.UrlDecode(field[1]));
    }

    private static TokenAnswer Read(int status, string body) => TokenAnswer.Read(status, Encoding.UTF8.GetBytes(body));

    private static TokenGrant Granted(string body) => ((TokenAnswer.Granted)Read(200, body)).Grant;
}
