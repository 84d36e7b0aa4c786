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

    /// <summary>Which content of the note is worked on: the first is 1, each amendment one more.</summary>
    public int Version { get; init; } = 1;

    /// <summary>How many contents have gone out, or may have.</summary>
    public int Edition { get; init; } = 1;

    /// <summary>An amendment waits to become the content.</summary>
    public bool IsAmended { get; init; }

    /// <summary>Subject of whoever handed it in, and their <c>Practitioner/x</c>.</summary>
    public string? SentBy { get; init; }

    public string? Sender { get; init; }

    /// <summary>Whether its patient is one of theirs.</summary>
    public NotePanel Panel { get; init; }

    public PanelDecision? PanelDecision { get; init; }

    /// <summary>Nothing of it may go to the EHR or come back from there yet.</summary>
    public bool IsStopped => Panel is NotePanel.NotYetKnown or NotePanel.Outside or NotePanel.Refused;

    /// <summary>Something that says whose it is, or what stands about it, was changed in the database from outside: nothing of it is believed or sent.</summary>
    public bool IsDamaged { get; init; }

    /// <summary>Why it is being taken back, or was; null for a note that stands.</summary>
    public RetractionRow? Retraction { get; init; }
}
