namespace ChwFhir.Chart;

/// <summary>A screening in words: the questions as they were asked, the answers as they were given.</summary>
/// <param name="Instrument">The contract's word: <c>phq-9</c>.</param>
/// <param name="Results">What the instrument computes.</param>
public sealed record ToldScreening(string Instrument, string Title, bool Declined, IReadOnlyList<ToldAnswer> Answers, IReadOnlyList<ToldAnswer> Results);
