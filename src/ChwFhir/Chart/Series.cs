namespace ChwFhir.Chart;

/// <summary>How one thing went over time, oldest first.</summary>
/// <param name="Kind">A symptom of the contract (<c>pain</c>), <c>phq-2</c>, <c>phq-9</c>, <c>distress</c>, <c>weight</c> (kg), <c>blood-pressure</c> (mmHg), <c>food-security</c> (1 at risk, 0 not).</param>
public sealed record Series(string Kind, IReadOnlyList<SeriesPoint> Points);
