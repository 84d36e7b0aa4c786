namespace ChwFhir.SmartApp.Visits;

/// <param name="Kind"><see cref="DiffKind.Same"/>: the line stayed, and its runs say what of it is other.</param>
public sealed record LineChange(DiffKind Kind, IReadOnlyList<(DiffKind Kind, string Text)> Runs);
