namespace ChwFhir.Chart;


/// <param name="Kind"><c>food</c>, <c>medication</c>, <c>environment</c>, <c>biologic</c>.</param>
/// <param name="Criticality">FHIR's: <c>high</c>, <c>low</c>, <c>unable-to-assess</c>.</param>
/// <param name="IsIntolerance">Something that is not borne well, and no allergy.</param>
public sealed record Allergy(string Text, string? Kind, string? Criticality, bool IsIntolerance, IReadOnlyList<string> Reactions, FactSource Source);
