namespace ChwFhir.Intake.Summaries;

/// <summary>Somebody of the patient's life whom the document names (caregiver, next of kin).</summary>
public sealed record SummaryPerson(string? Name, string? Relationship, string? Phone);
