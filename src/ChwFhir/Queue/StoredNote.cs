using ChwFhir.Intake;

namespace ChwFhir.Queue;

/// <summary>A note as the store has it, without its payload.</summary>
/// <param name="Number">Our own number, in order of receipt: the only name of a note in logs, traces and metrics.</param>
/// <param name="Attempts">Tries that counted, since the receipt or since a person last asked to try again.</param>
/// <param name="Revision">Grows with every change that a caller can see: the ETag.</param>
public sealed record StoredNote(
    long Number, string Ehr, string Id, string Kind, string Patient, string? Author, string Hash, NoteState State,
    DateTimeOffset ReceivedAt, DateTimeOffset UpdatedAt, int Attempts, DateTimeOffset? NextAttemptAt, long Revision, DateTimeOffset VisitTime,
    IReadOnlyList<ResourceRow> Resources, IReadOnlyList<NoteIssue> Issues)
{
    /// <summary>What it tells people, and how far that has come.</summary>
    public IReadOnlyList<MessageRow> Messages { get; init; } = [];
}
