namespace ChwFhir.Intake.Summaries;

/// <summary>The patient as a document names them, to be compared with the chart and never written anywhere.</summary>
public sealed record DocumentPatient
{
    public IReadOnlyList<PersonIdentifier> Identifiers { get; init; } = [];
    public string? Family { get; init; }
    public string? Given { get; init; }

    /// <summary>FHIR date, partial where the document is.</summary>
    public string? BirthDate { get; init; }

    /// <summary>The document's own reference (<c>Patient/x</c>) where it is one of this EHR's FHIR documents.</summary>
    public string? Reference { get; init; }
}
