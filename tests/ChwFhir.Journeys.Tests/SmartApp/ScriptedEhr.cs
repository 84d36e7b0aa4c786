using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace ChwFhir.Journeys.SmartApp;

/// <summary>An EHR with an authorization server that says whatever a test wants: the far shore, good or bad. It hears everything.</summary>
internal sealed class ScriptedEhr : IAsyncDisposable
{
    private readonly WebApplication app;

    private ScriptedEhr(WebApplication app) => this.app = app;

    public Uri Root => new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    public string FhirBase => $"{Root.AbsoluteUri.TrimEnd('/')}/fhir";

    public string Issuer => $"{Root.AbsoluteUri.TrimEnd('/')}/oauth2";

    public RSA Key { get; } = RSA.Create(2048);

    /// <summary>Method and path of all that was asked.</summary>
    public ConcurrentQueue<string> Heard { get; } = [];

    /// <summary>Fields of what came to the token endpoint, in order.</summary>
    public ConcurrentQueue<IReadOnlyDictionary<string, string>> Redeemed { get; } = [];

    /// <summary>Bearer tokens that came with FHIR requests.</summary>
    public ConcurrentQueue<string> Bearers { get; } = [];

    /// <summary>What the next id_token says, after the test has changed it; null leaves it out.</summary>
    public Func<SecurityTokenDescriptor, string?> IdToken { get; set; } = descriptor => new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(descriptor);

    /// <summary>What is changed in the token answer.</summary>
    public Action<JsonObject> Answer { get; set; } = _ => { };

    /// <summary>What a refresh is answered with; null refuses it.</summary>
    public Func<JsonObject?> Refresh { get; set; } = () => null;

    /// <summary>Fields of what came to be revoked.</summary>
    public ConcurrentQueue<IReadOnlyDictionary<string, string>> Revoked { get; } = [];

    /// <summary>The status that a revocation is answered with.</summary>
    public Func<CancellationToken, Task<int>> Revocation { get; set; } = _ => Task.FromResult(200);

    public Action<JsonObject> Configuration { get; set; } = _ => { };

    /// <summary>Whether a FHIR request with this token is let in.</summary>
    public Func<string, bool> Takes { get; set; } = _ => true;

    /// <summary>FHIR by <c>Type</c> for searches and <c>Type/id</c> for reads.</summary>
    public ConcurrentDictionary<string, JsonNode> Chart { get; } = new();

    /// <summary>FHIR types that are not answered, but with this status.</summary>
    public ConcurrentDictionary<string, int> Failing { get; } = new();

    /// <summary>How long each FHIR request waits for its answer.</summary>
    public TimeSpan Delay { get; set; }

    /// <summary>What the answer to a FHIR request waits for, by its path.</summary>
    public Func<string, Task> Until { get; set; } = _ => Task.CompletedTask;

    /// <summary>Of the sign-in that is under way, as the authorization request carried it.</summary>
    public string? Nonce { get; set; }

    public string Patient { get; set; } = "p1";

