namespace ChwFhir.Queue;

/// <summary>What somebody of the care team said of a concern that a visit reported.</summary>
/// <param name="Concern">What it is known by across the visits: <c>concern/food</c>.</param>
/// <param name="Word"><c>confirmed</c>, <c>set-aside</c>, <c>taken</c>, <c>given-back</c>.</param>
/// <param name="By">Subject or reference of who said it, <paramref name="Name"/> as they are called, <paramref name="Role"/> as what.</param>
public sealed record ConcernWordRow(string Concern, string Word, string? Reason, string By, string Name, string Role, DateTimeOffset At);
