namespace ChwFhir.Fhir.Validation;

/// <summary>A type that a reference may point at, and the profile that holds for it when it is not the plain type.</summary>
internal sealed record ReferenceTarget(string Type, string? ProfileUrl);
