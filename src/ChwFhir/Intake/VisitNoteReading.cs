namespace ChwFhir.Intake;

/// <summary>What became of the bytes of a visit note.</summary>
public abstract record VisitNoteReading
{
    private VisitNoteReading() { }

    /// <summary>A good note.</summary>
    /// <param name="Note">The note.</param>
    /// <param name="Issues">What somebody should look at; no reason to refuse.</param>
    /// <param name="ContentHash">SHA-256 of the canonical JSON (RFC 8785) of what was sent, lower-case hexadecimal: equal for equal content.</param>
    public sealed record Read(VisitNote Note, IReadOnlyList<NoteIssue> Issues, string ContentHash) : VisitNoteReading;

    /// <summary>Not JSON in UTF-8 (400): one fault, which says the place by line and position.</summary>
    public sealed record Unreadable(NoteFault Fault) : VisitNoteReading;

    /// <summary>JSON, but no visit note (422): all faults at once.</summary>
    public sealed record Invalid(IReadOnlyList<NoteFault> Faults) : VisitNoteReading;

    /// <summary>More bytes than are taken (413).</summary>
    /// <param name="Limit">Bytes that would have been taken.</param>
    public sealed record TooLarge(long Limit) : VisitNoteReading;
}
