using System.Text;
using ChwFhir.Ehr;
using ChwFhir.Queue;

namespace ChwFhir.Api.Metrics;

/// <summary>How many notes are in which state, and how long the oldest has waited: asked of the store at each scrape.</summary>
internal sealed class NotesGauge(NoteStore store, EhrConnection ehr, TimeProvider clock)
{
    public async Task WriteToAsync(StringBuilder output, CancellationToken cancellationToken)
    {
        var counts = await store.CountAsync(ehr.Id, cancellationToken);
        PrometheusText.WriteHead(output, "chwfhir_notes", MetricKind.Gauge, "Notes of the present EHR by state.");
        Write(output, NoteState.Queued, counts.Queued);
        Write(output, NoteState.Writing, counts.Writing);
        Write(output, NoteState.Written, counts.Written);
        Write(output, NoteState.NeedsAttention, counts.NeedsAttention);
        Write(output, NoteState.Retracted, counts.Retracted);
        PrometheusText.WriteHead(output, "chwfhir_notes_oldest_waiting_seconds", MetricKind.Gauge, "Since the oldest note that is queued or being written came in; 0 when none waits.");
        var waited = counts.OldestWaiting is { } since ? Math.Max(0, (clock.GetUtcNow() - since).TotalSeconds) : 0;
        PrometheusText.WriteSample(output, "chwfhir_notes_oldest_waiting_seconds", "", waited);
    }

    private static void Write(StringBuilder output, NoteState state, long count) =>
        PrometheusText.WriteSample(output, "chwfhir_notes", $"state=\"{Intake.Words.Of(state)}\"", count);
}
