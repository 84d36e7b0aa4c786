using ChwFhir.Intake;

namespace ChwFhir.Queue;

/// <summary>A new content of a note that is here.</summary>
/// <param name="Revision">Of the status that the caller has seen: nobody may have been faster.</param>
public sealed record IncomingAmendment(
    string Ehr, string Id, long Revision, string? Author, string Hash, DateTimeOffset VisitTime, ReadOnlyMemory<byte> Input, IReadOnlyList<NoteIssue> Issues)
{
    /// <summary>What the caller said of the bytes.</summary>
    public SentAs SentAs { get; init; } = SentAs.Json;

    /// <summary>What it tells people in place of what it told.</summary>
    public IReadOnlyList<IncomingMessage> Messages { get; init; } = [];

    /// <summary>What its words seem to state, for a person to take over.</summary>
    public IReadOnlyList<IncomingSuggestion> Suggestions { get; init; } = [];

    /// <summary>The suggestion that somebody takes over with it, and who; null for any other amendment.</summary>
    public (int Number, string By)? Takes { get; init; }
}
