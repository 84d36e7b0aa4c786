namespace ChwFhir.Queue;

/// <summary>A message as the store has it.</summary>
/// <param name="Number">Our own number: its name in addresses and notifications.</param>
/// <param name="NoteId">The note that tells it; null for one that the team wrote by itself.</param>
/// <param name="NoteState">How far that note is; a message does not wait for it.</param>
/// <param name="By">Who brought it as far as it is.</param>
/// <param name="Withdrawn"><c>amended</c> or <c>retracted</c>: nobody is asked to act on it any more.</param>
/// <param name="Untold">The ladder is at its end and nobody has opened it.</param>
public sealed record StoredMessage(
    long Number, string? NoteId, NoteState? NoteState, string Key, string Kind, string Patient, string? Sender, string SenderRole, string Urgency,
    bool Held, bool Alert, DateTimeOffset SentAt, DateTimeOffset DueAt, MessageReach Reach, string? By, DateTimeOffset? At, string? TakenBy,
    string? Outcome, string? Withdrawn, int Rung, DateTimeOffset? ClimbAt, bool Untold, string Hash, ReadOnlyMemory<byte> Body)
{
    public IReadOnlyList<MessageRecipient> To { get; init; } = [];

    public IReadOnlyList<StoredReply> Replies { get; init; } = [];

    /// <summary>Those who have seen it, the first first.</summary>
    public IReadOnlyList<SeenBy> Seen { get; init; } = [];

    /// <summary>What of it went to the chart because its writer asked for that.</summary>
    public IReadOnlyList<FiledWords> Filed { get; init; } = [];

    /// <summary>What is to be told to people outside, and what of it was.</summary>
    public bool AnybodyNotified { get; init; }

    /// <summary>Whoever it comes from, by every name that is known: its sender, and of a note its author and who handed it in.</summary>
    public IReadOnlyList<string> Writers { get; init; } = [];

    /// <summary>A CHW wrote it, and it is known which; what a patient filled in alone comes from nobody of the staff.</summary>
    public bool IsOfChw { get; init; }

    /// <summary>Something of it was changed in the database from outside: nothing of it is believed or shown.</summary>
    public bool IsDamaged { get; init; }

    public bool IsOpen => Reach != MessageReach.Closed && Withdrawn is null;
}
