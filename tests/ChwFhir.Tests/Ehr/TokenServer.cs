using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json;
using ChwFhir.Fhir;
using ChwFhir.Fhir.Smart;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace ChwFhir.Tests.Ehr;

/// <summary>
/// An EHR with an authorization server over real HTTP. It checks assertions with Microsoft.IdentityModel and the registered key set, refuses one that was shown before,
/// and lets nobody in without a token that it gave and has not taken back.
/// </summary>
internal sealed class TokenServer : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ConcurrentDictionary<string, bool> good = new();
    private readonly ConcurrentDictionary<string, bool> shown = new();
    private int given;

    private TokenServer(WebApplication app) => this.app = app;

    public string Origin => app.Urls.First();
    public string Base => $"{Origin}/fhir";
    public string TokenEndpoint => $"{Origin}/oauth2/token";

    /// <summary>The key set that the client registered.</summary>
    public string Jwks { get; set; } = """{"keys":[]}""";

    /// <summary><c>scope</c> of the answers; null leaves it out.</summary>
    public string? Scope { get; set; } = "system/*.cruds";

    public string ExpiresIn { get; set; } = "300";

    /// <summary>Answers in the place of the token endpoint, when it gives any.</summary>
    public Func<IResult?> Instead { get; set; } = () => null;

    /// <summary>Of the smart-configuration; null where there is none.</summary>
    public Func<TokenServer, string?> Configuration { get; set; } = server => JsonSerializer.Serialize(new { token_endpoint = server.TokenEndpoint, capabilities = new[] { "client-confidential-asymmetric" }, grant_types_supported = new[] { "client_credentials" } });

    public TimeSpan Delay { get; set; }

    /// <summary>Forms that came to the token endpoint.</summary>
    public ConcurrentQueue<IReadOnlyDictionary<string, string>> Asked { get; } = [];

    /// <summary>What the FHIR side was shown: path and Authorization.</summary>
    public ConcurrentQueue<(string Path, string Authorization)> Seen { get; } = [];

    /// <summary>Why the last assertion did not hold.</summary>
    public string? Fault { get; private set; }

    public int Given => given;

    public static async Task<TokenServer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        var server = new TokenServer(app);
        app.MapGet("/fhir/.well-known/smart-configuration", (HttpRequest request) => server.Describe(request));
        app.MapPost("/oauth2/token", server.TokenAsync);
        app.Map("/{**rest}", server.Fhir);
        await app.StartAsync();
        return server;
    }

    /// <summary>Takes back every token that it gave.</summary>
    public void TakeBack() => good.Clear();

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
    }

    private IResult Describe(HttpRequest request)
    {
        Seen.Enqueue((request.Path, request.Headers.Authorization.ToString()));
        return Configuration(this) is { } json ? Results.Text(json, "application/json") : Results.NotFound();
    }

    private async Task<IResult> TokenAsync(HttpRequest request)
    {
        var form = await request.ReadFormAsync();
        Asked.Enqueue(form.ToDictionary(field => field.Key, field => field.Value.ToString()));
        await Task.Delay(Delay);
        if (Instead() is { } other)
            return other;
        if (form["grant_type"] != "client_credentials" || form["client_assertion_type"] != ClientAssertion.Type || !await HoldsAsync(form["client_assertion"].ToString()))
            return Results.Json(new { error = "invalid_client", error_description = "marker-9f2 of the server" }, statusCode: 400);

        var token = $"marker-9f2-token-{Interlocked.Increment(ref given).ToString(CultureInfo.InvariantCulture)}";
        good[token] = true;
        var scope = Scope is null ? "" : $",\"scope\":{JsonSerializer.Serialize(Scope)}";
        return Results.Text($$"""{"access_token":"{{token}}","token_type":"bearer","expires_in":{{ExpiresIn}}{{scope}}}""", "application/json");
    }

    private async Task<bool> HoldsAsync(string assertion)
    {
        var result = await new JsonWebTokenHandler().ValidateTokenAsync(assertion, new TokenValidationParameters
        {
            ValidIssuer = "chwfhir-backend",
            ValidAudience = TokenEndpoint,
            ValidAlgorithms = ["RS384", "ES384"],
            IssuerSigningKeys = new JsonWebKeySet(Jwks).GetSigningKeys(),
            TryAllIssuerSigningKeys = false,
            // The service under test may live by a clock of its own.
            ValidateLifetime = false,
        });
        Fault = result.Exception?.Message;
        return result.IsValid && result.SecurityToken is JsonWebToken { Subject: "chwfhir-backend", Id: { Length: > 0 and <= 151 } id } token
            && token.ValidTo - token.IssuedAt <= TimeSpan.FromMinutes(5) && shown.TryAdd(id, true);
    }

    private IResult Fhir(HttpRequest request)
    {
        var authorization = request.Headers.Authorization.ToString();
        Seen.Enqueue((request.Path, authorization));
        if (!authorization.StartsWith("Bearer ", StringComparison.Ordinal) || !good.ContainsKey(authorization["Bearer ".Length..]))
            return Results.Unauthorized();
        var body = request.Path == "/fhir/metadata" ? FhirJson.ToBytes(Statements.Open) : Encoding.UTF8.GetBytes($$"""{"resourceType":"Patient","id":"{{request.Path.Value!.Split('/')[^1]}}"}""");
        return HttpMethods.IsPost(request.Method) ? Results.StatusCode(201) : Results.Bytes(body, "application/fhir+json");
    }
}
