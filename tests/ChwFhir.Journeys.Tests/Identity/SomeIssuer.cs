using System.Security.Claims;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace ChwFhir.Journeys.Identity;

/// <summary>An OpenID Connect issuer on this machine: discovery, a key, tokens.</summary>
internal sealed class SomeIssuer : IAsyncDisposable
{
    public const string Audience = "chwfhir";
    private readonly WebApplication app;

    private SomeIssuer(WebApplication app, RsaSecurityKey key) => (this.app, Key) = (app, key);

    public RsaSecurityKey Key { get; }

    public string Url => app.Urls.First();

    public static async Task<SomeIssuer> StartAsync()
    {
        var key = new RsaSecurityKey(RSA.Create(2048)) { KeyId = "k1" };
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var open = key.Rsa.ExportParameters(false);
        app.Run(context => context.Request.Path.Value switch
        {
            "/.well-known/openid-configuration" => context.Response.WriteAsJsonAsync(new { issuer = app.Urls.First(), jwks_uri = app.Urls.First() + "/keys" }),
            _ => context.Response.WriteAsync($$"""{"keys":[{"kty":"RSA","kid":"k1","use":"sig","n":"{{Base64UrlEncoder.Encode(open.Modulus)}}","e":"{{Base64UrlEncoder.Encode(open.Exponent)}}"}]}"""),
        });
        await app.StartAsync();
        return new SomeIssuer(app, key);
    }

    /// <summary>A good token.</summary>
    public string Token(string subject, string? role = null, params (string Name, object Value)[] claims) => Token(descriptor =>
    {
        descriptor.Claims = claims.ToDictionary(claim => claim.Name, claim => claim.Value);
        descriptor.Claims["sub"] = subject;
        if (role is not null)
            descriptor.Claims["roles"] = new[] { role };
    });

    /// <summary>A good token but for what is changed.</summary>
    public string Token(Action<SecurityTokenDescriptor> change)
    {
        var descriptor = new SecurityTokenDescriptor
        {
            Issuer = Url,
            Audience = Audience,
            IssuedAt = DateTime.UtcNow.AddMinutes(-2),
            NotBefore = DateTime.UtcNow.AddMinutes(-2),
            Expires = DateTime.UtcNow.AddMinutes(10),
            Subject = new ClaimsIdentity(),
            Claims = new Dictionary<string, object> { ["sub"] = "somebody", ["roles"] = new[] { "chw" } },
            SigningCredentials = new SigningCredentials(Key, SecurityAlgorithms.RsaSha256),
        };
        change(descriptor);
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(descriptor);
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        Key.Rsa.Dispose();
    }
}
