using System.Diagnostics.Metrics;
using ChwFhir.Intake;
using ChwFhir.Queue;

namespace ChwFhir.WriteBack;

/// <summary>Counts of the way back: states, steps, how long notes waited. No patient data in any tag.</summary>
internal sealed class WriteBackMetrics
{
    public const string Name = "ChwFhir.WriteBack";

    private readonly Counter<long> notes;
    private readonly Counter<long> steps;
    private readonly Histogram<double> age;

    public WriteBackMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(Name);
        notes = meter.CreateCounter<long>("chwfhir.notes", "{note}", "Notes by the state that they came to.");
        steps = meter.CreateCounter<long>("chwfhir.write.steps", "{step}", "Resources by what became of their write.");
        age = meter.CreateHistogram(
            "chwfhir.notes.age", "s", "Time from receipt to written.",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900, 3600, 14400, 43200, 86400, 259200] });
    }

    public void Note(NoteState state) => notes.Add(1, new KeyValuePair<string, object?>("state", Words.Of(state)));

    public void Written(TimeSpan since) => age.Record(since.TotalSeconds);

    public void Step(string type, string outcome) =>
        steps.Add(1, new KeyValuePair<string, object?>("type", type), new KeyValuePair<string, object?>("outcome", outcome));
}
