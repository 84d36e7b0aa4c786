using System.Security.Claims;
using System.Text.Json;
using ChwFhir.Ehr;
using ChwFhir.Intake;
using Microsoft.Extensions.Options;

namespace ChwFhir.Access;

/// <summary>What a checked token of the site's issuer says, in our own words: for the API's bearer tokens and for sign-in to the app alike.</summary>
public sealed class TokenClaims(IOptions<TokenOptions> options, PanelFile file, EhrConnection ehr)
{
    private const int LongestName = 200;
    private readonly TokenOptions options = options.Value;

    /// <summary>Null when it does not say who it is.</summary>
    public Caller? Read(ClaimsPrincipal token, CallerKind kind)
    {
        if (token.FindFirst(options.SubjectClaim)?.Value is not { Length: > 0 } subject)
            return null;

        var name = options.NameClaims.Select(claim => token.FindFirst(claim)?.Value.Trim()).FirstOrDefault(value => value is { Length: > 0 }) ?? subject;
        // The site's own list goes before what its issuer says.
        var listed = file.Of(subject);
        return new Caller(
            subject, name.Length <= LongestName ? name : name[..LongestName], listed?.Roles ?? Roles(token), listed?.Practitioner ?? PractitionerOf(token.FindFirst(options.PractitionerClaim)?.Value), kind, null);
    }

    /// <summary>The scopes that a token has: <c>scp</c> as Entra ID writes them, <c>scope</c> as RFC 9068 does.</summary>
    public static IReadOnlySet<string> Scopes(ClaimsPrincipal token) =>
        token.FindAll(claim => claim.Type is "scp" or "scope").SelectMany(claim => claim.Value.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToHashSet(StringComparer.Ordinal);

    private HashSet<Role> Roles(ClaimsPrincipal token)
    {
        var roles = new HashSet<Role>();
        foreach (var word in Values(token, options.RoleClaim))
        {
            var ours = options.Roles.Count == 0 ? word : options.Roles.GetValueOrDefault(word);
            if (ours is not null && Words.TryParse<Role>(ours, out var role))
                roles.Add(role);
        }
        return roles;
    }

    // Some issuers name a claim by an address, which has dots as well: the whole name goes before the path.
    private static IEnumerable<string> Values(ClaimsPrincipal token, string path)
    {
        if (token.HasClaim(claim => claim.Type == path))
            return token.FindAll(path).Select(claim => claim.Value);
        var parts = path.Split('.');
        return parts.Length == 1 ? [] : token.FindAll(parts[0]).SelectMany(claim => Within(claim.Value, parts.AsMemory(1)));
    }

    private static IReadOnlyList<string> Within(string json, ReadOnlyMemory<string> path)
    {
        try
        {
            using var value = JsonDocument.Parse(json);
            var here = value.RootElement;
            foreach (var part in path.Span)
            {
                if (here.ValueKind != JsonValueKind.Object || !here.TryGetProperty(part, out here))
                    return [];
            }
            return here.ValueKind switch
            {
                JsonValueKind.String => [here.GetString()!],
                JsonValueKind.Array => [.. here.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()!)],
                _ => [],
            };
        }
        catch (JsonException)
        {
            return [];
        }
    }

    // Somebody of another EHR is nobody here, whatever their number.
    private string? PractitionerOf(string? said)
    {
        if (string.IsNullOrWhiteSpace(said))
            return null;
        if (!said.Contains('/', StringComparison.Ordinal))
            said = $"Practitioner/{said}";
        return FhirReference.TryParse(said.Trim(), out var reference) && reference.Type == "Practitioner" && (reference.Base is null || reference.Base.TrimEnd('/') == ehr.Id)
            ? $"Practitioner/{reference.Id}"
            : null;
    }
}
