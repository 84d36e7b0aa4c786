using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using ChwFhir.Fhir.Client;
using NUnit.Framework;

namespace ChwFhir.Fhir.Tests.Client;

[NonParallelizable]
public sealed class When_requests_are_measured
{
    [Test]
    public async Task Metrics_and_traces_name_types_and_routes_and_no_ids()
    {
        var told = new ConcurrentQueue<string>();
        using var meters = new MeterListener { InstrumentPublished = (instrument, listener) => Enable(instrument, listener) };
        meters.SetMeasurementEventCallback<long>((instrument, value, tags, _) => told.Enqueue($"{instrument.Name} {Join(tags)}"));
        meters.Start();
        using var traces = new ActivityListener { ShouldListenTo = source => source.Name is FhirTelemetry.Name or "System.Net.Http", Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData, ActivityStopped = activity => told.Enqueue($"{activity.Source.Name} {activity.DisplayName} {Join(activity.TagObjects.ToArray())}") };
        ActivitySource.AddActivityListener(traces);
        using var server = new ScriptedServer(_ => Reply.Empty(404));
        using var client = Some.Client(server);

        await client.ReadAsync("Patient", "secret-marker-7", default);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(told, Has.Some.EqualTo("chwfhir.ehr.requests method=GET type=Patient interaction=read answer=4xx"));
            Assert.That(told, Has.Some.StartsWith("ChwFhir.Ehr GET /Patient/{id} "));
            Assert.That(told, Has.None.Contains("secret-marker-7"));
        }
    }

    private static void Enable(Instrument instrument, MeterListener listener)
    {
        if (instrument.Meter.Name == FhirTelemetry.Name)
        {
            listener.EnableMeasurementEvents(instrument);
        }
    }

    private static string Join(ReadOnlySpan<KeyValuePair<string, object?>> tags) => string.Join(' ', tags.ToArray().Select(tag => $"{tag.Key}={tag.Value}"));
}
