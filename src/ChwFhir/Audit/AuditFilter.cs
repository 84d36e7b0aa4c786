namespace ChwFhir.Audit;

/// <summary>Which records are asked for; what is null is not asked.</summary>
public sealed record AuditFilter
{
    public string? Patient { get; init; }
    public string? Subject { get; init; }
    public AuditAction? Action { get; init; }
    public AuditOutcome? Outcome { get; init; }
    public DateTimeOffset? Since { get; init; }
    public DateTimeOffset? Until { get; init; }
    public int Limit { get; init; } = 50;

    /// <summary>Where the page before ended.</summary>
    public long? After { get; init; }
}
