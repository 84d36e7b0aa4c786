namespace ChwFhir.Audit;

/// <summary>What somebody did to a chain. Rewritten: every link holds, and yet it is not the chain whose head was written down.</summary>
public enum AuditFaultKind { Changed, Removed, Inserted, CutOff, Rewritten }
