namespace ChwFhir.Intake;

public sealed record Symptom
{
    /// <summary>The word in the note's <c>symptom</c> member.</summary>
    public required SymptomKind Kind { get; init; }
    /// <summary>0–10, as reported.</summary>
    public int? Score { get; init; }
    public string? Text { get; init; }
    public string? Since { get; init; }
    public int? Usual { get; init; }
    public int? Tolerable { get; init; }
    public ReportedBy? ReportedBy { get; init; }
    public string? Tried { get; init; }
    public bool NeedsClinician { get; init; }
    public Hold? Hold { get; init; }
    public TakenOver? FromNarrative { get; init; }
}
