using ChwFhir.Intake;

namespace ChwFhir.Queue;

/// <summary>What happens to a message that nobody opened in its time.</summary>
/// <param name="Who">To whom it climbs; null when there is nobody left.</param>
/// <param name="NextAt">When it is looked at again; null when never.</param>
/// <param name="NobodyTold">What the note says when there is nobody left.</param>
public sealed record MessageRung(string? Who, IReadOnlyList<string> Copied, IReadOnlyList<IncomingNotification> Notifications, DateTimeOffset? NextAt, NoteIssue? NobodyTold);
