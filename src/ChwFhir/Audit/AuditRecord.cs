namespace ChwFhir.Audit;

/// <summary>Who did what, of which patient, when, from where, why, and whether it went well. Never what was read or written.</summary>
public sealed record AuditRecord
{
    public required AuditAction Action { get; init; }

    /// <summary>The token's subject, or what stands for it: <c>service</c> for ourselves, <c>anonymous</c> for somebody without a token.</summary>
    public required string Subject { get; init; }

    /// <summary>How the person's sign-in calls them.</summary>
    public string? Name { get; init; }

    /// <summary>By their wire names: <c>chw</c>, <c>social-worker</c>.</summary>
    public IReadOnlyList<string> Roles { get; init; } = [];

    /// <summary>The author for whom the service writes to the EHR.</summary>
    public string? OnBehalfOf { get; init; }

    /// <summary>What it was done with: <c>visit-note</c>, <c>overview</c>, <c>session</c>, …</summary>
    public required string Kind { get; init; }

    /// <summary>Our own number of it, or the EHR's references of what was written there; never a caller's id of a note.</summary>
    public string? Id { get; init; }

    /// <summary><c>Patient/x</c> in this instance's EHR; null where no patient is concerned, or none is known.</summary>
    public string? Patient { get; init; }

    /// <summary>A code of v3-PurposeOfUse: <c>TREAT</c>, <c>ETREAT</c> (break-glass), <c>HOPERAT</c>, …</summary>
    public string Purpose { get; init; } = Treatment;

    /// <summary>The caller's address.</summary>
    public string? From { get; init; }

    public AuditOutcome Outcome { get; init; } = AuditOutcome.Success;

    /// <summary>A code (<c>not-in-panel</c>), or what a person gave as the reason.</summary>
    public string? Why { get; init; }

    /// <summary>Null: now.</summary>
    public DateTimeOffset? When { get; init; }

    /// <summary>In the place of a record that was changed in the database: verifying the log says which.</summary>
    public static AuditRecord Unreadable(DateTimeOffset at) => new() { Action = AuditAction.Read, Subject = "unreadable", Kind = "unreadable", Outcome = AuditOutcome.Failed, Why = "store-damaged", When = at, IsUnreadable = true };

    public bool IsUnreadable { get; init; }

    public const string Treatment = "TREAT";
    public const string EmergencyTreatment = "ETREAT";
    public const string Operations = "HOPERAT";
    public const string Service = "service";

    /// <summary>The kind of what the service writes to the EHR; its id is the references there, a space between them.</summary>
    public const string Ehr = "ehr";

    public const string Anonymous = "anonymous";
}
