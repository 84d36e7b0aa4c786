using ChwFhir.Queue;
using ChwFhir.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using NUnit.Framework;
using static ChwFhir.Tests.Queue.SomeStore;

namespace ChwFhir.Tests.Queue;

/// <summary>A PostgreSQL that is killed while two instances use it, and comes back.</summary>
public sealed class When_the_database_goes_away
{
    private PrivatePostgres _server = null!;
    private StorageOptions _options = null!;

    [SetUp]
    public async Task StartAsync()
    {
        Needs.Postgres();
        _server = await PrivatePostgres.StartAsync();
        _options = new StorageOptions { Provider = StorageOptions.Postgres, ConnectionString = await _server.NewDatabaseAsync(), Key = SomeStore.TheKey };
    }

    [TearDown]
    public async Task StopAsync()
    {
        if (_server is not null) await _server.DisposeAsync();
    }

    [Test]
    public async Task Callers_are_told_to_come_again_and_are_served_when_it_is_back()
    {
        await using var store = await OpenAsync();
        await using var other = await OpenAsync();
        await store.AcceptAsync(Note("before"), default);
        await other.CountAsync(TheEhr, default);

        await _server.KillAsync();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(async () => await store.AcceptAsync(Note("during"), default), Throws.InstanceOf<StoreUnavailableException>());
            Assert.That(async () => await store.FindAsync(TheEhr, "before", default), Throws.InstanceOf<StoreUnavailableException>());
            Assert.That(async () => await other.ProbeAsync(default), Throws.InstanceOf<StoreUnavailableException>());
        }
        await _server.StartAgainAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(await store.AcceptAsync(Note("after"), default), Is.InstanceOf<Acceptance.Accepted>());
            Assert.That(await other.FindAsync(TheEhr, "before", default), Is.Not.Null);
            Assert.That((await other.ClaimAsync(TheEhr, "w", TheLease, default))?.Numbers, Has.Count.EqualTo(2));
            Assert.That(async () => await other.ProbeAsync(default), Throws.Nothing);
        }
    }

    [Test]
    public async Task Connections_that_broke_while_nobody_used_them_turn_nobody_away()
    {
        await using var store = await OpenAsync();
        await Task.WhenAll(Enumerable.Range(0, 50).Select(i => store.AcceptAsync(Note($"n{i}"), default)));
        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() => store.FindAsync(TheEhr, $"n{i}", default))));

        await _server.KillAsync();
        await _server.StartAgainAsync();

        var found = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() => store.FindAsync(TheEhr, $"n{i}", default))));
        var taken = await Task.WhenAll(Enumerable.Range(50, 50).Select(i => store.AcceptAsync(Note($"n{i}"), default)));
        Assert.That(found, Has.All.Not.Null);
        Assert.That(taken, Has.All.InstanceOf<Acceptance.Accepted>());
    }

    [Test]
    public async Task Everything_that_was_promised_is_there_once()
    {
        await using var store = await OpenAsync();
        var promised = new List<string>();
        using var enough = new CancellationTokenSource();
        var callers = Enumerable.Range(0, 8).Select(caller => Task.Run(async () =>
        {
            for (var i = 0; !enough.IsCancellationRequested; i++)
            {
                var id = $"c{caller}-{i}";
                // As a caller does: again until it is told.
                while (!await TellAsync(store, id)) await Task.Delay(20);
                lock (promised) promised.Add(id);
            }
        })).ToList();

        for (var kill = 0; kill < 2; kill++)
        {
            await Task.Delay(400);
            await _server.KillAsync();
            await Task.Delay(100);
            await _server.StartAgainAsync();
        }
        await Task.Delay(300);
        await enough.CancelAsync();
        await Task.WhenAll(callers);

        var counts = await store.CountAsync(TheEhr, default);
        var rows = await store.ReadAsync(session => session.Row("SELECT count(*) FROM note", row => row.GetInt64(0)), default);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(promised, Has.Count.GreaterThan(50).And.Unique);
            Assert.That(rows, Is.EqualTo(promised.Count));
            Assert.That(counts.Queued, Is.EqualTo(promised.Count), "the tally and the notes are one commit");
            foreach (var id in promised) Assert.That(await store.FindAsync(TheEhr, id, default), Is.Not.Null, id);
        }
    }

    [Test]
    public async Task Whoever_waits_for_work_waits_on_and_hears_of_the_next_note()
    {
        await using var store = await OpenAsync();
        await using var other = await OpenAsync();

        await _server.KillAsync();
        await _server.StartAgainAsync();
        var waiting = other.WaitForWorkAsync(TheEhr, default);
        await store.AcceptAsync(Note("after"), default);

        await waiting.WaitAsync(TimeSpan.FromSeconds(20));
    }

    private Task<NoteStore> OpenAsync() => NoteStore.OpenAsync(_options, TimeProvider.System, NullLoggerFactory.Instance, default);

    private static async Task<bool> TellAsync(NoteStore store, string id)
    {
        try
        {
            await store.AcceptAsync(Note(id, $"Patient/{id.GetHashCode(StringComparison.Ordinal) % 20}"), default);
            return true;
        }
        catch (StoreUnavailableException)
        {
            return false;
        }
    }
}
