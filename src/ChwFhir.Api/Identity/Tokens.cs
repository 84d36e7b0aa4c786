using System.Security.Claims;
using ChwFhir.Access;
using Microsoft.AspNetCore.Authentication.JwtBearer;

namespace ChwFhir.Api.Identity;

/// <summary>What is taken for a token of the site's issuer.</summary>
internal static class Tokens
{
    /// <summary>Of a key pair only: whoever knows an issuer's public key must not be able to sign, and nobody with none.</summary>
    public static readonly string[] Algorithms = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"];

    public static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(1);

    /// <summary>The caller in our own claims, with the scopes that the token has; nothing else of it is passed on.</summary>
    public static ClaimsPrincipal Principal(Caller caller, ClaimsPrincipal token)
    {
        var principal = Callers.Principal(caller, JwtBearerDefaults.AuthenticationScheme);
        ((ClaimsIdentity)principal.Identity!).AddClaims(TokenClaims.Scopes(token).Select(scope => new Claim(CallerClaims.Scope, scope)));
        return principal;
    }
}
