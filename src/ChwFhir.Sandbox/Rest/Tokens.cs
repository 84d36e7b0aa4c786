using ChwFhir.Sandbox.Smart;
using Microsoft.AspNetCore.Http;

namespace ChwFhir.Sandbox.Rest;

/// <summary>A call may come without a token unless they are required; a token that is sent is always checked, and holds the call to what it is for.</summary>
internal static class Tokens
{
    public static async ValueTask<(Access Access, FhirAnswer? Refused)> CheckAsync(HttpRequest request, SandboxOptions options, AuthorizationServer authorization, CancellationToken cancellationToken)
    {
        var header = request.Headers.Authorization.FirstOrDefault();
        if (header is null)
            return (Access.Everything, options.Tokens == "required" ? Refused("Bearer", "login", "This server wants a bearer token.") : null);
        if (header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) && await AccessOfAsync(header["Bearer ".Length..].Trim(), options, authorization, cancellationToken) is { } access)
            return (access, null);
        return (Access.Everything, Refused("Bearer error=\"invalid_token\"", "security", "This token is not one that this server gave, or has expired."));
    }

    private static async ValueTask<Access?> AccessOfAsync(string token, SandboxOptions options, AuthorizationServer authorization, CancellationToken cancellationToken) =>
        authorization.AccessOf(token) ?? (options.TokenIsGood is { } isGood && await isGood(token, cancellationToken) ? Access.Everything : null);

    private static FhirAnswer Refused(string challenge, string code, string words) => new Refusal(401, code, words).Answer() with { WwwAuthenticate = challenge };
}
