namespace ChwFhir.Audit;

/// <summary>What somebody did, or tried to do.</summary>
public enum AuditAction { Read, Create, Update, Delete, Execute, Login, BreakGlass, Release, Attack }
