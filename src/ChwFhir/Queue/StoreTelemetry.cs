using System.Diagnostics.Metrics;
using ChwFhir.Intake;

namespace ChwFhir.Queue;

/// <summary>Counts and times of the store: what it took, what the ledger says, how long a commit takes. No id and no patient data in any tag.</summary>
internal static class StoreTelemetry
{
    public const string Name = "ChwFhir.Store";

    private static readonly Meter Meter = new(Name);
    private static readonly Counter<long> Received = Meter.CreateCounter<long>("chwfhir.notes.received", "{note}", "Inputs by how the store took them.");
    private static readonly Counter<long> Writes = Meter.CreateCounter<long>("chwfhir.writes", "{write}", "Writes to the EHR by their first outcome in the ledger.");
    private static readonly Counter<long> LostAnswers = Meter.CreateCounter<long>("chwfhir.lost.answers", "{write}", "Writes whose answer was lost.");
    private static readonly Counter<long> LookedFor = Meter.CreateCounter<long>("chwfhir.lost.answers.looked.for", "{search}", "Looks for a write whose answer was lost, by what came of them.");
    private static readonly Counter<long> Decisions = Meter.CreateCounter<long>("chwfhir.resolve.decisions", "{decision}", "What persons decided where the service could not.");
    private static readonly Counter<long> Cleared = Meter.CreateCounter<long>("chwfhir.store.pruned", "{note}", "Notes whose transport copies were cleared away.");
    private static readonly Histogram<double> CommitTime = Meter.CreateHistogram(
        "chwfhir.store.commit.duration", "s", "Time of one group of writes until it is on disk.", advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5] });
    private static readonly Histogram<long> GroupSize = Meter.CreateHistogram(
        "chwfhir.store.commit.writes", "{write}", "Writes that share one commit.", advice: new InstrumentAdvice<long> { HistogramBucketBoundaries = [1, 2, 4, 8, 16, 32, 64, 128, 256] });

    public static void Took(Acceptance acceptance) => Received.Add(1, Tag("answer", acceptance switch
    {
        Acceptance.Accepted => "accepted",
        Acceptance.AlreadyHere => "already-here",
        _ => "other-content",
    }));

    public static void Refused() => Received.Add(1, Tag("answer", "busy"));

    /// <param name="again">The write had an outcome before: this one is of a search for it.</param>
    public static void Recorded(OutcomeWord word, bool again)
    {
        if (again)
        {
            LookedFor.Add(1, Tag("result", Words.Of(word)));
            return;
        }
        Writes.Add(1, Tag("outcome", Words.Of(word)));
        if (word is OutcomeWord.Unknown) LostAnswers.Add(1);
    }

    public static void Decided(DecisionWord decision) => Decisions.Add(1, Tag("decision", Words.Of(decision)));

    public static void Pruned(int notes) => Cleared.Add(notes);

    public static void Committed(int writes, TimeSpan took)
    {
        CommitTime.Record(took.TotalSeconds);
        GroupSize.Record(writes);
    }

    private static KeyValuePair<string, object?> Tag(string name, string value) => new(name, value);
}
