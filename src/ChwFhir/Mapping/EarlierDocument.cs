namespace ChwFhir.Mapping;

/// <summary>A document that this service filed before, which a newer one names as the one that it replaces or adds to.</summary>
/// <param name="Note">Id under which it was received.</param>
/// <param name="Name">As its last line has it: <c>d1/note</c>.</param>
/// <param name="Reference">Where it stands in the EHR.</param>
/// <param name="Plan">Where its plan stands; null when it has none there.</param>
/// <param name="Replaced">It counts no longer; an addendum leaves it as it is.</param>
public sealed record EarlierDocument(string Note, string Name, string Reference, string? Plan, bool Replaced);
