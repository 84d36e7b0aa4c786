namespace ChwFhir.Queue;

/// <summary>A suggestion of a note.</summary>
/// <param name="Number">Stays the same for as long as the note is kept; never given again.</param>
/// <param name="By">Who decided.</param>
public sealed record SuggestionRow(int Number, string Key, string Body, SuggestionState State, string? By = null, DateTimeOffset? At = null);
