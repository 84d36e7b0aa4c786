namespace ChwFhir.Api.Fhir;

/// <summary>What a route is in FHIR's words: the capability statement is made of these.</summary>
/// <param name="Type">Null: of the system.</param>
/// <param name="Code"><c>read</c>, <c>search-type</c>, <c>create</c>, or an operation with <c>$</c>.</param>
internal sealed record FhirInteraction(string? Type, string Code);
