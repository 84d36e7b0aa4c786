namespace ChwFhir.Intake;

public sealed record Vital
{
    public required VitalKind Kind { get; init; }
    /// <summary>As written, digits kept; not used for blood pressure.</summary>
    public decimal? Value { get; init; }
    public decimal? Systolic { get; init; }
    public decimal? Diastolic { get; init; }
    /// <summary>UCUM code, or the everyday spelling of one; null means the kind's default unit.</summary>
    public string? Unit { get; init; }
    public string? Date { get; init; }
    public ReportedBy? ReportedBy { get; init; }
    public string? Text { get; init; }
}
