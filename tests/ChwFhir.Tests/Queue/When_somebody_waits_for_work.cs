using ChwFhir.Queue;
using NUnit.Framework;
using static ChwFhir.Tests.Queue.SomeStore;

namespace ChwFhir.Tests.Queue;

[TestFixture(StorageOptions.Sqlite), TestFixture(StorageOptions.Postgres)]
public sealed class When_somebody_waits_for_work(string provider)
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    [Test]
    public async Task A_new_note_wakes_everybody()
    {
        await using var some = await SomeStore.OpenAsync(provider);
        var waiting = new[] { some.Store.WaitForWorkAsync(TheEhr, default), some.Store.WaitForWorkAsync(TheEhr, default) };
        await Task.Delay(50);
        Assert.That(waiting.Any(task => task.IsCompleted), Is.False);

        await some.AcceptAsync("a1");

        await Task.WhenAll(waiting).WaitAsync(Soon);
        await some.Store.WaitForWorkAsync(TheEhr, default).WaitAsync(Soon);
    }

    [Test]
    public async Task The_time_of_the_next_try_wakes_it()
    {
        await using var some = await SomeStore.OpenAsync(provider);
        var number = await some.AcceptAsync("a1");
        var claim = await some.MustClaimAsync();
        await some.FinishAsync(claim, number, NoteState.Queued, TimeSpan.FromHours(3));
        await some.Store.ReleaseAsync(claim, default);

        var waiting = some.Store.WaitForWorkAsync(TheEhr, default);
        Assert.That(() => some.Clock.Waiting, Is.EqualTo(1).After(10_000, 10), "it sleeps");
        some.Clock.Advance(TimeSpan.FromHours(2));
        await Task.Delay(50);
        var early = waiting.IsCompleted;
        some.Clock.Advance(TimeSpan.FromHours(1));

        await waiting.WaitAsync(Soon);
        Assert.That(early, Is.False);
    }

    [Test]
    public async Task Whoever_stops_waiting_is_let_go()
    {
        await using var some = await SomeStore.OpenAsync(provider);
        using var stop = new CancellationTokenSource();
        var waiting = some.Store.WaitForWorkAsync(TheEhr, stop.Token);

        await stop.CancelAsync();

        Assert.That(async () => await waiting.WaitAsync(Soon), Throws.InstanceOf<OperationCanceledException>());
    }
}
