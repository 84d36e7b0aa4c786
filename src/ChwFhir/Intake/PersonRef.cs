namespace ChwFhir.Intake;

/// <summary>Who is meant: a FHIR reference (<c>Patient/eXYZ</c>) or a business identifier that the EHR is asked about. At least one is set.</summary>
public record PersonRef
{
    public string? Reference { get; init; }
    public PersonIdentifier? Identifier { get; init; }
}
