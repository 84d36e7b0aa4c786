using System.Buffers.Text;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using ChwFhir.Sandbox;
using ChwFhir.Sandbox.Smart;
using Microsoft.AspNetCore.WebUtilities;
using NUnit.Framework;

namespace ChwFhir.Journeys.Tests.Sandbox.Smart;

/// <summary>A sandbox with four registered clients, and the steps of OAuth as an app and its browser take them.</summary>
internal sealed class SmartSandbox : IAsyncDisposable
{
    public const string App = "https://app.example/callback";
    public const string OtherApp = "https://other.example/callback";
    public const string TheSecret = "not-a-secret-outside-of-tests";
    private readonly RunningSandbox sandbox;

    private SmartSandbox(RunningSandbox sandbox, SomeKey key, Clock clock)
    {
        (this.sandbox, Key, Clock) = (sandbox, key, clock);
        Root = new Uri(sandbox.BaseUrl.GetLeftPart(UriPartial.Authority));
        Http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = Root };
    }

    public RunningSandbox Fhir => sandbox;
    public HttpClient Http { get; }
    public Uri Root { get; }
    public SomeKey Key { get; }
    public Clock Clock { get; }
    public string Base => sandbox.BaseUrl.AbsoluteUri;
    public string Issuer => $"{Root.AbsoluteUri}oauth2";
    public string TokenUrl => $"{Issuer}/token";

    public static async Task<SmartSandbox> StartAsync(Func<SandboxOptions, SandboxOptions>? with = null)
    {
        var key = new SomeKey();
        var clock = new Clock();
        SandboxClient[] clients =
        [
            new() { Id = "app", Name = "An app", Kind = ClientKind.Public, RedirectUris = [App], LaunchUrl = "https://app.example/launch" },
            new() { Id = "other", Kind = ClientKind.Secret, Secret = TheSecret, RedirectUris = [OtherApp] },
            new() { Id = "writer", Kind = ClientKind.Public, RedirectUris = [App], Scopes = $"{SandboxClient.UserScopes} patient/*.cruds user/*.cruds" },
            new() { Id = "service", Jwks = key.Set, Scopes = "system/*.crus" },
        ];
        var sandbox = await RunningSandbox.StartAsync(options =>
        {
            var usual = options with { Seed = true, Clients = clients, Clock = clock, Login = "auto:nurse-1/rosa-m/rosa-m-home-1" };
            return with?.Invoke(usual) ?? usual;
        });
        return new(sandbox, key, clock);
    }

    /// <summary>The parameters of a good request for rosa-m's chart.</summary>
    public Dictionary<string, string> Wish(string client = "app", string scope = "launch/patient openid fhirUser offline_access patient/*.rs") => new()
    {
        ["response_type"] = "code",
        ["client_id"] = client,
        ["redirect_uri"] = client == "other" ? OtherApp : App,
        ["scope"] = scope,
        ["state"] = "state-of-the-app",
        ["aud"] = Base,
        ["nonce"] = "n-1",
        ["code_challenge"] = Challenge(Verifier),
        ["code_challenge_method"] = "S256"
    };

    public static string Verifier => "a-verifier-of-more-than-forty-three-letters-for-tests";

    public static string Challenge(string verifier) => Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)));

    public Task<HttpResponseMessage> AuthorizeAsync(IDictionary<string, string> wish) => Http.GetAsync(QueryHelpers.AddQueryString("/oauth2/authorize", wish!));

    /// <summary>What came back to the app's address.</summary>
    public async Task<Dictionary<string, string>> CallbackAsync(IDictionary<string, string> wish) => Callback(await AuthorizeAsync(wish));

    public static Dictionary<string, string> Callback(HttpResponseMessage response)
    {
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.SeeOther));
        return QueryHelpers.ParseQuery(response.Headers.Location!.Query).ToDictionary(pair => pair.Key, pair => pair.Value.ToString());
    }

    public Task<HttpResponseMessage> PostAsync(string path, params (string Name, string Value)[] form) =>
        Http.PostAsync(path, new FormUrlEncodedContent(form.Select(pair => KeyValuePair.Create(pair.Name, pair.Value))));

    public Task<HttpResponseMessage> RedeemAsync(string code, string client = "app", string? verifier = null) => PostAsync("/oauth2/token",
        ("grant_type", "authorization_code"), ("code", code), ("redirect_uri", client == "other" ? OtherApp : App), ("client_id", client), ("code_verifier", verifier ?? Verifier));

    /// <summary>The token answer of a whole sign-in.</summary>
    public async Task<JsonNode> SignInAsync(string client = "app", string scope = "launch/patient openid fhirUser offline_access patient/*.rs")
    {
        var back = await CallbackAsync(Wish(client, scope));
        return await RunningSandbox.JsonOf(await RedeemAsync(back["code"], client), 200);
    }

    public Task<HttpResponseMessage> AssertAsync(string assertion, string? scope = null) => PostAsync("/oauth2/token",
        [("grant_type", "client_credentials"), ("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"), ("client_assertion", assertion), .. scope is null ? [] : new[] { ("scope", scope) }]);

    /// <summary>A token of the service for itself.</summary>
    public async Task<string> ServiceTokenAsync(string? scope = null) => (await RunningSandbox.JsonOf(await AssertAsync(Key.Assertion("service", TokenUrl), scope), 200))["access_token"]!.GetValue<string>();

    /// <summary>A call of the FHIR API with a token.</summary>
    public Task<HttpResponseMessage> CallAsync(string token, HttpMethod method, string path, string? json = null, params (string Name, string Value)[] headers) =>
        sandbox.SendAsync(method, path, json, [("Authorization", $"Bearer {token}"), .. headers]);

    public async Task<int> StatusAsync(string token, string path) => (int)(await CallAsync(token, HttpMethod.Get, path)).StatusCode;

    public static async Task AssertErrorAsync(HttpResponseMessage response, string error, int status = 400)
    {
        var body = await RunningSandbox.JsonOf(response, status);
        Assert.That(body["error"]!.GetValue<string>(), Is.EqualTo(error), body.ToJsonString());
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await sandbox.DisposeAsync();
    }
}
