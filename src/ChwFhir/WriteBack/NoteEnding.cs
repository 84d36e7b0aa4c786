using ChwFhir.Intake;

namespace ChwFhir.WriteBack;

/// <summary>How one try of a note ended.</summary>
internal abstract record NoteEnding
{
    private NoteEnding() { }

    public sealed record Written(IReadOnlyList<NoteIssue> Issues) : NoteEnding;

    /// <param name="Counts">The EHR has answered about this note: it uses up one of its attempts.</param>
    public sealed record Waits(DateTimeOffset Until, bool Counts) : NoteEnding;

    public sealed record NeedsPerson(IReadOnlyList<NoteIssue> Issues) : NoteEnding;

    /// <summary>Nothing can be written to anybody now.</summary>
    public sealed record EndpointDown : NoteEnding;

    /// <summary>The patient turned out to be another lane's; the note goes on there.</summary>
    public sealed record Moved : NoteEnding;

    /// <summary>What could be taken back is taken back.</summary>
    public sealed record Retracted(IReadOnlyList<NoteIssue> Issues) : NoteEnding;

    /// <summary>Something was found out that a further pass has to act on; never how a try ends.</summary>
    public sealed record Again : NoteEnding;
}
