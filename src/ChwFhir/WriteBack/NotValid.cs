using ChwFhir.Intake;

namespace ChwFhir.WriteBack;

/// <summary>A resource of ours that is not sent as itself.</summary>
/// <param name="Key">Its key in the note; null when it is about all of them together.</param>
internal sealed record NotValid(string? Key, NoteIssue Issue);
