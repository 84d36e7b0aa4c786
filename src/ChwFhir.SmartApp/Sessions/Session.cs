using ChwFhir.Access;

namespace ChwFhir.SmartApp.Sessions;

/// <summary>One sign-in of one person; from the EHR, for one patient, for good: another patient is another session. No record: it must not print.</summary>
public sealed class Session
{
    public required CallerKind Kind { get; init; }

    /// <summary>The FHIR base, or the issuer.</summary>
    public required string Iss { get; init; }

    public required string Subject { get; init; }

    public required string Name { get; set; }

    public required IReadOnlyList<Role> Roles { get; init; }

    /// <summary><c>Practitioner/1</c>.</summary>
    public string? Practitioner { get; init; }

    /// <summary><c>Patient/1</c>.</summary>
    public string? Patient { get; init; }

    /// <summary><c>Encounter/1</c>.</summary>
    public string? Encounter { get; init; }

    /// <summary>The page says itself whose chart it is, for the EHR does not say it around the frame.</summary>
    public bool NeedsBanner { get; init; }

    /// <summary>What forms carry, so that no other site can post them.</summary>
    public required string FormToken { get; init; }

    /// <summary>Colours and sizes of the EHR, as CSS custom properties.</summary>
    public IReadOnlyDictionary<string, string> Style { get; init; } = new Dictionary<string, string>();

    /// <summary>What the EHR granted; null where it does not say.</summary>
    public string? Scope { get; set; }

    /// <summary>The user's own token for the EHR; null for who signed in elsewhere.</summary>
    public string? AccessToken { get; set; }

    public string? RefreshToken { get; set; }

    /// <summary>Null where the EHR does not say.</summary>
    public DateTimeOffset? ExpiresAt { get; set; }

    public Caller Caller => new(Subject, Name, Roles.ToHashSet(), Practitioner, Kind, Patient);
}
