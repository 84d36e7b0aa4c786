namespace ChwFhir.Intake.Screenings;

/// <summary>What became of the bytes of a QuestionnaireResponse.</summary>
public abstract record ScreeningReading
{
    private ScreeningReading() { }

    /// <param name="Issues">What somebody should look at (<c>kept-in-text</c>, <c>incomplete</c> and the rest); no reason to refuse.</param>
    /// <param name="ContentHash">SHA-256, lower-case hexadecimal: of the canonical JSON, of XML of the bytes.</param>
    public sealed record Read(CompletedScreening Screening, IReadOnlyList<NoteIssue> Issues, string ContentHash) : ScreeningReading;

    /// <summary>Not JSON, or not FHIR's XML (400).</summary>
    public sealed record Unreadable(NoteFault Fault) : ScreeningReading;

    /// <summary>Readable, but no screening that can be taken (422): all faults at once.</summary>
    public sealed record Invalid(IReadOnlyList<NoteFault> Faults) : ScreeningReading;

    /// <summary>More bytes than are taken (413).</summary>
    public sealed record TooLarge(long Limit) : ScreeningReading;
}
