using System.Security.Claims;
using ChwFhir.Access;
using ChwFhir.Fhir.Model;
using ChwFhir.Fhir.Smart;
using ChwFhir.Intake;
using ChwFhir.SmartApp.Chart;
using ChwFhir.SmartApp.Patients;
using ChwFhir.SmartApp.Sessions;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;

namespace ChwFhir.SmartApp.SignIn;

/// <summary>Who has come in, and for whose chart.</summary>
internal sealed class Arrivals(UserChart charts, Styles styles, TokenClaims claims, TimeProvider clock, IOptions<AppOptions> options)
{
    private readonly IReadOnlyDictionary<string, Role> roles = LaunchRoles.Read(options.Value.LaunchRoles)!;
    private readonly Role usual = Words.TryParse<Role>(options.Value.LaunchRole, out var role) ? role : Role.Clinician;

    public async Task<Session> FromTheEhrAsync(SignInUnderWay begun, AuthorizationServer server, TokenGrant grant, JsonWebToken token, CancellationToken cancellationToken)
    {
        var user = FhirUser.Read(IdTokens.Claim(token, "fhirUser") ?? IdTokens.Claim(token, "profile"), begun.Iss);
        // The page is written for the team; what is kept from a patient or from their family stands on it.
        if (user is null || !(user.StartsWith("Practitioner/", StringComparison.Ordinal) || user.StartsWith("PractitionerRole/", StringComparison.Ordinal)))
            throw new TroubleException(Trouble.NotStaff);
        if (grant.Patient is not { } patient || !FhirName.IsId(patient))
            throw new TroubleException(Trouble.NoPatient);

        var (practitioner, name) = await WhoAsync(begun.Iss, grant.AccessToken, user, cancellationToken);
        return new Session
        {
            Kind = CallerKind.SmartLaunch,
            Iss = begun.Iss,
            Subject = $"{server.Issuer}|{token.Subject}",
            Name = IdTokens.Claim(token, "name") ?? name ?? IdTokens.Claim(token, "preferred_username") ?? user,
            Roles = [roles.GetValueOrDefault(practitioner, usual)],
            Practitioner = practitioner,
            Patient = $"Patient/{patient}",
            Encounter = grant.Encounter is { } encounter && FhirName.IsId(encounter) ? $"Encounter/{encounter}" : null,
            NeedsBanner = grant.NeedPatientBanner ?? true,
            FormToken = RandomText.New(),
            Style = await styles.ReadAsync(grant.SmartStyleUrl, [new Uri(begun.Iss), server.AuthorizationEndpoint, server.TokenEndpoint], cancellationToken),
            Scope = grant.Scope,
            AccessToken = grant.AccessToken.Reveal(),
            RefreshToken = grant.RefreshToken?.Reveal(),
            ExpiresAt = clock.GetUtcNow() + grant.ExpiresIn,
        };
    }

    public Session FromTheIssuer(SignInUnderWay begun, JsonWebToken token)
    {
        var caller = claims.Read(new ClaimsPrincipal(new ClaimsIdentity(token.Claims, "oidc")), CallerKind.OidcSession) ?? throw new TroubleException(Trouble.BadIdToken);
        if (caller.Roles.Count == 0)
            throw new TroubleException(Trouble.NoRole);
        return new Session
        {
            Kind = CallerKind.OidcSession,
            Iss = begun.Iss,
            Subject = caller.Subject,
            Name = caller.Name,
            Roles = [.. caller.Roles],
            Practitioner = caller.Practitioner,
            FormToken = RandomText.New(),
        };
    }

    // A role is a person in a place; who writes is the person.
    private async Task<(string Practitioner, string? Name)> WhoAsync(string iss, Secret token, string user, CancellationToken cancellationToken)
    {
        using var client = charts.Client(iss, token);
        if (user.StartsWith("PractitionerRole/", StringComparison.Ordinal))
        {
            var role = await charts.ReadAsync<PractitionerRole>(client, user, cancellationToken);
            user = FhirUser.Read(role?.Practitioner?.Reference, iss) is { } person && person.StartsWith("Practitioner/", StringComparison.Ordinal) ? person : throw new TroubleException(Trouble.NotStaff);
        }
        var practitioner = await charts.ReadAsync<Practitioner>(client, user, cancellationToken);
        return (user, practitioner is null ? null : People.Name(practitioner.Name));
    }
}
