using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ChwFhir.Audit;
using ChwFhir.Journeys.Audit;
using ChwFhir.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.Tokens;

namespace ChwFhir.Journeys.Identity;

/// <summary>Attacks on the API's own door: each ends in 401 with a challenge, before anything is read.</summary>
internal sealed class When_a_token_is_forged
{
    private SomeIssuer issuer = null!;
    private SomeIssuer another = null!;
    private Town town = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        (issuer, another) = (await SomeIssuer.StartAsync(), await SomeIssuer.StartAsync());
        town = await Town.StartAsync(
            ("environment", "Production"), ("Storage__KeyFile", StoreKeyFile.Name), ("Ehr__BaseUrl", $"http://127.0.0.1:{Ports.Free()}/fhir"),
            ("Auth__Authority", issuer.Url), ("Auth__Audience", SomeIssuer.Audience), ("Auth__Panel", "open"));
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        await town.DisposeAsync();
        await issuer.DisposeAsync();
        await another.DisposeAsync();
    }

    [Test]
    public async Task A_good_one_opens_the_door() => Assert.That((await new Somebody(town.Http, issuer.Token("a", "chw")).GetAsync("/api/v1/visit-notes")).Status, Is.EqualTo(200));

    [Test]
    public Task No_token_is_asked_for_one() => IsRefused(null);

    [Test]
    public Task Unsigned_alg_none_is_refused() => IsRefused($"{Part(new { alg = "none", typ = "JWT" })}.{GoodPayload()}.");

    [Test]
    public Task HS256_signed_with_the_public_key_is_refused()
    {
        var head = $"{Part(new { alg = "HS256", typ = "JWT", kid = "k1" })}.{GoodPayload()}";
        var pem = issuer.Key.Rsa.ExportSubjectPublicKeyInfoPem();
        return IsRefused($"{head}.{Base64UrlEncoder.Encode(HMACSHA256.HashData(Encoding.ASCII.GetBytes(pem), Encoding.ASCII.GetBytes(head)))}");
    }

    [Test]
    public Task HS256_signed_with_the_modulus_is_refused()
    {
        var head = $"{Part(new { alg = "HS256", typ = "JWT", kid = "k1" })}.{GoodPayload()}";
        return IsRefused($"{head}.{Base64UrlEncoder.Encode(HMACSHA256.HashData(issuer.Key.Rsa.ExportParameters(false).Modulus!, Encoding.ASCII.GetBytes(head)))}");
    }

    [Test]
    public Task A_token_of_another_issuer_is_refused() => IsRefused(another.Token("a", "chw"));

    [Test]
    public Task Another_issuers_key_under_our_issuers_name_is_refused() => IsRefused(another.Token(token => token.Issuer = issuer.Url));

    [Test]
    public Task A_token_for_another_audience_is_refused() => IsRefused(issuer.Token(token => token.Audience = "another"));

    [Test]
    public Task An_expired_token_is_refused() => IsRefused(issuer.Token(token => token.Expires = DateTime.UtcNow.AddMinutes(-1.5)));

    [Test]
    public Task A_token_that_is_not_valid_yet_is_refused() => IsRefused(issuer.Token(token => (token.NotBefore, token.Expires) = (DateTime.UtcNow.AddMinutes(5), DateTime.UtcNow.AddMinutes(10))));

    [Test]
    public Task A_token_that_never_expires_is_refused() => IsRefused(issuer.Token(token => token.Expires = null));

    [Test]
    public Task A_token_that_was_changed_after_it_was_signed_is_refused()
    {
        var parts = issuer.Token("a", "chw").Split('.');
        return IsRefused($"{parts[0]}.{GoodPayload("privacy")}.{parts[2]}");
    }

    [Test]
    public Task A_token_that_says_not_whose_it_is_is_refused() => IsRefused(issuer.Token(token => token.Claims = new Dictionary<string, object> { ["roles"] = new[] { "chw" } }));

    [Test]
    public async Task The_header_that_picks_a_role_in_Development_picks_none() =>
        Assert.That((await new Somebody(town.Http, issuer.Token("a"), ("X-Dev-Role", "supervisor")).GetAsync("/api/v1/delivery")).Status, Is.EqualTo(403));

    private async Task IsRefused(string? token)
    {
        var before = await RefusalsAsync();

        using var answer = await new Somebody(town.Http, token).RawAsync(HttpMethod.Get, "/api/v1/visit-notes", null);

        using var together = Assert.EnterMultipleScope();
        Assert.That((int)answer.StatusCode, Is.EqualTo(401));
        Assert.That(answer.Headers.WwwAuthenticate.Select(challenge => challenge.Scheme), Is.EqualTo(new[] { "Bearer" }));
        Assert.That(answer.Content.Headers.ContentType?.MediaType, Is.EqualTo("application/problem+json"));
        Assert.That(await Eventually.ItIsAsync(async () => await RefusalsAsync() > before ? "recorded" : null), Is.EqualTo("recorded"));
    }

    private async Task<int> RefusalsAsync() =>
        (await town.Services.GetRequiredService<AuditLog>().ListAsync(new AuditFilter { Outcome = AuditOutcome.Refused, Limit = 100 }, CancellationToken.None)).Items.Count(item => item.Record.Why == "not-signed-in");

    private string GoodPayload(string role = "chw") => Part(new
    {
        iss = issuer.Url, aud = SomeIssuer.Audience, sub = "a", roles = new[] { role },
        nbf = DateTimeOffset.UtcNow.AddMinutes(-2).ToUnixTimeSeconds(), exp = DateTimeOffset.UtcNow.AddMinutes(10).ToUnixTimeSeconds(),
    });

    private static string Part(object part) => Base64UrlEncoder.Encode(JsonSerializer.SerializeToUtf8Bytes(part));
}
