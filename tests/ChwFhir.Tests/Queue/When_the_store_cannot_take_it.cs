using ChwFhir.Queue;
using NUnit.Framework;
using static ChwFhir.Tests.Queue.SomeStore;

namespace ChwFhir.Tests.Queue;

[TestFixture(StorageOptions.Sqlite), TestFixture(StorageOptions.Postgres)]
public sealed class When_the_store_cannot_take_it(string provider)
{
    [Test]
    public async Task A_full_disk_keeps_nothing_and_says_so_and_the_next_note_is_taken_when_there_is_room()
    {
        await using var some = await SomeStore.OpenAsync(provider);
        if (some.IsShared) Assert.Pass("PostgreSQL's full disk is an error of its own class: see its own tests.");
        await some.AcceptAsync("before");
        // SQLite's own limit gives the error of a full disk, on the writer's present connection only.
        await some.Store.WriteAsync(session => session.Row("PRAGMA max_page_count = 1", row => row.GetInt64(0)), default);

        var full = await Assert.CatchAsync<StoreUnavailableException>(() => some.Store.AcceptAsync(Note("big", content: new string('x', 200_000)), default));
        var found = await some.Store.FindAsync(TheEhr, "big", default);
        var again = await some.Store.AcceptAsync(Note("big", content: new string('x', 200_000)), default);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(full!.RetryAfter, Is.GreaterThan(TimeSpan.Zero));
            Assert.That(full.Message, Does.Not.Contain("big"));
            Assert.That(found, Is.Null);
            Assert.That(again, Is.InstanceOf<Acceptance.Accepted>(), "the writer lives on");
        }
    }

    [Test]
    public async Task A_write_that_fails_in_a_group_does_not_sink_the_others()
    {
        await using var some = await SomeStore.OpenAsync(provider);
        using var held = new ManualResetEventSlim();
        var first = some.Store.WriteAsync(_ => held.Wait(TimeSpan.FromSeconds(20)), default);
        var before = some.AcceptAsync("before");
        var failing = some.Store.WriteAsync<int>(
            session =>
            {
                session.Execute("INSERT INTO ehr (base_url) VALUES ('half done')");
                throw new InvalidOperationException("no");
            },
            default);
        var after = some.AcceptAsync("after");
        held.Set();

        await Task.WhenAll(first, before, after);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(async () => await failing, Throws.InvalidOperationException);
            Assert.That(await some.Store.FindAsync(TheEhr, "before", default), Is.Not.Null);
            Assert.That(await some.Store.FindAsync(TheEhr, "after", default), Is.Not.Null);
            Assert.That(await some.Store.ReadAsync(session => Ehrs.Find(session, "half done"), default), Is.Null);
        }
    }

    [Test]
    public async Task Too_many_waiting_notes_are_sent_away_and_those_that_wait_are_kept()
    {
        await using var some = await SomeStore.OpenAsync(provider);
        using var held = new ManualResetEventSlim();
        var first = Task.WhenAll(Enumerable.Range(0, some.Store.Writers).Select(_ => some.Store.WriteAsync(_ => held.Wait(TimeSpan.FromSeconds(20)), default)));
        Assert.That(() => some.Store.WaitingWrites, Is.Zero.After(10_000, 5), "each writer is held");

        var answers = Enumerable.Range(0, WriteLoop.Capacity + 400).Select(i => some.Store.AcceptAsync(Note($"n{i}"), default)).ToList();
        var sentAway = answers.Where(answer => answer.IsFaulted).ToList();
        held.Set();
        await first;
        var kept = await Task.WhenAll(answers.Except(sentAway));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(sentAway.Select(answer => answer.Exception!.InnerException), Is.Not.Empty.And.All.InstanceOf<StoreUnavailableException>());
            Assert.That(kept, Has.All.InstanceOf<Acceptance.Accepted>());
            Assert.That((await some.Store.CountAsync(TheEhr, default)).Queued, Is.EqualTo(kept.Length));
        }
    }

    [Test]
    public async Task After_it_was_closed_callers_are_told_so()
    {
        await using var some = await SomeStore.OpenAsync(provider);
        await some.Store.DisposeAsync();

        Assert.That(async () => await some.Store.AcceptAsync(Note("n"), default), Throws.InstanceOf<StoreUnavailableException>());
        Assert.That(async () => await some.ClaimAsync(), Throws.InstanceOf<StoreUnavailableException>());
    }
}
