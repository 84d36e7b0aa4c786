namespace ChwFhir.Intake.Summaries;

/// <summary>What became of a document that was handed in. A reader never throws for what the bytes say.</summary>
public abstract record SummaryReading
{
    private SummaryReading() { }

    /// <summary>A good summary.</summary>
    /// <param name="Issues">What somebody should look at (<c>kept-in-text</c> and the rest); no reason to refuse. Their pointers: JSON Pointer, XPath for XML, segment-field for HL7 v2 (<c>OBX[3]-5</c>).</param>
    /// <param name="ContentHash">SHA-256, lower-case hexadecimal: of the canonical JSON for a JSON form, of the bytes for any other.</param>
    public sealed record Read(AfterVisitSummary Summary, IReadOnlyList<NoteIssue> Issues, string ContentHash) : SummaryReading;

    /// <summary>Not what its media type says (400): the fault's pointer or detail says the place.</summary>
    public sealed record Unreadable(NoteFault Fault) : SummaryReading;

    /// <summary>Readable, but no summary that can be taken (422): all faults at once.</summary>
    public sealed record Invalid(IReadOnlyList<NoteFault> Faults) : SummaryReading;

    /// <summary>More bytes than are taken (413).</summary>
    public sealed record TooLarge(long Limit) : SummaryReading;

    /// <summary>No form that is read here (415).</summary>
    public sealed record NotAForm : SummaryReading;
}
