namespace ChwFhir.Api.Identity;

/// <summary>A POST that keeps nothing: a search, a preview.</summary>
internal sealed record OnlyReads;
