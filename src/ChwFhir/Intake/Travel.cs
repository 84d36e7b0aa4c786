namespace ChwFhir.Intake;

public sealed record Travel
{
    public decimal? Miles { get; init; }
    public int? Minutes { get; init; }
}
