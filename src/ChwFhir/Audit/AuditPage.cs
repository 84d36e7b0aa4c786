namespace ChwFhir.Audit;

/// <summary>Newest first. Next is null on the last page.</summary>
public sealed record AuditPage(IReadOnlyList<AuditEntry> Items, long? Next);
