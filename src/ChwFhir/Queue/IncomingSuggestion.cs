namespace ChwFhir.Queue;

/// <summary>What the words of a note seem to state.</summary>
/// <param name="Key">The same for the same thing in every content of the note.</param>
/// <param name="Body">All about it, as JSON.</param>
public sealed record IncomingSuggestion(string Key, string Body);
