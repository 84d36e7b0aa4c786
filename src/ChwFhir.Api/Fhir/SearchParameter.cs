namespace ChwFhir.Api.Fhir;

/// <summary>A search parameter of a type.</summary>
/// <param name="Paths">Where its values stand, members with dots between; lists on the way are gone through.</param>
internal sealed record SearchParameter(string Name, ParameterKind Kind, params IReadOnlyList<string> Paths);
