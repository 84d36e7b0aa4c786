namespace ChwFhir.Chart;


/// <summary>What is known of allergies.</summary>
/// <param name="State"><c>listed</c>, <c>no-known</c> (somebody asked, and there are none), <c>not-asked</c>, <c>none-recorded</c> (the chart says nothing).</param>
/// <param name="NoneOf">What somebody said that there is no allergy to, in the chart's words, where that is not all.</param>
public sealed record Allergies(string State, IReadOnlyList<Allergy> Items, IReadOnlyList<string> NoneOf, FactSource? Source);
