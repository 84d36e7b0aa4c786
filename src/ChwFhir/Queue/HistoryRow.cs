namespace ChwFhir.Queue;

/// <summary>One write of a note with what is known of how it ended; oldest first in a history.</summary>
/// <param name="Outcomes">Empty while there is no answer; several when an unknown one was looked for.</param>
public sealed record HistoryRow(
    long Intent, IReadOnlyList<string> Keys, string Method, string Interaction, int Attempt, DateTimeOffset IntendedAt, IReadOnlyList<RecordedOutcome> Outcomes);
