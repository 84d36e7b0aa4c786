namespace ChwFhir.Intake;

/// <summary>One item's answer: codes (<c>LA28397-0</c>), text or a number; <see cref="Declined"/> when the person did not want to answer it.</summary>
public sealed record ScreeningAnswer
{
    /// <summary>A LOINC code, the ESAS word (as in <see cref="Symptom.Kind"/>) or <c>distress</c>.</summary>
    public required string Item { get; init; }
    public bool Declined { get; init; }
    /// <summary>One or several answer codes or texts; empty for a number.</summary>
    public IReadOnlyList<string> Texts { get; init; } = [];
    public decimal? Number { get; init; }
}
