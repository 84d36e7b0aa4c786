using Microsoft.AspNetCore.Http;

namespace ChwFhir.Sandbox.Rest;

/// <summary>A call may come without a token unless they are required; a token that is sent is always checked.</summary>
internal static class Tokens
{
    public static async ValueTask<FhirAnswer?> RefuseAsync(HttpRequest request, SandboxOptions options, CancellationToken cancellationToken)
    {
        var header = request.Headers.Authorization.FirstOrDefault();
        if (header is null)
            return options.Tokens == "required" ? Refused("Bearer", "login", "This server wants a bearer token.") : null;
        if (header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) && options.TokenIsGood is { } isGood && await isGood(header["Bearer ".Length..].Trim(), cancellationToken))
            return null;
        return Refused("Bearer error=\"invalid_token\"", "security", "This token is not one that this server gave, or has expired.");
    }

    private static FhirAnswer Refused(string challenge, string code, string words) => new Refusal(401, code, words).Answer() with { WwwAuthenticate = challenge };
}
