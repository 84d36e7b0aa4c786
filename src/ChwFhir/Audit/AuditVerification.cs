namespace ChwFhir.Audit;

/// <summary>What a look over all chains has found.</summary>
public sealed record AuditVerification(long Records, IReadOnlyList<AuditHead> Heads, IReadOnlyList<AuditFault> Faults)
{
    /// <summary>What was cut off since it was older than has to be kept; each is said by a record of its chain.</summary>
    public IReadOnlyList<AuditCut> Cuts { get; init; } = [];

    public bool Holds => Faults.Count == 0;
}
