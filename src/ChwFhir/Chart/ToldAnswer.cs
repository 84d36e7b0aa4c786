namespace ChwFhir.Chart;

/// <param name="IsNeed">The answer says that something is missing.</param>
public sealed record ToldAnswer(string Question, string Answer, bool IsNeed);
