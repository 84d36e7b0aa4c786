namespace ChwFhir.Intake.Summaries;

/// <summary>The clinic visit that the summary is of.</summary>
public sealed record SummaryEncounter
{
    /// <summary><c>Encounter/x</c> in this EHR, when the caller knows it.</summary>
    public string? Reference { get; init; }
    public IReadOnlyList<PersonIdentifier> Identifiers { get; init; } = [];

    /// <summary>FHIR date or dateTime, partial where the document is.</summary>
    public string? Start { get; init; }
    public string? End { get; init; }
    public string? Type { get; init; }
    public IReadOnlyList<DocumentCode> Codes { get; init; } = [];
    public string? Location { get; init; }
    public string? Provider { get; init; }
    public string? Reason { get; init; }
}
