using ChwFhir.Intake;
using ChwFhir.Queue;

namespace ChwFhir.Delivery;

/// <summary>Every write of a note that was tried, oldest first.</summary>
/// <param name="Id">The note's own id.</param>
public sealed record NoteHistory(string Id, IReadOnlyList<NoteAttempt> Items)
{
    /// <summary>What people decided about it, oldest first.</summary>
    public IReadOnlyList<DecisionMade> Decisions { get; init; } = [];

    internal static NoteHistory Of(string id, IEnumerable<HistoryRow> rows, IEnumerable<Decision> decisions) => new(id,
    [
        .. rows.Select(row => new NoteAttempt(row.IntendedAt, row.Attempt, row.Method, row.Interaction, row.Keys,
        [
            .. row.Outcomes.Select(outcome => new AttemptOutcome(outcome.At, Words.Of(outcome.Word), outcome.HttpStatus, (long)outcome.Duration.TotalMilliseconds)),
        ])),
    ])
    {
        Decisions = [.. decisions.Select(made => new DecisionMade(made.At, made.By, made.Key, Words.Of(made.Word), made.Reference, made.Reason, made.Void))],
    };
}
