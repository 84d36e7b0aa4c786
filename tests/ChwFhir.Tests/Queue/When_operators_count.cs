using System.Diagnostics.Metrics;
using ChwFhir.Queue;
using NUnit.Framework;
using static ChwFhir.Tests.Queue.SomeStore;

namespace ChwFhir.Tests.Queue;

public sealed class When_operators_count
{
    private readonly List<string> counted = [];
    private MeterListener listener = null!;

    [SetUp]
    public void Listen()
    {
        counted.Clear();
        listener = new MeterListener { InstrumentPublished = (instrument, own) =>
        {
            if (instrument.Meter.Name == StoreTelemetry.Name && instrument is Counter<long>)
                own.EnableMeasurementEvents(instrument);
        } };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
        {
            lock (counted)
                counted.Add(string.Join(' ', [instrument.Name, .. tags.ToArray().Select(tag => tag.Value), value]));
        });
        listener.Start();
    }

    [TearDown]
    public void Leave() => listener.Dispose();

    [Test]
    public async Task A_lost_answer_is_one_write_and_each_look_for_it_is_counted_apart()
    {
        await using var some = await SomeStore.OpenAsync(StorageOptions.Sqlite);
        var number = await some.AcceptAsync("a");
        var claim = await some.MustClaimAsync();
        var intent = await some.IntendAsync(claim, number, "encounter");
        foreach (var word in new[] { OutcomeWord.Unknown, OutcomeWord.Unknown, OutcomeWord.Found })
            await some.RecordAsync(claim, intent, word);
        await some.RecordAsync(claim, await some.IntendAsync(claim, number, "plan"), OutcomeWord.Refused);

        Assert.That(counted, Is.EqualTo(new[]
        {
            "chwfhir.notes.received accepted 1",
            "chwfhir.writes unknown 1", "chwfhir.lost.answers 1",
            "chwfhir.lost.answers.looked.for unknown 1",
            "chwfhir.lost.answers.looked.for found 1",
            "chwfhir.writes refused 1",
        }));
    }

    [Test]
    public async Task What_was_sent_before_is_told_from_what_is_new()
    {
        await using var some = await SomeStore.OpenAsync(StorageOptions.Sqlite);
        await some.AcceptAsync("a");
        await some.AcceptAsync("a");
        await some.Store.AcceptAsync(Note("a", content: "[]"), default);

        Assert.That(counted, Is.EqualTo(new[] { "chwfhir.notes.received accepted 1", "chwfhir.notes.received already-here 1", "chwfhir.notes.received other-content 1" }));
    }
}
