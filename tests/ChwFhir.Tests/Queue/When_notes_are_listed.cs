using ChwFhir.Queue;
using NUnit.Framework;
using static ChwFhir.Tests.Queue.SomeStore;

namespace ChwFhir.Tests.Queue;

[TestFixture(StorageOptions.Sqlite), TestFixture(StorageOptions.Postgres)]
public sealed class When_notes_are_listed(string provider)
{
    [Test]
    public async Task Pages_are_newest_first_and_new_notes_do_not_shift_them()
    {
        await using var some = await SomeStore.OpenAsync(provider);
        for (var i = 0; i < 25; i++)
        {
            await some.AcceptAsync($"n{i}");
            if (i % 4 == 0) some.Clock.Advance(TimeSpan.FromMilliseconds(1));
        }

        var seen = new List<string>();
        string? cursor = null;
        do
        {
            var page = await some.Store.ListAsync(new NoteFilter(TheEhr, Limit: 10, Cursor: cursor), default);
            seen.AddRange(page.Items.Select(note => note.Id));
            cursor = page.Next;
            await some.AcceptAsync($"new after {seen.Count}");
        }
        while (cursor is not null);

        Assert.That(seen, Is.EqualTo(Enumerable.Range(0, 25).Reverse().Select(i => $"n{i}")));
    }

    [Test]
    public async Task Each_filter_gives_its_notes_only()
    {
        await using var some = await SomeStore.OpenAsync(provider);
        await some.Store.AcceptAsync(Note("a", "Patient/a", author: "Practitioner/x"), default);
        some.Clock.Advance(TimeSpan.FromMinutes(1));
        var later = some.Clock.GetUtcNow();
        await some.Store.AcceptAsync(Note("b", "Patient/b", author: "Practitioner/x"), default);
        await some.Store.AcceptAsync(Note("c", "Patient/b", author: null), default);
        await some.Store.AcceptAsync(Note("d", "Patient/b", ehr: "https://other.example"), default);
        var claim = await some.MustClaimAsync();
        await some.FinishAsync(claim, claim.Numbers[0], NoteState.Written);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(await Ids(new NoteFilter(TheEhr)), Is.EqualTo("c b a"));
            Assert.That(await Ids(new NoteFilter(TheEhr, Patient: "Patient/b")), Is.EqualTo("c b"));
            Assert.That(await Ids(new NoteFilter(TheEhr, Author: "Practitioner/x")), Is.EqualTo("b a"));
            Assert.That(await Ids(new NoteFilter(TheEhr, State: NoteState.Written)), Is.EqualTo("a"));
            Assert.That(await Ids(new NoteFilter(TheEhr, State: NoteState.Queued)), Is.EqualTo("c b"));
            Assert.That(await Ids(new NoteFilter(TheEhr, Since: later)), Is.EqualTo("c b"));
            Assert.That(await Ids(new NoteFilter(TheEhr, "Patient/b", "Practitioner/x", NoteState.Queued, later)), Is.EqualTo("b"));
            Assert.That(await Ids(new NoteFilter("https://nobody.example")), Is.Empty);
            Assert.That(await Ids(new NoteFilter(TheEhr, Cursor: "'; DROP TABLE note")), Is.EqualTo("c b a"), "a cursor of somebody else is none");
        }

        async Task<string> Ids(NoteFilter filter) => string.Join(' ', (await some.Store.ListAsync(filter, default)).Items.Select(note => note.Id));
    }

    [Test]
    public async Task A_long_exchange_of_messages_pushes_no_visit_out()
    {
        await using var some = await SomeStore.OpenAsync(provider);
        await some.AcceptAsync("visit");
        for (var i = 0; i < 5; i++)
            await some.Store.AcceptAsync(Note($"m{i}") with { Kind = "message" }, default);

        var page = await some.Store.ListAsync(new NoteFilter(TheEhr, "Patient/p1", Limit: 2) { Kinds = ["visit-note", "questionnaire-response"] }, default);

        Assert.That(page.Items.Select(note => note.Id), Is.EqualTo(new[] { "visit" }));
    }

    [Test]
    public async Task The_desk_counts_by_state_and_sees_the_work_of_other_EHRs()
    {
        await using var some = await SomeStore.OpenAsync(provider);
        var first = await some.AcceptAsync("a", "Patient/a");
        var receivedAt = some.Clock.GetUtcNow();
        some.Clock.Advance(TimeSpan.FromMinutes(1));
        await some.AcceptAsync("b", "Patient/b");
        await some.AcceptAsync("c", "Patient/c");
        await some.AcceptAsync("d", ehr: "https://other.example");
        var claim = await some.MustClaimAsync();
        await some.IntendAsync(claim, first, "encounter");
        var writing = await some.Store.CountAsync(TheEhr, default);
        await some.FinishAsync(claim, first, NoteState.Written);
        var second = await some.MustClaimAsync();
        await some.FinishAsync(second, second.Numbers[0], NoteState.NeedsAttention);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(writing, Is.EqualTo(new QueueCounts(2, 1, 0, 0, 0, receivedAt)));
            Assert.That(await some.Store.CountAsync(TheEhr, default), Is.EqualTo(new QueueCounts(1, 0, 1, 1, 0, receivedAt.AddMinutes(1))));
            Assert.That(await some.Store.OtherEhrsWithWorkAsync(TheEhr, default), Is.EqualTo(new[] { new EhrWork("https://other.example", 1) }));
            Assert.That(await some.Store.OtherEhrsWithWorkAsync("https://other.example", default), Is.EqualTo(new[] { new EhrWork(TheEhr, 2) }));
            Assert.That(await some.Store.CountAsync("https://nobody.example", default), Is.EqualTo(new QueueCounts(0, 0, 0, 0, 0, null)));
        }
    }
}
