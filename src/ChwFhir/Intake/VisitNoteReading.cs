namespace ChwFhir.Intake;

/// <summary>What became of the bytes of a visit note.</summary>
public abstract record VisitNoteReading
{
    private VisitNoteReading() { }

    /// <summary>A good note.</summary>
    /// <param name="Note">The note.</param>
    /// <param name="Issues">What somebody should look at; no reason to refuse.</param>
    /// <param name="Canonical">RFC 8785 canonical JSON of what was sent. Equal for equal content; it does not keep the digits of a number (<c>81.20</c> is <c>81.2</c>), so keep the bytes that were sent as well.</param>
    /// <param name="ContentHash">SHA-256 of <paramref name="Canonical"/>, lower-case hexadecimal.</param>
    public sealed record Read(VisitNote Note, IReadOnlyList<NoteIssue> Issues, byte[] Canonical, string ContentHash) : VisitNoteReading;

    /// <summary>Not JSON in UTF-8 (400): one fault, which says the place by line and position.</summary>
    public sealed record Unreadable(NoteFault Fault) : VisitNoteReading;

    /// <summary>JSON, but no visit note (422): all faults at once.</summary>
    public sealed record Invalid(IReadOnlyList<NoteFault> Faults) : VisitNoteReading;

    /// <summary>More bytes than are taken (413).</summary>
    /// <param name="Limit">Bytes that would have been taken.</param>
    public sealed record TooLarge(long Limit) : VisitNoteReading;
}
