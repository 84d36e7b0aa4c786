namespace ChwFhir.Audit;

/// <summary>What a look over all chains has found.</summary>
public sealed record AuditVerification(long Records, IReadOnlyList<AuditHead> Heads, IReadOnlyList<AuditFault> Faults)
{
    public bool Holds => Faults.Count == 0;
}
