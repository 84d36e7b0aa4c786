namespace ChwFhir.Audit;

/// <summary>How it ended: done, not allowed, or allowed and not done.</summary>
public enum AuditOutcome { Success, Refused, Failed }
