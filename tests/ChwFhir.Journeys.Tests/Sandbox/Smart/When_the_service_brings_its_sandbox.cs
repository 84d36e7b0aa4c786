using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.WebUtilities;
using NUnit.Framework;

namespace ChwFhir.Journeys.Tests.Sandbox.Smart;

public sealed class When_the_service_brings_its_sandbox
{
    [Test]
    public async Task Its_app_is_registered_where_the_service_really_listens()
    {
        await using var town = await Town.StartAsync();
        using var browser = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false });

        var launch = await browser.GetAsync(new Uri(town.EhrBaseUrl, "/charts/rosa-m/launch?user=chw-1&in=window"));

        Assert.That(launch.StatusCode, Is.EqualTo(HttpStatusCode.SeeOther));
        Assert.That(launch.Headers.Location!.GetLeftPart(UriPartial.Path), Is.EqualTo(new Uri(town.BaseUrl, "/smart/launch").AbsoluteUri));
        Assert.That(QueryHelpers.ParseQuery(launch.Headers.Location.Query)["iss"].ToString(), Is.EqualTo(town.EhrBaseUrl.AbsoluteUri));
    }

    [Test]
    public async Task Clients_login_and_the_life_of_tokens_come_from_the_settings()
    {
        await using var town = await Town.StartAsync(
            ("Ehr__Sandbox__Login", "auto:onc-1/evelyn-h"), ("Ehr__Sandbox__TokenLife", "PT90S"),
            ("Ehr__Sandbox__Clients__0__Id", "mine"), ("Ehr__Sandbox__Clients__0__Kind", "Secret"), ("Ehr__Sandbox__Clients__0__Secret", SmartSandbox.TheSecret),
            ("Ehr__Sandbox__Clients__0__RedirectUris__0", SmartSandbox.App), ("Ehr__Sandbox__Clients__0__Scopes", "openid launch/patient patient/Patient.rs"));
        using var browser = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false });
        var wish = new Dictionary<string, string?>
        {
            ["response_type"] = "code", ["client_id"] = "mine", ["redirect_uri"] = SmartSandbox.App, ["scope"] = "openid launch/patient patient/*.rs", ["state"] = "s", ["aud"] = town.EhrBaseUrl.AbsoluteUri,
            ["code_challenge"] = SmartSandbox.Challenge(SmartSandbox.Verifier), ["code_challenge_method"] = "S256"
        };

        var back = SmartSandbox.Callback(await browser.GetAsync(new Uri(town.EhrBaseUrl, QueryHelpers.AddQueryString("/oauth2/authorize", wish))));
        var answer = await browser.PostAsync(new Uri(town.EhrBaseUrl, "/oauth2/token"), new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "authorization_code", ["code"] = back["code"], ["redirect_uri"] = SmartSandbox.App, ["code_verifier"] = SmartSandbox.Verifier, ["client_id"] = "mine", ["client_secret"] = SmartSandbox.TheSecret
        }));
        var given = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(given["patient"]?.GetValue<string>(), Is.EqualTo("evelyn-h"));
            Assert.That(given["scope"]?.GetValue<string>(), Is.EqualTo("openid launch/patient patient/Patient.rs"));
            Assert.That(given["expires_in"]?.GetValue<int>(), Is.EqualTo(90));
        }
    }
}
