namespace ChwFhir.Queue;

/// <summary>A message of a note, as its status shows it.</summary>
public sealed record MessageRow(long Number, string Key, MessageReach Reach, string? By, DateTimeOffset? At, bool Untold);
