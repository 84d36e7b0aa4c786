namespace ChwFhir.Audit;

/// <summary>A chain lacks its first records, since they were older than has to be kept; it says so itself in a later record.</summary>
/// <param name="Number">The last that was cut off.</param>
/// <param name="Hash">Of that one: what the next hangs on.</param>
/// <param name="When">By the record that says so; null while no record was found that does.</param>
/// <param name="Why">As that record has it.</param>
public sealed record AuditCut(string Chain, long Number, string Hash, DateTimeOffset? When, string? Why)
{
    /// <summary>When it was cut, as it was kept with the cut.</summary>
    internal DateTimeOffset At { get; init; }

    public override string ToString() => FormattableString.Invariant($"cut: records 1 to {Number} of chain {Chain}, on {When:yyyy-MM-dd}: {Why}");

    /// <summary>What the record of a cut is told by.</summary>
    public const string Kind = "audit-cut";

    /// <summary>Whether this record says that the chain was cut there.</summary>
    internal bool IsSaidBy(AuditRecord record) =>
        record is { Action: AuditAction.Delete, Kind: Kind, Outcome: AuditOutcome.Success } && record.Id == new AuditHead(Chain, Number, Hash).ToString();
}
