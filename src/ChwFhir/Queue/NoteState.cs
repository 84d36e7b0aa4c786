namespace ChwFhir.Queue;

/// <summary>Where a note is on its way; the words of the contract in kebab case.</summary>
public enum NoteState { Queued, Writing, Written, NeedsAttention, Retracted }
