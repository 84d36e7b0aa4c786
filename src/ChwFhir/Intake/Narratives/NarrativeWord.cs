namespace ChwFhir.Intake.Narratives;

/// <summary>A word of a text.</summary>
/// <param name="IsApart">A mark stands before it over which no phrase reaches: a semicolon, a colon, a bracket.</param>
/// <param name="Number">Its value when it is a small whole number; else -1.</param>
/// <param name="Says">The first of the words that end with this one and together say what one word says; else -1.</param>
internal readonly record struct NarrativeWord(int Start, int End, bool IsApart, int Number, int FirstId, int Ids, int Says);