    public static async Task<ScriptedEhr> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var ehr = new ScriptedEhr(builder.Build());
        ehr.Route();
        ehr.Chart["Patient/p1"] = Json("""{"resourceType":"Patient","id":"p1","name":[{"text":"Rosa Example"}],"birthDate":"1963-04-02","gender":"female"}""");
        ehr.Chart["Practitioner/doc-1"] = Json("""{"resourceType":"Practitioner","id":"doc-1","name":[{"text":"Dr. Ada Example"}]}""");
        await ehr.app.StartAsync();
        return ehr;
    }

    public static JsonNode Json(string json) => JsonNode.Parse(json)!;

    public SecurityTokenDescriptor Token(string? nonce) => new()
    {
        Issuer = Issuer,
        Audience = "chwfhir-app",
        IssuedAt = DateTime.UtcNow,
        Expires = DateTime.UtcNow.AddMinutes(5),
        Claims = new Dictionary<string, object> { ["sub"] = "u-1", ["fhirUser"] = "Practitioner/doc-1", ["nonce"] = nonce ?? "" },
        SigningCredentials = new SigningCredentials(new RsaSecurityKey(Key) { KeyId = "k1" }, SecurityAlgorithms.RsaSha256),
    };

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private void Route()
    {
        app.Use(async (context, next) =>
        {
            Heard.Enqueue($"{context.Request.Method} {context.Request.Path}");
            if (Delay > TimeSpan.Zero && context.Request.Path.StartsWithSegments("/fhir"))
                await Task.Delay(Delay, context.RequestAborted);
            await Until(context.Request.Path).WaitAsync(context.RequestAborted);
            await next(context);
        });
        app.MapGet("/fhir/.well-known/smart-configuration", () => Described());
        app.MapGet("/oauth2/.well-known/openid-configuration", () => Described());
        app.MapGet("/jwks", () => Results.Json(new { keys = new[] { Jwk() } }));
        app.MapPost("/token", (Delegate)TokenAsync);
        app.MapPost("/revoke", async (HttpContext context) =>
        {
            Revoked.Enqueue((await context.Request.ReadFormAsync()).ToDictionary(field => field.Key, field => field.Value.ToString()));
            return Results.StatusCode(await Revocation(context.RequestAborted));
        });
        app.MapGet("/fhir/{type}/{id}", (string type, string id, HttpContext context) => Guarded(context, type, () => Chart.TryGetValue($"{type}/{id}", out var found) ? Fhir(found) : Results.StatusCode(404)));
        app.MapGet("/fhir/{type}", (string type, HttpContext context) => type == "metadata"
            ? Results.StatusCode(404)
            : Guarded(context, type, () => Fhir(new JsonObject
            {
                ["resourceType"] = "Bundle",
                ["type"] = "searchset",
                ["entry"] = new JsonArray([.. Chart.Where(one => one.Key.StartsWith(type + "/", StringComparison.Ordinal)).Select(one => new JsonObject { ["resource"] = one.Value.DeepClone(), ["search"] = new JsonObject { ["mode"] = "match" } })]),
            })));
    }

    private IResult Described()
    {
        var root = Root.AbsoluteUri.TrimEnd('/');
        var said = new JsonObject
        {
            ["issuer"] = Issuer,
            ["jwks_uri"] = $"{root}/jwks",
            ["authorization_endpoint"] = $"{root}/authorize",
            ["token_endpoint"] = $"{root}/token",
            ["revocation_endpoint"] = $"{root}/revoke",
            ["code_challenge_methods_supported"] = new JsonArray("S256"),
            ["capabilities"] = new JsonArray("launch-ehr", "permission-online"),
            ["grant_types_supported"] = new JsonArray("authorization_code"),
        };
        Configuration(said);
        return Results.Json(said);
    }

    private async Task<IResult> TokenAsync(HttpContext context)
    {
        var form = await context.Request.ReadFormAsync();
        Redeemed.Enqueue(form.ToDictionary(field => field.Key, field => field.Value.ToString()));
        if (form["grant_type"] == "refresh_token")
            return Refresh() is { } renewed ? Results.Json(renewed) : Results.Json(new { error = "invalid_grant" }, statusCode: 400);

        var answer = new JsonObject
        {
            ["access_token"] = "at-1",
            ["token_type"] = "bearer",
            ["expires_in"] = 3600,
            ["scope"] = "openid fhirUser launch patient/*.rs user/*.rs",
            ["patient"] = Patient,
            ["need_patient_banner"] = "true",
        };
        if (IdToken(Token(Nonce)) is { } token)
            answer["id_token"] = token;
        Answer(answer);
        return Results.Json(answer);
    }

    private IResult Guarded(HttpContext context, string type, Func<IResult> answer)
    {
        var bearer = context.Request.Headers.Authorization.ToString().Replace("Bearer ", "", StringComparison.Ordinal);
        Bearers.Enqueue(bearer);
        if (Failing.TryGetValue(type, out var status))
            return Results.StatusCode(status);
        return Takes(bearer) ? answer() : Results.StatusCode(401);
    }

    private object Jwk()
    {
        var open = Key.ExportParameters(false);
        return new { kty = "RSA", kid = "k1", use = "sig", n = Base64UrlEncoder.Encode(open.Modulus), e = Base64UrlEncoder.Encode(open.Exponent) };
    }

    private static IResult Fhir(JsonNode resource) => Results.Text(resource.ToJsonString(new JsonSerializerOptions()), "application/fhir+json", Encoding.UTF8);
}
