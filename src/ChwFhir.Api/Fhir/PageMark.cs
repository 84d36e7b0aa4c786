namespace ChwFhir.Api.Fhir;

/// <summary>A search, and behind which of its matches the next page begins.</summary>
/// <param name="After">Null: at the beginning.</param>
internal sealed record PageMark(string Type, IReadOnlyList<KeyValuePair<string, string>> Parameters, long? Ticks, string? After);
