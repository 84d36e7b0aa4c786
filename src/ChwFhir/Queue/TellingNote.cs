namespace ChwFhir.Queue;

/// <summary>A note has, or had, a part under this identity.</summary>
/// <param name="Identity"><c>system|value</c></param>
public sealed record TellingNote(long Number, string Identity);
