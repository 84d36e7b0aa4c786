using ChwFhir.Intake;
using ChwFhir.Queue;

namespace ChwFhir.Delivery;

/// <summary>Every write of a note that was tried, oldest first.</summary>
/// <param name="Id">The note's own id.</param>
public sealed record NoteHistory(string Id, IReadOnlyList<NoteAttempt> Items)
{
    internal static NoteHistory Of(string id, IEnumerable<HistoryRow> rows) => new(id,
    [
        .. rows.Select(row => new NoteAttempt(row.IntendedAt, row.Attempt, row.Method, row.Interaction, row.Keys,
        [
            .. row.Outcomes.Select(outcome => new AttemptOutcome(outcome.At, Words.Of(outcome.Word), outcome.HttpStatus, (long)outcome.Duration.TotalMilliseconds)),
        ])),
    ]);
}
