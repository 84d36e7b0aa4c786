namespace ChwFhir.Queue;

/// <summary>What became of a suggestion. <see cref="Gone"/>: the note's words do not say it any more, and nobody had decided.</summary>
public enum SuggestionState { Proposed, Accepted, Refused, Gone }
