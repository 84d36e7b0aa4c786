namespace ChwFhir.Queue;

/// <summary>A resource of some note that the EHR has from us.</summary>
public sealed record WrittenRow(string NoteId, string Patient, string Key, string Type, string? Identity, string Reference, DateTimeOffset WrittenAt);
