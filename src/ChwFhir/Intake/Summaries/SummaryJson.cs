namespace ChwFhir.Intake.Summaries;

/// <summary>The summary as callers write it in JSON, before headers and defaults.</summary>
internal sealed record SummaryJson
{
    public int SchemaVersion { get; init; } = 1;
    public string? Id { get; init; }
    public string? Title { get; init; }
    public string? Language { get; init; }

    /// <summary>FHIR date or dateTime: when the summary was written.</summary>
    public string? Authored { get; init; }

    public NotePatient? Patient { get; init; }
    public NoteAuthor? Author { get; init; }
    public SummaryEncounter? Encounter { get; init; }
    public IReadOnlyList<SummaryDiagnosis> Diagnoses { get; init; } = [];
    public IReadOnlyList<SummaryMedication> Medications { get; init; } = [];
    public IReadOnlyList<SummaryInstruction> Instructions { get; init; } = [];
    public IReadOnlyList<WarningSign> WarningSigns { get; init; } = [];
    public IReadOnlyList<SummaryFollowUp> FollowUps { get; init; } = [];
    public IReadOnlyList<PendingTest> PendingTests { get; init; } = [];
    public IReadOnlyList<SummaryGoal> Goals { get; init; } = [];
    public string? Narrative { get; init; }
}
