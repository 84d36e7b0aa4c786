namespace ChwFhir.Queue;

/// <summary>Open messages that none of those they are for has opened yet.</summary>
/// <param name="Overdue">Of them, those whose time is over.</param>
/// <param name="Untold">Of them, those for whom the ladder has nobody left.</param>
/// <param name="Oldest">When the oldest of them was sent.</param>
public sealed record UnopenedMessages(long Messages, long Overdue, long Untold, DateTimeOffset? Oldest);
