namespace ChwFhir.Intake;

public sealed record MedicineAtHome
{
    public required string Text { get; init; }
    public Taking? Taking { get; init; }
    public NotTakingReason? Why { get; init; }
    public int? DaysLeft { get; init; }
}
