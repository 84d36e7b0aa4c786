namespace ChwFhir.Chart;

/// <summary>Something to ask this time, left by the last visit. For the CHW team only.</summary>
/// <param name="Kind"><c>ask</c>: somebody wrote it down; <c>symptom</c>: how it was last time.</param>
/// <param name="Text">As it was written; of a symptom its word (<c>pain</c>) or what was said of it.</param>
/// <param name="Score">0 to 10, last time.</param>
/// <param name="Language">Of the words, where the note says it.</param>
public sealed record AskFact(string Kind, string Text, int? Score, string? Language, FactSource Source);
