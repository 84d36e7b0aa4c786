using ChwFhir.Intake;

namespace ChwFhir.Queue;

/// <summary>
/// Steps of a claim that nothing outside waits for: they go to disk with the claim's next step, in its commit and before it. What was found out of a note
/// is found out again by whoever follows a process that died in between; how a request ended is in hand only until the next request or the try's end.
/// </summary>
internal sealed class StepsInHand
{
    private List<(long Intent, IntentOutcome Outcome, IReadOnlyList<ResourceRow> Rows, IReadOnlyList<LongLivedRow> LongLived)> outcomes = [];
    private Found? found;

    /// <summary>Something was sent: nobody may leave before its outcome is on disk.</summary>
    public bool HasOutcomes => outcomes.Count > 0;

    public void Add(long intent, IntentOutcome outcome, IReadOnlyList<ResourceRow> rows, IReadOnlyList<LongLivedRow> longLived) => outcomes.Add((intent, outcome, rows, longLived));

    /// <summary>What is known of a note by now; of another note than before, nothing is.</summary>
    public void Add(long number, Func<Found, Found> more) => found = more(found is { } before && before.Number == number ? before : new Found(number));

    /// <summary>Everything, which is not in hand any more: it is tried with one step only.</summary>
    public StepsInHand? Take()
    {
        if (outcomes.Count == 0 && found is null) return null;
        var taken = new StepsInHand { outcomes = outcomes, found = found };
        (outcomes, found) = ([], null);
        return taken;
    }

    /// <summary>What was found out of a content that is about to be replaced is of no use.</summary>
    /// <returns>Called when it is on disk.</returns>
    public Action Write(Session session, Claim claim)
    {
        var told = WriteOutcomes(session, claim);
        if (found is not null)
            Progress.SaveFound(session, claim, found);
        return told;
    }

    /// <summary>An outcome is never held back by anything but a lane that was lost.</summary>
    /// <returns>Called when it is on disk.</returns>
    public Action WriteOutcomes(Session session, Claim claim)
    {
        List<(OutcomeWord Word, bool Again)> recorded = [];
        foreach (var (intent, outcome, rows, longLived) in outcomes)
            recorded.Add((outcome.Word, Ledger.Record(session, claim, intent, outcome, rows, longLived)));
        return () => recorded.ForEach(one => StoreTelemetry.Recorded(one.Word, one.Again));
    }

    /// <summary>Of one note, as far as it is in hand.</summary>
    internal sealed record Found(long Number)
    {
        public (string Patient, ReadOnlyMemory<byte> Json, IReadOnlyList<NoteIssue> Issues)? Resolved { get; init; }

        public (ReadOnlyMemory<byte> Bundle, string Document, IReadOnlyList<ResourceRow> Rows, IReadOnlyList<NoteIssue> Issues, ReadOnlyMemory<byte>? Held)? Mapped { get; init; }

        public (ReadOnlyMemory<byte> Json, IReadOnlyList<ResourceRow> Rows)? Planned { get; init; }

        public IReadOnlyList<(ResourceRow Row, string Name)> Renamed { get; init; } = [];

        public IReadOnlyList<LongLivedRow> Said { get; init; } = [];
    }
}
