namespace ChwFhir;

/// <summary>What became of one resource of a note.</summary>
/// <param name="Key">Names it within the note: <c>encounter</c>, <c>note</c>, <c>goal/garden</c>.</param>
/// <param name="State"><c>pending</c>, <c>written</c>, <c>existing</c>, <c>folded</c>, <c>kept</c>, <c>held</c>, <c>unknown</c> or <c>refused</c>.</param>
/// <param name="Reference">Where it stands in the EHR; of a folded one, the document that says it.</param>
/// <param name="How">In plain words: created, updated, or why not.</param>
public sealed record ResourceStatus(string Key, string Type, string State, string? Reference, string? Version, string? How);
