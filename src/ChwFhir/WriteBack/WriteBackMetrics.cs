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
        age = meter.CreateHistogram<double>("chwfhir.notes.age", "s", "Time from receipt to written.");
    }

    public void Note(NoteState state) => notes.Add(1, new KeyValuePair<string, object?>("state", Words.Of(state)));

    public void Written(TimeSpan since) => age.Record(since.TotalSeconds);

    public void Step(string type, string outcome) =>
        steps.Add(1, new KeyValuePair<string, object?>("type", type), new KeyValuePair<string, object?>("outcome", outcome));
}
