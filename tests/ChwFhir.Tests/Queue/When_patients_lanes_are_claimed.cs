using ChwFhir.Queue;
using NUnit.Framework;
using static ChwFhir.Tests.Queue.SomeStore;

namespace ChwFhir.Tests.Queue;

[TestFixture(StorageOptions.Sqlite), TestFixture(StorageOptions.Postgres)]
public sealed class When_patients_lanes_are_claimed(string provider)
{
    [Test]
    public async Task The_lane_that_waits_longest_comes_first_and_its_notes_in_order_of_receipt()
    {
        await using var some = await SomeStore.OpenAsync(provider);
        var first = await some.AcceptAsync("a1", "Patient/a");
        some.Clock.Advance(TimeSpan.FromSeconds(1));
        var second = await some.AcceptAsync("b1", "Patient/b");
        some.Clock.Advance(TimeSpan.FromSeconds(1));
        var third = await some.AcceptAsync("a2", "Patient/a");

        var one = await some.MustClaimAsync();
        var two = await some.MustClaimAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(one.Numbers, Is.EqualTo(new[] { first, third }));
            Assert.That(two.Numbers, Is.EqualTo(new[] { second }));
            Assert.That(await some.ClaimAsync(), Is.Null, "both lanes are held");
            Assert.That(await some.Store.ClaimAsync("https://other.example", "w", TheLease, default), Is.Null);
        }
    }

    [Test]
    public async Task A_note_that_waits_for_its_time_holds_back_the_later_ones_of_its_lane_and_no_other_lane()
    {
        await using var some = await SomeStore.OpenAsync(provider);
        var first = await some.AcceptAsync("a1", "Patient/a");
        var later = await some.AcceptAsync("a2", "Patient/a");
        var claim = await some.MustClaimAsync();
        var goesOn = await some.FinishAsync(claim, first, NoteState.Queued, TimeSpan.FromMinutes(5));
        await some.Store.ReleaseAsync(claim, default);

        var latest = await some.AcceptAsync("a3", "Patient/a");
        var whileWaiting = await some.ClaimAsync();
        some.Clock.Advance(TimeSpan.FromMinutes(5));
        var after = await some.MustClaimAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(goesOn, Is.False);
            Assert.That(whileWaiting, Is.Null);
            Assert.That(after.Numbers, Is.EqualTo(new[] { first, later, latest }));
        }
    }

    [Test]
    public async Task A_note_that_needs_a_person_steps_aside_until_it_is_tried_again()
    {
        await using var some = await SomeStore.OpenAsync(provider);
        var first = await some.AcceptAsync("a1");
        var later = await some.AcceptAsync("a2");
        var claim = await some.MustClaimAsync();

        var goesOn = await some.FinishAsync(claim, first, NoteState.NeedsAttention);
        await some.Store.ReleaseAsync(claim, default);
        var next = await some.MustClaimAsync();
        await some.FinishAsync(next, later, NoteState.Written);
        await some.Store.ReleaseAsync(next, default);
        var idle = await some.ClaimAsync();
        var retried = await some.Store.RetryAsync(TheEhr, "a1", default);
        var again = await some.MustClaimAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(goesOn, Is.True);
            Assert.That(next.Numbers, Is.EqualTo(new[] { later }));
            Assert.That(idle, Is.Null);
            Assert.That(retried, Is.True);
            Assert.That(again.Numbers, Is.EqualTo(new[] { first }));
            Assert.That((await some.Store.ReadAsync(first, default))!.Attempts, Is.Zero, "a fresh set of attempts");
            Assert.That(await some.Store.RetryAsync(TheEhr, "a2", default), Is.False, "a written note is not tried again");
            Assert.That(await some.Store.RetryAsync(TheEhr, "nobody", default), Is.False);
        }
    }

    [Test]
    public async Task A_note_with_an_unknown_step_steps_aside_and_comes_back_at_its_time()
    {
        await using var some = await SomeStore.OpenAsync(provider);
        var unknown = await some.AcceptAsync("a1");
        var claim = await some.MustClaimAsync();
        var intent = await some.IntendAsync(claim, unknown, "encounter");
        await some.RecordAsync(claim, intent, OutcomeWord.Unknown);
        var goesOn = await some.FinishAsync(claim, unknown, NoteState.Queued, TimeSpan.FromSeconds(30));
        await some.Store.ReleaseAsync(claim, default);

        var later = await some.AcceptAsync("a2");
        var next = await some.MustClaimAsync();
        await some.FinishAsync(next, later, NoteState.Written);
        await some.Store.ReleaseAsync(next, default);
        var idle = await some.ClaimAsync();
        some.Clock.Advance(TimeSpan.FromSeconds(30));
        var back = await some.MustClaimAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(goesOn, Is.True);
            Assert.That(next.Numbers, Is.EqualTo(new[] { later }), "it does not hold the lane");
            Assert.That(idle, Is.Null);
            Assert.That(back.Numbers, Is.EqualTo(new[] { unknown }));
        }
    }

    [Test]
    public async Task A_note_aside_does_not_pass_an_earlier_one_that_stands_in_line()
    {
        await using var some = await SomeStore.OpenAsync(provider);
        var earlier = await some.AcceptAsync("a1");
        var later = await some.AcceptAsync("a2");
        var claim = await some.MustClaimAsync();
        await some.FinishAsync(claim, earlier, NoteState.NeedsAttention);
        await some.RecordAsync(claim, await some.IntendAsync(claim, later, "encounter"), OutcomeWord.Unknown);
        await some.FinishAsync(claim, later, NoteState.Queued, TimeSpan.FromSeconds(30));
        await some.Store.ReleaseAsync(claim, default);
        await some.Store.RetryAsync(TheEhr, "a1", default);
        var retried = await some.MustClaimAsync();
        await some.FinishAsync(retried, earlier, NoteState.Queued, TimeSpan.FromMinutes(2));
        await some.Store.ReleaseAsync(retried, default);

        some.Clock.Advance(TimeSpan.FromMinutes(1));
        var between = await some.ClaimAsync();
        some.Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.That(between, Is.Null);
        Assert.That((await some.MustClaimAsync()).Numbers, Is.EqualTo(new[] { earlier, later }));
    }

    [Test]
    public async Task Whoever_was_overtaken_writes_nothing_more()
    {
        await using var some = await SomeStore.OpenAsync(provider);
        var number = await some.AcceptAsync("a1");
        var slow = await some.MustClaimAsync("slow");
        var intent = await some.IntendAsync(slow, number, "encounter");
        some.Clock.Advance(TheLease);
        var quick = await some.MustClaimAsync("quick");
        var before = await some.Store.ReadAsync(number, default);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(quick.Token, Is.GreaterThan(slow.Token));
            Assert.That(async () => await some.IntendAsync(slow, number, "encounter"), Throws.InstanceOf<LeaseLostException>());
            Assert.That(async () => await some.RecordAsync(slow, intent, OutcomeWord.Done), Throws.InstanceOf<LeaseLostException>());
            Assert.That(async () => await some.FinishAsync(slow, number, NoteState.Written), Throws.InstanceOf<LeaseLostException>());
            Assert.That(async () => await some.Store.SaveResolvedAsync(slow, number, "Patient/p1", new byte[] { 1 }, [], default), Throws.InstanceOf<LeaseLostException>());
            Assert.That(async () => await some.Store.SaveMappedAsync(slow, number, new byte[] { 1 }, "d", [], [], null, default), Throws.InstanceOf<LeaseLostException>());
            Assert.That(async () => await some.Store.SavePlanAsync(slow, number, new byte[] { 1 }, [], default), Throws.InstanceOf<LeaseLostException>());
            Assert.That(await some.Store.RenewAsync(slow, TheLease, default), Is.Null);
        }
        await some.Store.ReleaseAsync(slow, default);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((await some.Store.ReadAsync(number, default))!.Revision, Is.EqualTo(before!.Revision), "nothing was written");
            Assert.That((await some.Store.OpenIntentsAsync(number, default)).Single().Outcomes, Is.Empty, "the intent is still open: unknown");
            Assert.That(await some.Store.RenewAsync(quick, TheLease, default), Is.Not.Null, "the release of the overtaken one took nothing");
        }
    }

    [Test]
    public async Task A_renewed_lease_outlasts_its_first_end_and_a_released_one_writes_nothing()
    {
        await using var some = await SomeStore.OpenAsync(provider);
        var number = await some.AcceptAsync("a1");
        var claim = await some.MustClaimAsync();
        some.Clock.Advance(TheLease / 2);
        var renewed = await some.Store.RenewAsync(claim, TheLease, default);
        some.Clock.Advance(TheLease * 0.75);

        var other = await some.ClaimAsync();
        await some.Store.ReleaseAsync(renewed!, default);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(renewed!.Until, Is.EqualTo(claim.Until + TheLease / 2));
            Assert.That(other, Is.Null);
            Assert.That(async () => await some.IntendAsync(renewed, number, "encounter"), Throws.InstanceOf<LeaseLostException>());
            Assert.That(await some.ClaimAsync(), Is.Not.Null);
        }
    }

    [Test]
    public async Task A_claim_takes_a_bounded_part_of_a_long_lane()
    {
        await using var some = await SomeStore.OpenAsync(provider);
        for (var i = 0; i < 50; i++) await some.AcceptAsync($"a{i}");

        var written = new List<long>();
        while (await some.ClaimAsync() is { } claim)
        {
            Assert.That(claim.Numbers, Has.Count.LessThanOrEqualTo(32));
            foreach (var number in claim.Numbers) await some.FinishAsync(claim, number, NoteState.Written);
            written.AddRange(claim.Numbers);
            await some.Store.ReleaseAsync(claim, default);
        }

        Assert.That(written, Is.Ordered.And.Unique.And.Count.EqualTo(50));
    }

    [Test]
    public async Task A_new_process_may_claim_what_the_ended_one_held()
    {
        await using var some = await SomeStore.OpenAsync(provider);
        var number = await some.AcceptAsync("a1");
        var before = await some.MustClaimAsync();
        await some.IntendAsync(before, number, "encounter", "document");

        await some.ReopenAsync();
        if (some.IsShared)
        {
            Assert.That(await some.ClaimAsync(), Is.Null, "the holder may live: its lease is kept");
            some.Clock.Advance(TheLease);
        }
        var after = await some.MustClaimAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(after.Numbers, Is.EqualTo(new[] { number }));
            Assert.That((await some.Store.OpenIntentsAsync(number, default)).Single().Keys, Is.EqualTo(new[] { "encounter", "document" }));
            Assert.That(async () => await some.IntendAsync(before, number, "plan"), Throws.InstanceOf<LeaseLostException>());
        }
    }
}
