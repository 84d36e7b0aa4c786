namespace ChwFhir.Access;

/// <summary>Who calls, whichever way they came in.</summary>
/// <param name="Subject">Who it is at the issuer: unique there, and stable.</param>
/// <param name="Name">For people and the audit log, never for a log.</param>
/// <param name="Practitioner"><c>Practitioner/x</c> in this EHR.</param>
/// <param name="LaunchedPatient"><c>Patient/x</c>: the one whom a clinician has open in the EHR.</param>
public sealed record Caller(string Subject, string Name, IReadOnlySet<Role> Roles, string? Practitioner, CallerKind Kind, string? LaunchedPatient)
{
    /// <summary>They have said why they have to see this patient now: also notes of whom they do not know, none that waits for its release, and nothing of what is held.</summary>
    public bool IsInEmergency { get; init; }

    public bool Is(Role role) => Roles.Contains(role);

    public bool IsAny(params ReadOnlySpan<Role> roles)
    {
        foreach (var role in roles)
        {
            if (Roles.Contains(role))
                return true;
        }
        return false;
    }

    /// <summary>A part of this service that hands in for another system.</summary>
    public static Caller OfService(string name) => new($"service:{name}", name, new HashSet<Role> { Role.Integration }, null, CallerKind.Service, null);
}
