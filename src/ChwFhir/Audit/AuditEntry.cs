namespace ChwFhir.Audit;

/// <summary>A record at its place in a chain.</summary>
public sealed record AuditEntry(string Chain, long Number, AuditRecord Record, string Hash);
