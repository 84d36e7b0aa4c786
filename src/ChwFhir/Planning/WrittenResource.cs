namespace ChwFhir.Planning;

/// <summary>A resource of the note that the ledger has as written.</summary>
public sealed record WrittenResource(string Reference, string? Version, string How);
