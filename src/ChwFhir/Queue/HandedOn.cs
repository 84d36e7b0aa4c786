namespace ChwFhir.Queue;

/// <summary>A message goes to somebody else, as if it had just been sent to them.</summary>
/// <param name="To">A recipient's word or reference.</param>
/// <param name="ClimbAt">When it climbs if they do not open it; null when it never does.</param>
public sealed record HandedOn(string To, string? Reason, DateTimeOffset DueAt, DateTimeOffset? ClimbAt, IReadOnlyList<IncomingNotification> Notifications);
