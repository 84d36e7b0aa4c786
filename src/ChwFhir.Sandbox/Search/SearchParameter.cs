namespace ChwFhir.Sandbox.Search;

internal enum ParameterKind { Token, Reference, Date, String, Uri }

/// <summary>A search parameter of one type: its name as FHIR gives it, and where in the resource it looks.</summary>
internal sealed record SearchParameter(string Name, ParameterKind Kind, string[] Paths, string? Target = null);
