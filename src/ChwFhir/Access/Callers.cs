using System.Security.Claims;
using ChwFhir.Intake;

namespace ChwFhir.Access;

/// <summary>Callers as the principals that the host passes about, and back.</summary>
public static class Callers
{
    /// <summary>Null for who has not come in by a door of ours.</summary>
    public static Caller? Of(ClaimsPrincipal? principal)
    {
        if (principal?.FindFirst(CallerClaims.Subject)?.Value is not { Length: > 0 } subject || !Words.TryParse<CallerKind>(principal.FindFirst(CallerClaims.Kind)?.Value ?? "", out var kind))
            return null;

        var roles = new HashSet<Role>();
        foreach (var claim in principal.FindAll(CallerClaims.Role))
        {
            if (Words.TryParse<Role>(claim.Value, out var role))
                roles.Add(role);
        }
        return new Caller(
            subject, principal.FindFirst(CallerClaims.Name)?.Value ?? subject, roles, principal.FindFirst(CallerClaims.Practitioner)?.Value, kind, principal.FindFirst(CallerClaims.Patient)?.Value);
    }

    /// <summary>All that the host has to remember of a caller, as a cookie or for one request.</summary>
    /// <param name="scheme">The authentication scheme that let them in.</param>
    public static ClaimsPrincipal Principal(Caller caller, string scheme) => new(new ClaimsIdentity(Claims(caller), scheme, CallerClaims.Name, CallerClaims.Role));

    private static IEnumerable<Claim> Claims(Caller caller)
    {
        yield return new Claim(CallerClaims.Subject, caller.Subject);
        yield return new Claim(CallerClaims.Name, caller.Name);
        yield return new Claim(CallerClaims.Kind, Words.Of(caller.Kind));
        foreach (var role in caller.Roles)
            yield return new Claim(CallerClaims.Role, Words.Of(role));
        if (caller.Practitioner is { } practitioner)
            yield return new Claim(CallerClaims.Practitioner, practitioner);
        if (caller.LaunchedPatient is { } patient)
            yield return new Claim(CallerClaims.Patient, patient);
    }
}
