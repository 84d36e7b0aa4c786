namespace ChwFhir.Intake.Narratives;

/// <summary>Something that the words of a note seem to state and that none of its parts says.</summary>
/// <param name="Key">The same for the same thing, wherever and however the note says it.</param>
/// <param name="Kind"><c>concern</c>, <c>symptom</c>, <c>goal</c> or <c>follow-up</c>.</param>
/// <param name="Code">Domain or symptom; null for goals and follow-ups.</param>
/// <param name="Text">The sentence, as written.</param>
/// <param name="Pointer">The member in which it stands.</param>
/// <param name="Start">Where in that member, in UTF-16 units.</param>
/// <param name="Into">The list or member of the note that it would be part of.</param>
/// <param name="Part">That part, as JSON.</param>
/// <param name="Held">It comes from a held text, or is always held.</param>
public sealed record Suggestion(string Key, string Kind, string? Code, string Text, string Pointer, int Start, int Length, string Why, string Rule, string Into, string Part, bool Held);
