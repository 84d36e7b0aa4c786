namespace ChwFhir.Audit;

/// <summary>What is wrong with a chain, and at which of its records.</summary>
public sealed record AuditFault(AuditFaultKind Kind, string Chain, long From, long To)
{
    public override string ToString()
    {
        var which = From == To ? $"record {From} of chain {Chain}" : $"records {From} to {To} of chain {Chain}";
        return Kind switch
        {
            AuditFaultKind.Changed => $"changed: {which}",
            AuditFaultKind.Removed => $"removed: {which}",
            AuditFaultKind.Inserted => $"inserted: {which}",
            AuditFaultKind.CutAway => $"cut away: {which}, whose head was given, went with a cut; --accept-cuts if that is known",
            AuditFaultKind.CutOff => $"cut off: {which}",
            _ => $"rewritten: {which} and perhaps all before, against the head that was given",
        };
    }
}
