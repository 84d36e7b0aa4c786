namespace ChwFhir.Api.Fhir;

/// <summary>A search, and behind which of its matches the next page begins.</summary>
/// <param name="Ticks">When the visit of that match was.</param>
/// <param name="After">Null: at the beginning.</param>
/// <param name="Shown">How many were before.</param>
internal sealed record PageMark(string Type, IReadOnlyList<KeyValuePair<string, string>> Parameters, long? Ticks, string? After, int Shown = 0);
