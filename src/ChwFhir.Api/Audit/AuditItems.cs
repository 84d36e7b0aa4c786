namespace ChwFhir.Api.Audit;

/// <summary>Newest first. Next is null on the last page.</summary>
internal sealed record AuditItems(IReadOnlyList<AuditItem> Items, string? Next);
