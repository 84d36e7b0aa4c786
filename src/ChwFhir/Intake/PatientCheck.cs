namespace ChwFhir.Intake;

public sealed record PatientCheck
{
    /// <summary>FHIR date, partial allowed.</summary>
    public string? BirthDate { get; init; }
    public string? FamilyName { get; init; }
}
