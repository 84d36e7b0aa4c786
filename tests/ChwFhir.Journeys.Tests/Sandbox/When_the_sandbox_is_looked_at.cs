using ChwFhir.Sandbox;
using NUnit.Framework;

namespace ChwFhir.Journeys.Tests.Sandbox;

public sealed class When_the_sandbox_is_looked_at
{
    [Test]
    public async Task A_browser_gets_a_page_with_links_and_nothing_of_a_chart_as_markup()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var patient = await sandbox.CreateAsync("Patient", """{ "resourceType": "Patient", "name": [{ "family": "<script>alert(1)</script>" }] }""");
        await sandbox.CreateAsync("Basic", $$"""{ "resourceType": "Basic", "identifier": [{ "value": "<img src=1>" }], "code": { "text": "\"reference\": \"Patient/x\"><img src=2>" }, "subject": { "reference": "Patient/{{patient["id"]}}" }, "created": "2026", "author": { "display": "<img src=3>" } }""");

        var list = await sandbox.SendAsync(HttpMethod.Get, "/patients", null, ("Accept", "text/html"));
        var page = await sandbox.SendAsync(HttpMethod.Get, "Basic", null, ("Accept", "text/html,application/xhtml+xml,*/*;q=0.8"));
        var (listHtml, html) = (await list.Content.ReadAsStringAsync(), await page.Content.ReadAsStringAsync());

        using (Assert.EnterMultipleScope())
        {
            Assert.That(page.Content.Headers.ContentType?.MediaType, Is.EqualTo("text/html"));
            Assert.That(page.Headers.GetValues("Content-Security-Policy").Single(), Does.StartWith("default-src 'none'"));
            Assert.That(html, Does.Contain($"<a href=\"/api/FHIR/R4/Patient/{patient["id"]}\">").And.Not.Contain("<img"));
            Assert.That(listHtml, Does.Contain("&lt;script&gt;").And.Not.Contain("<script"));
        }
    }

    [Test]
    public async Task The_root_leads_to_the_patients()
    {
        await using var sandbox = await RunningSandbox.StartAsync(options => options with { Seed = true });

        var root = await sandbox.Http.GetAsync("/");
        var list = await sandbox.Http.GetStringAsync(root.Headers.Location);

        Assert.That(list, Does.Contain("Rosa Maldonado").And.Contain("/api/FHIR/R4/Encounter?patient=rosa-m"));
    }

    [Test]
    public async Task The_statement_claims_what_the_server_does()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var statement = await sandbox.GetAsync("metadata");

        using (Assert.EnterMultipleScope())
            foreach (var resource in statement["rest"]![0]!["resource"]!.AsArray())
                foreach (var parameter in resource!["searchParam"]!.AsArray())
                {
                    var value = parameter!["type"]!.GetValue<string>() == "date" ? "2026" : "x";
                    var response = await sandbox.SendAsync(HttpMethod.Get, $"{resource["type"]}?{parameter["name"]}={value}", null, ("Prefer", "handling=strict"));
                    Assert.That((int)response.StatusCode, Is.EqualTo(200), $"{resource["type"]}?{parameter["name"]}");
                }
    }

    [TestCase("optional", null, 200)]
    [TestCase("optional", "Bearer good", 200)]
    [TestCase("optional", "Bearer forged", 401)]
    [TestCase("required", null, 401)]
    [TestCase("required", "Bearer good", 200)]
    [TestCase("required", "Basic Z29vZDo=", 401)]
    public async Task A_token_is_checked_when_sent_and_wanted_when_required(string tokens, string? header, int status)
    {
        await using var sandbox = await RunningSandbox.StartAsync(options => options with { Tokens = tokens, TokenIsGood = (token, _) => ValueTask.FromResult(token == "good") });

        var response = await sandbox.SendAsync(HttpMethod.Get, "Patient", null, header is null ? [] : [("Authorization", header)]);
        var metadata = await sandbox.Http.GetAsync("metadata");

        using (Assert.EnterMultipleScope())
        {
            Assert.That((int)response.StatusCode, Is.EqualTo(status));
            Assert.That(response.Headers.WwwAuthenticate.Count, Is.EqualTo(status == 401 ? 1 : 0));
            Assert.That((int)metadata.StatusCode, Is.EqualTo(200));
        }
    }

    [Test]
    public async Task A_port_in_use_stops_the_start_and_names_the_setting()
    {
        await using var sandbox = await RunningSandbox.StartAsync();

        Assert.That(() => RunningSandbox.StartAsync(options => options with { Url = sandbox.BaseUrl.GetLeftPart(UriPartial.Authority) }),
            Throws.TypeOf<SandboxStartException>().With.Message.Contains("Ehr__Sandbox__Url"));
    }

    [TestCase("http://0.0.0.0:5090", "open", "optional", "Ehr__Sandbox__Url")]
    [TestCase("https://localhost:5090", "open", "optional", "Ehr__Sandbox__Url")]
    [TestCase("http://localhost:0", "closed", "optional", "Ehr__Sandbox__Capabilities")]
    [TestCase("http://localhost:0", "open", "sometimes", "Ehr__Sandbox__Tokens")]
    public void A_bad_setting_stops_the_start_and_is_named(string url, string capabilities, string tokens, string named) =>
        Assert.That(() => RunningSandbox.StartAsync(options => options with { Url = url, Capabilities = capabilities, Tokens = tokens }), Throws.TypeOf<SandboxStartException>().With.Message.Contains(named));
}
