using ChwFhir.Intake;

namespace ChwFhir.Mapping;

/// <summary>An issue that speaks of a red flag, and the same apart from its words: whoever shows it says it in the reader's language.</summary>
public sealed record FlagIssue(NoteIssue Issue, FlagFound Found);
