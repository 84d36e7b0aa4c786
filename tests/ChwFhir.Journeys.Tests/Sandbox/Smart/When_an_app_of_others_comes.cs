using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ChwFhir.Sandbox.Smart;
using ChwFhir.Testing;
using NUnit.Framework;

namespace ChwFhir.Journeys.Tests.Sandbox.Smart;

public sealed class When_an_app_of_others_comes
{
    private const string Ehr = "launch openid fhirUser offline_access patient/Patient.rs patient/Encounter.rs user/Practitioner.r";
    private const string Alone = "launch/patient launch/encounter openid fhirUser offline_access patient/Patient.read patient/Encounter.read user/Practitioner.read";

    [TestCase(ClientKind.Public, "open")]
    [TestCase(ClientKind.Secret, "open")]
    [TestCase(ClientKind.PrivateKeyJwt, "open")]
    [TestCase(ClientKind.PrivateKeyJwt, "epic")]
    public async Task It_opens_from_a_chart_reads_it_and_refreshes(ClientKind kind, string capabilities)
    {
        await using var town = await TownAsync(kind, capabilities, "pages");

        var launch = (await town.Browser.GetAsync(new Uri(town.Sandbox.Root, "/charts/rosa-m/launch?user=chw-1&encounter=rosa-m-home-1&in=window"))).Headers.Location!;
        var shown = await town.FollowAsync(launch);
        var refreshed = await JsonAsync(await town.Browser.GetAsync(new Uri(launch, "/refresh")));
        var others = await JsonAsync(await town.Browser.GetAsync(new Uri(launch, "/read?of=Patient/walter-b")));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(shown["patientId"]?.GetValue<string>(), Is.EqualTo("rosa-m"), shown.ToJsonString());
            Assert.That(shown["encounterId"]?.GetValue<string>(), Is.EqualTo("rosa-m-home-1"));
            Assert.That(shown["userType"]?.GetValue<string>(), Is.EqualTo("Practitioner"));
            Assert.That(shown["patient"]?["birthDate"]?.GetValue<string>(), Is.EqualTo("1963-04-02"));
            Assert.That(shown["user"]?["id"]?.GetValue<string>(), Is.EqualTo("chw-1"));
            Assert.That(shown["visits"]?.AsArray().Select(id => id!.GetValue<string>()), Does.Contain("rosa-m-home-2"));
            // This library refreshes without an assertion; a client that is registered with keys has to send one.
            Assert.That(refreshed["changed"]?.GetValue<bool>() ?? false, Is.EqualTo(kind != ClientKind.PrivateKeyJwt), refreshed.ToJsonString());
            Assert.That(others["status"]?.GetValue<int>(), Is.EqualTo(403));
        }
    }

    [Test]
    public async Task It_comes_on_its_own_and_a_person_clicks_through()
    {
        await using var town = await TownAsync(ClientKind.Public, "open", "pages");

        var login = await town.UntilPageAsync(new Uri(town.App, "/launch"));
        var session = Regex.Match(login, "name=\"session\" value=\"([^\"]+)\"").Groups[1].Value;
        await town.Sandbox.PostAsync("/oauth2/continue", ("session", session), ("user", "nurse-1"));
        await town.Sandbox.PostAsync("/oauth2/continue", ("session", session), ("patient", "evelyn-h"));
        var back = await town.Sandbox.PostAsync("/oauth2/continue", ("session", session), ("encounter", "evelyn-h-home-1"));
        var shown = await town.FollowAsync(back.Headers.Location!);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(shown["patientId"]?.GetValue<string>(), Is.EqualTo("evelyn-h"), shown.ToJsonString());
            Assert.That(shown["encounterId"]?.GetValue<string>(), Is.EqualTo("evelyn-h-home-1"));
            Assert.That(shown["user"]?["id"]?.GetValue<string>(), Is.EqualTo("nurse-1"));
            Assert.That(shown["scope"]?.GetValue<string>(), Is.EqualTo(Alone));
        }
    }

    private static async Task<FriendlyTown> TownAsync(ClientKind kind, string capabilities, string login)
    {
        Needs.SmartClient();
        var port = Ports.Free();
        var app = new Uri($"http://127.0.0.1:{port}");
        var key = new SomeKey();
        var sandbox = await SmartSandbox.StartAsync(options => options with
        {
            Capabilities = capabilities,
            Tokens = "required",
            Login = login,
            Clients =
            [
                new SandboxClient
                {
                    Id = "foreign", Kind = kind, Secret = kind == ClientKind.Secret ? SmartSandbox.TheSecret : null, Jwks = kind == ClientKind.PrivateKeyJwt ? key.Set : null,
                    RedirectUris = [$"{app}callback"], LaunchUrl = $"{app}launch"
                }
            ]
        });
        List<(string, string)> settings = [("ISS", sandbox.Base), ("CLIENT", "foreign"), ("SCOPE", Alone), ("SCOPE_EHR", Ehr)];
        if (kind == ClientKind.Secret)
            settings.Add(("SECRET", SmartSandbox.TheSecret));
        if (kind == ClientKind.PrivateKeyJwt)
            settings.Add(("PRIVATE_JWK", key.Private.ToJsonString()));
        return new FriendlyTown(sandbox, await ForeignApp.StartAsync(port, [.. settings]), app);
    }

    private static async Task<JsonNode> JsonAsync(HttpResponseMessage response) => JsonNode.Parse(await response.Content.ReadAsStringAsync())!;

    private sealed record FriendlyTown(SmartSandbox Sandbox, ForeignApp Process, Uri App) : IAsyncDisposable
    {
        /// <summary>Keeps cookies and follows nothing by itself.</summary>
        public HttpClient Browser { get; } = new(new HttpClientHandler { AllowAutoRedirect = false });

        public async Task<JsonNode> FollowAsync(Uri address) => JsonNode.Parse(await UntilPageAsync(address))!;

        public async Task<string> UntilPageAsync(Uri address)
        {
            for (var steps = 0; steps < 10; steps++)
            {
                var answer = await Browser.GetAsync(address);
                if (answer.StatusCode is not (HttpStatusCode.Redirect or HttpStatusCode.SeeOther))
                    return await answer.Content.ReadAsStringAsync();
                address = new Uri(address, answer.Headers.Location!);
            }
            throw new InvalidOperationException("Redirects without end.");
        }

        public async ValueTask DisposeAsync()
        {
            Browser.Dispose();
            await Process.DisposeAsync();
            await Sandbox.DisposeAsync();
        }
    }
}
