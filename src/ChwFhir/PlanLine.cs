namespace ChwFhir;

/// <summary>One resource of the note and what is done with it on this EHR.</summary>
/// <param name="Will"><c>create</c>, <c>update</c>, <c>fold</c>, <c>keep</c> or <c>use-existing</c>.</param>
/// <param name="Why">In plain words.</param>
public sealed record PlanLine(string Key, string Type, string Will, string Why);
