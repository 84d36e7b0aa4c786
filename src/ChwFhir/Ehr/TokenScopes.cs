using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace ChwFhir.Ehr;

/// <summary>What the present token may do, as far as that is known: the answer that brought the token says it, else perhaps the token itself.</summary>
public sealed class TokenScopes
{
    private volatile Said said = new(null, null);

    /// <summary>Null where nothing is said of resources. The same object as long as the same is granted.</summary>
    public GrantedScopes? Granted => said.Granted;

    /// <param name="scope">The <c>scope</c> of a token answer.</param>
    public void Grant(string? scope)
    {
        if (scope != said.Scope)
            said = new Said(scope, GrantedScopes.Parse(scope));
    }

    internal static TokenScopes Of(EhrAuthOptions auth)
    {
        var scopes = new TokenScopes();
        if (auth is { Mode: EhrAuthOptions.Bearer, Token: { } token })
            scopes.Grant(Inside(token.Reveal()));
        return scopes;
    }

    // Only read, never believed for anything but leaving out what would be refused: the signature is for the EHR to check.
    private static string? Inside(string token)
    {
        if (token.Split('.') is not [_, var claims, _])
            return null;
        try
        {
            using var json = JsonDocument.Parse(Base64Url.DecodeFromChars(claims.AsSpan().TrimEnd('=')));
            return Claim(json.RootElement, "scope") ?? Claim(json.RootElement, "scp");
        }
        catch (Exception opaque) when (opaque is FormatException or JsonException or DecoderFallbackException)
        {
            return null;
        }
    }

    private sealed record Said(string? Scope, GrantedScopes? Granted);

    private static string? Claim(JsonElement claims, string name)
    {
        if (claims.ValueKind != JsonValueKind.Object || !claims.TryGetProperty(name, out var claim))
            return null;

        return claim.ValueKind switch
        {
            JsonValueKind.String => claim.GetString(),
            JsonValueKind.Array => string.Join(' ', claim.EnumerateArray().Where(one => one.ValueKind == JsonValueKind.String).Select(one => one.GetString())),
            _ => null,
        };
    }
}
