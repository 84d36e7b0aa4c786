namespace ChwFhir;

/// <summary>Something the narrative seems to say that a person may take over into the note.</summary>
public sealed record NoteSuggestion(int Number, string Text, string? Pointer);
