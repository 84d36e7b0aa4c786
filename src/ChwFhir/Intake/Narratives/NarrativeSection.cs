namespace ChwFhir.Intake.Narratives;

/// <summary>A part of a narrative under its heading.</summary>
/// <param name="Title">As written; null for what stands before the first heading.</param>
/// <param name="Kind">What kind of section a heading of this name begins; null when the lexicon does not know it.</param>
/// <param name="Start">Of its text, without the heading.</param>
internal sealed record NarrativeSection(string? Title, string? Kind, int Start, int Length);
