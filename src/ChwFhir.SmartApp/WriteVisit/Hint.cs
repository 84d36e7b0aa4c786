namespace ChwFhir.SmartApp.WriteVisit;

/// <summary>A word that may do harm where the note is read. Never a reason to stop anybody.</summary>
/// <param name="Kind"><c>status</c>: says something of immigration; <c>blame</c>: puts the blame on who is written about.</param>
/// <param name="Word">As it stands in the note.</param>
/// <param name="Instead">How others say it.</param>
public sealed record Hint(string Kind, string Word, string? Instead);
