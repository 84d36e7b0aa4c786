namespace ChwFhir.Queue;

/// <summary>A message of a note, as its status shows it.</summary>
/// <param name="Held">For the few it is for and for nobody else.</param>
/// <param name="Notified">Somebody outside is told of it, or will be.</param>
public sealed record MessageRow(long Number, string Key, string Urgency, MessageReach Reach, string? By, DateTimeOffset? At, bool Notified, bool Held);
