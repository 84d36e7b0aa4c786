namespace ChwFhir.Ehr;

/// <param name="Type">A resource type, or <see cref="EhrNarrowing.System"/>.</param>
/// <param name="Interaction"><c>create</c>, <c>update</c>, <c>transaction</c>.</param>
public sealed record NotTaken(string Type, string Interaction, DateTimeOffset Until);
