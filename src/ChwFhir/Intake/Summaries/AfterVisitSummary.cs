namespace ChwFhir.Intake.Summaries;

/// <summary>
/// What the patient was given to take home after a visit to a clinic, read and checked: the same type whatever form it came in, so that nobody after the
/// reader knows which it was. Words of it are the document's own; nothing is concluded from them.
/// </summary>
public sealed record AfterVisitSummary
{
    public int SchemaVersion { get; init; } = 1;

    /// <summary>The caller's id, else the document's own identifier made fit for one (1–64 of <c>A-Za-z0-9._-</c>), else its content hash.</summary>
    public required string Id { get; init; }

    /// <summary>Of an addendum or a replacement of HL7 v2 the id by its message, for senders that number it as the document itself.</summary>
    public string? IdOfMessage { get; init; }

    /// <summary>Whose it is as the call says (JSON member or header); null when only the document says it.</summary>
    public NotePatient? Patient { get; init; }

    /// <summary>Whose it is as the document says; null where it names nobody (text, JSON).</summary>
    public DocumentPatient? Subject { get; init; }

    /// <summary>The clinicians who wrote it, the first the responsible one; none when a device or nobody is named.</summary>
    public IReadOnlyList<DocumentAuthor> Authors { get; init; } = [];

    public required SummaryDocument Document { get; init; }
    public SummaryEncounter? Encounter { get; init; }
    public IReadOnlyList<SummaryPerson> Caregivers { get; init; } = [];
    public IReadOnlyList<SummaryDiagnosis> Diagnoses { get; init; } = [];
    public IReadOnlyList<SummaryMedication> Medications { get; init; } = [];
    public IReadOnlyList<SummaryInstruction> Instructions { get; init; } = [];
    public IReadOnlyList<WarningSign> WarningSigns { get; init; } = [];
    public IReadOnlyList<SummaryFollowUp> FollowUps { get; init; } = [];
    public IReadOnlyList<PendingTest> PendingTests { get; init; } = [];
    public IReadOnlyList<SummaryGoal> Goals { get; init; } = [];
    public IReadOnlyList<SummaryConcern> Concerns { get; init; } = [];

    /// <summary>The whole document to be read, in its own order: every word of the narrative stands in exactly one of them.</summary>
    public IReadOnlyList<SummarySection> Sections { get; init; } = [];
}
