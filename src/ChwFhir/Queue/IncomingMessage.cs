namespace ChwFhir.Queue;

/// <summary>A message about to be made durable.</summary>
/// <param name="Key">As NoteStatus names it: <c>message/m1</c>.</param>
/// <param name="Kind"><c>note</c>, or of one that came by itself <c>report</c>, <c>ask</c>, <c>reinforce</c>, <c>question</c>.</param>
/// <param name="Hash">Of what it says and to whom: an amendment that leaves it alone leaves it alone.</param>
/// <param name="Sender">Reference or identifier of whoever wrote it.</param>
/// <param name="Held">Told to the few it is for and to nobody else.</param>
/// <param name="DueAt">By when it should be opened.</param>
/// <param name="ClimbAt">When it climbs to the next person if nobody has opened it; null when it never does.</param>
/// <param name="Body">What it says, as JSON that only the care team's part reads.</param>
public sealed record IncomingMessage(
    string Key, string Kind, string Hash, string? Sender, string SenderRole, string Urgency, bool Held, bool Alert, IReadOnlyList<string> To,
    DateTimeOffset SentAt, DateTimeOffset DueAt, DateTimeOffset? ClimbAt, ReadOnlyMemory<byte> Body, IReadOnlyList<IncomingNotification> Notifications)
{
    /// <summary>The caller's id of a message that came by itself.</summary>
    public string? ClientId { get; init; }
}
