namespace ChwFhir.Intake;

public sealed record Screening
{
    public required Instrument Instrument { get; init; }
    public string? Date { get; init; }
    public ReportedBy? AnsweredBy { get; init; }
    public bool? AskedAlone { get; init; }
    /// <summary>The whole screening was refused; there are no answers.</summary>
    public bool Declined { get; init; }
    public IReadOnlyList<ScreeningAnswer> Answers { get; init; } = [];
    public Hold? Hold { get; init; }
}
