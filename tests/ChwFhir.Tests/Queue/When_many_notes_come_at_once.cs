using ChwFhir.Queue;
using NUnit.Framework;
using static ChwFhir.Tests.Queue.SomeStore;

namespace ChwFhir.Tests.Queue;

/// <summary>What waits while the writers are busy shares a commit; nobody notices but by the speed.</summary>
[TestFixture(StorageOptions.Sqlite), TestFixture(StorageOptions.Postgres)]
public sealed class When_many_notes_come_at_once(string provider)
{
    [Test]
    public async Task Each_is_answered_by_itself()
    {
        await using var some = await SomeStore.OpenAsync(provider);
        await some.AcceptAsync("here before");
        using var held = new ManualResetEventSlim();
        using var gone = new CancellationTokenSource();
        var first = Hold(some, held);

        var fresh = Enumerable.Range(0, 20).Select(i => some.Store.AcceptAsync(Note($"n{i}", $"Patient/{i % 3}") with { Messages = [Message("message/m1"), Message("message/m2")], Suggestions = [new IncomingSuggestion("s1", "{}"), new IncomingSuggestion("s2", "{}")] }, default)).ToList();
        var again = Enumerable.Range(0, 3).Select(_ => some.Store.AcceptAsync(Note("n5", "Patient/2"), default)).ToList();
        var other = some.Store.AcceptAsync(Note("n6", "Patient/0", "other") with { Hash = "other" }, default);
        var before = some.Store.AcceptAsync(Note("here before"), default);
        var left = some.Store.AcceptAsync(Note("left"), gone.Token);
        await gone.CancelAsync();
        held.Set();
        await first;

        var taken = await Task.WhenAll(fresh);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(taken, Has.All.InstanceOf<Acceptance.Accepted>());
            Assert.That(await Task.WhenAll(again), Has.All.InstanceOf<Acceptance.AlreadyHere>());
            Assert.That(await other, Is.InstanceOf<Acceptance.Different>());
            Assert.That(await before, Is.InstanceOf<Acceptance.AlreadyHere>());
            Assert.That(async () => await left, Throws.InstanceOf<OperationCanceledException>());
            Assert.That((await some.Store.CountAsync(TheEhr, default)).Queued, Is.EqualTo(21));
        }

        foreach (var note in taken.Select(acceptance => acceptance.Note))
        {
            var stored = (await some.Store.FindAsync(TheEhr, note.Id, default))!;
            using var scope = Assert.EnterMultipleScope();
            Assert.That(stored with { Messages = [], Issues = [], Resources = [] }, Is.EqualTo(note with { Messages = [], Issues = [], Resources = [] }), "the answer is what is stored");
            Assert.That(stored.Messages, Is.EqualTo(note.Messages));
            Assert.That((await some.Store.SuggestionsAsync(note.Number, default)).Select(suggestion => suggestion.Key), Is.EqualTo(new[] { "s1", "s2" }));
        }
    }

    [Test]
    public async Task One_that_cannot_be_kept_costs_no_other()
    {
        await using var some = await SomeStore.OpenAsync(provider);
        await some.AcceptAsync("before");
        using var held = new ManualResetEventSlim();
        var first = Hold(some, held);

        var good = Enumerable.Range(0, 10).Select(i => some.Store.AcceptAsync(Note($"n{i}", $"Patient/{i}"), default)).ToList();
        // Two messages of one name are a mistake of ours that the store refuses.
        var bad = some.Store.AcceptAsync(Note("bad", "Patient/3") with { Messages = [Message("message/m1"), Message("message/m1")] }, default);
        var later = Enumerable.Range(10, 10).Select(i => some.Store.AcceptAsync(Note($"n{i}", $"Patient/{i}"), default)).ToList();
        held.Set();
        await first;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(await Task.WhenAll(good.Concat(later)), Has.All.InstanceOf<Acceptance.Accepted>());
            Assert.That(async () => await bad, Throws.Exception);
            Assert.That(await some.Store.FindAsync(TheEhr, "bad", default), Is.Null);
        }
    }

    [Test]
    public async Task Those_of_one_patient_are_due_in_the_order_in_which_they_came()
    {
        await using var some = await SomeStore.OpenAsync(provider);
        await some.AcceptAsync("a1", "Patient/a");
        using var held = new ManualResetEventSlim();
        var first = Hold(some, held);

        var coming = Enumerable.Range(2, 8).Select(i => some.Store.AcceptAsync(Note($"a{i}", "Patient/a"), default)).ToList();
        held.Set();
        await first;
        var numbers = (await Task.WhenAll(coming)).Select(acceptance => acceptance.Note.Number).ToList();

        Assert.That(numbers, Is.Ordered.Ascending);
        Assert.That((await some.MustClaimAsync()).Numbers.Skip(1), Is.EqualTo(numbers));
    }

    // Every writer, so that whatever comes meanwhile waits.
    private static Task Hold(SomeStore some, ManualResetEventSlim held)
    {
        var first = Task.WhenAll(Enumerable.Range(0, some.Store.Writers).Select(_ => some.Store.WriteAsync(_ => held.Wait(TimeSpan.FromSeconds(20)), default)));
        Assert.That(() => some.Store.WaitingWrites, Is.Zero.After(10_000, 5), "each writer is held");
        return first;
    }

    private static IncomingMessage Message(string key) =>
        new(key, "note", "hash", "Practitioner/chw-1", "chw", "urgent", false, true, ["nurse", "pcp"], TheVisit, TheVisit.AddHours(4), null, "{}"u8.ToArray(), [new IncomingNotification("webhook", "", ["nurse"])]);
}
