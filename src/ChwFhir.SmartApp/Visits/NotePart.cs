namespace ChwFhir.SmartApp.Visits;

/// <summary>A part of a note as it is read.</summary>
/// <param name="Name">What it is, apart from any language: <c>goals</c>.</param>
/// <param name="Keys">How the keys of its resources begin; none: it stands in the note's document.</param>
/// <param name="IsOfTheTeam">For the CHW team only: it is in no chart.</param>
public sealed record NotePart(string Name, string Title, IReadOnlyList<PartLine> Lines, IReadOnlyList<string> Keys, bool IsOfTheTeam = false);
