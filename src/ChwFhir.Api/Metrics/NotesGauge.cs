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

        var delivery = await store.CountDeliveryAsync(ehr.Id, cancellationToken);
        Write(output, "chwfhir_notes_unknown", "Notes of which it could not be established whether the EHR has some part.", delivery.Unknown);
        Write(output, "chwfhir_notes_looked_for", "Notes that wait to be looked for after a lost answer.", delivery.LookedFor);
        var unopened = await store.CountUnopenedAsync(ehr.Id, cancellationToken);
        Write(output, "chwfhir_messages_not_opened", "Open messages that nobody has opened.", unopened.Messages);
        Write(output, "chwfhir_messages_overdue", "Open messages that nobody has opened in their time.", unopened.Overdue);
        Write(output, "chwfhir_lanes_held", "Patients whose notes are being written, by all instances.", delivery.Lanes);
        Write(output, "chwfhir_instances_writing", "Instances that hold such a patient.", delivery.Instances);
    }

    private static void Write(StringBuilder output, string name, string help, long value)
    {
        PrometheusText.WriteHead(output, name, MetricKind.Gauge, help);
        PrometheusText.WriteSample(output, name, "", value);
    }

    private static void Write(StringBuilder output, NoteState state, long count) =>
        PrometheusText.WriteSample(output, "chwfhir_notes", $"state=\"{Intake.Words.Of(state)}\"", count);
}
