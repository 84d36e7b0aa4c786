using ChwFhir.Intake;

namespace ChwFhir.Queue;

/// <summary>A read and checked input, about to be made durable.</summary>
/// <param name="Ehr">Normalised base URL of the EHR that it was received for.</param>
/// <param name="Kind"><c>visit-note</c> and the other kinds of input; all share one id space.</param>
/// <param name="Lane">What is written in order: the patient's reference, or the identifier as text until the worker knows the reference.</param>
/// <param name="Hash">Hash of the canonical content: same id with the same hash is the same note.</param>
/// <param name="VisitTime">What long-lived resources are merged by.</param>
public sealed record IncomingNote(
    string Ehr, string Id, string Kind, string Lane, string Patient, string? Author, string Hash, DateTimeOffset VisitTime,
    ReadOnlyMemory<byte> Input, IReadOnlyList<NoteIssue> Issues)
{
    /// <summary>What the caller said of the bytes.</summary>
    public SentAs SentAs { get; init; } = SentAs.Json;

    /// <summary>Subject of whoever handed it in, and their <c>Practitioner/x</c>; null for what the service makes itself.</summary>
    public string? SentBy { get; init; }

    public string? Sender { get; init; }

    /// <summary>Whether its patient is one of theirs.</summary>
    public NotePanel Panel { get; init; }

    /// <summary>What it tells people: in their inbox with the same commit.</summary>
    public IReadOnlyList<IncomingMessage> Messages { get; init; } = [];

    /// <summary>What its words seem to state, for a person to take over.</summary>
    public IReadOnlyList<IncomingSuggestion> Suggestions { get; init; } = [];
}
