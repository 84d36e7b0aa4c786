namespace ChwFhir.Audit;

/// <summary>
/// What somebody did to a chain. Rewritten: every link holds, and yet it is not the chain whose head was written down. CutAway: the head that was written down is
/// of a record that went since it was older than has to be kept; nobody can compare it any more.
/// </summary>
public enum AuditFaultKind { Changed, Removed, Inserted, CutOff, Rewritten, CutAway }
