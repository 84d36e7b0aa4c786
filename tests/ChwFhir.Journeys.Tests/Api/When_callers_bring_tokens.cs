using System.Net.Http.Headers;
using System.Security.Cryptography;
using ChwFhir.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using NUnit.Framework;

namespace ChwFhir.Journeys.Api;

/// <summary>Production: an issuer of our own on this machine stands for the site's.</summary>
internal sealed class When_callers_bring_tokens
{
    private const string Audience = "chwfhir";
    private readonly RsaSecurityKey key = new(RSA.Create(2048)) { KeyId = "k1" };
    private WebApplication issuer = null!;
    private Town town = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        issuer = builder.Build();
        issuer.Run(context => context.Request.Path.Value switch
        {
            "/.well-known/openid-configuration" => context.Response.WriteAsJsonAsync(new { issuer = issuer.Urls.First(), jwks_uri = issuer.Urls.First() + "/keys" }),
            _ => context.Response.WriteAsync($$"""{"keys":[{"kty":"RSA","kid":"k1","use":"sig","n":"{{Base64UrlEncoder.Encode(key.Rsa.ExportParameters(false).Modulus)}}","e":"{{Base64UrlEncoder.Encode(key.Rsa.ExportParameters(false).Exponent)}}"}]}"""),
        });
        await issuer.StartAsync();
        town = await Town.StartAsync(
            ("environment", "Production"), ("Storage__KeyFile", StoreKeyFile.Name), ("Ehr__BaseUrl", $"http://127.0.0.1:{Ports.Free()}/fhir"),
            ("Auth__Authority", issuer.Urls.First()), ("Auth__Audience", Audience), ("Auth__Panel", "open"));
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        await town.DisposeAsync();
        await issuer.DisposeAsync();
        key.Rsa.Dispose();
    }

    [Test]
    public async Task A_good_one_opens_the_door() => Assert.That(await StatusAsync(Token(Audience, TimeSpan.FromMinutes(5))), Is.EqualTo(200));

    [Test]
    public async Task None_does_not() => Assert.That(await StatusAsync(null), Is.EqualTo(401));

    [Test]
    public async Task Noise_does_not() => Assert.That(await StatusAsync("noise"), Is.EqualTo(401));

    [Test]
    public async Task One_for_somebody_else_does_not() => Assert.That(await StatusAsync(Token("other", TimeSpan.FromMinutes(5))), Is.EqualTo(401));

    [Test]
    public async Task One_that_has_run_out_does_not() => Assert.That(await StatusAsync(Token(Audience, TimeSpan.FromMinutes(-10))), Is.EqualTo(401));

    [Test]
    public async Task The_first_page_shows_no_patient_and_no_sample()
    {
        var page = await town.Http.GetStringAsync("/");

        Assert.That(page, Does.Not.Contain("Patient/").And.Not.Contain("<form"));
    }

    private async Task<int> StatusAsync(string? token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/visit-notes");
        if (token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var answer = await town.Http.SendAsync(request);
        if (!answer.IsSuccessStatusCode)
            Assert.That(answer.Content.Headers.ContentType?.MediaType, Is.EqualTo("application/problem+json"));
        return (int)answer.StatusCode;
    }

    private string Token(string audience, TimeSpan life) => new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
    {
        Issuer = issuer.Urls.First(),
        Audience = audience,
        IssuedAt = DateTime.UtcNow.AddMinutes(-20),
        NotBefore = DateTime.UtcNow.AddMinutes(-20),
        Expires = DateTime.UtcNow + life,
        Claims = new Dictionary<string, object> { ["sub"] = "somebody", ["roles"] = "chw" },
        SigningCredentials = new SigningCredentials(key, SecurityAlgorithms.RsaSha256),
    });
}
