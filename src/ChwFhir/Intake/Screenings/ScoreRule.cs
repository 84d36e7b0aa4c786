namespace ChwFhir.Intake.Screenings;

/// <summary>How a result is computed.</summary>
/// <param name="Kind"><c>sum</c> of the scores of all items, or <c>any-need</c>: yes when any is a need, no when all answers are in <paramref name="NoFrom"/>.</param>
internal sealed record ScoreRule(string Kind, IReadOnlyList<string> Of, string? Yes, string? No, IReadOnlyList<string> NoFrom)
{
    internal const string Sum = "sum";
    internal const string AnyNeed = "any-need";
}
