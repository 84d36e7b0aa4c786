using ChwFhir.Intake;
using ChwFhir.Queue;
using NUnit.Framework;
using static ChwFhir.Tests.Queue.SomeStore;

namespace ChwFhir.Tests.Queue;

[TestFixture(StorageOptions.Sqlite), TestFixture(StorageOptions.Postgres)]
public sealed class When_the_desk_asks(string provider)
{
    [Test]
    public async Task Notes_that_need_attention_are_counted_by_reason_the_most_frequent_first()
    {
        await using var some = await SomeStore.OpenAsync(provider);
        var first = some.Clock.GetUtcNow();
        await NeedsAttentionAsync(some, "a", "patient-mismatch");
        some.Clock.Advance(TimeSpan.FromMinutes(1));
        await NeedsAttentionAsync(some, "b", "gave-up", "patient-mismatch");
        await NeedsAttentionAsync(some, "c");
        await NeedsAttentionAtAsync("https://other.example/fhir", some, "elsewhere", "gave-up");

        var counts = await some.Store.CountAttentionAsync(TheEhr, default);

        Assert.That(counts.Select(count => (count.Code, count.Notes, count.Oldest)), Is.EqualTo(new[]
        {
            ("patient-mismatch", 2, first), ("gave-up", 1, first + TimeSpan.FromMinutes(1)), ("other", 1L, first + TimeSpan.FromMinutes(1)),
        }));
    }

    [Test]
    public async Task Lost_answers_and_lanes_at_work_are_counted()
    {
        await using var some = await SomeStore.OpenAsync(provider);
        var unknown = await some.AcceptAsync("a", "Patient/a");
        var claim = await some.MustClaimAsync();
        await some.RecordAsync(claim, await some.IntendAsync(claim, unknown, "encounter", "plan"), OutcomeWord.Unknown, Row("encounter", ResourceState.Unknown), Row("plan", ResourceState.Unknown));
        await some.FinishAsync(claim, unknown, NoteState.NeedsAttention);
        await some.Store.ReleaseAsync(claim, default);
        var lookedFor = await some.AcceptAsync("b", "Patient/b");
        claim = await some.MustClaimAsync();
        await some.RecordAsync(claim, await some.IntendAsync(claim, lookedFor, "encounter"), OutcomeWord.Unknown);
        await some.FinishAsync(claim, lookedFor, NoteState.Queued, TimeSpan.FromHours(1));
        await some.Store.ReleaseAsync(claim, default);
        foreach (var patient in new[] { "c", "d", "e" }) await some.AcceptAsync(patient, $"Patient/{patient}");
        await some.MustClaimAsync("one");
        await some.MustClaimAsync("one");
        await some.MustClaimAsync("other");

        var during = await some.Store.CountDeliveryAsync(TheEhr, default);
        some.Clock.Advance(TheLease + TimeSpan.FromSeconds(1));
        var after = await some.Store.CountDeliveryAsync(TheEhr, default);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(during, Is.EqualTo(new DeliveryCounts(Unknown: 1, LookedFor: 1, Instances: 2, Lanes: 3)));
            Assert.That(after, Is.EqualTo(during with { Instances = 0, Lanes = 0 }), "a lease that ran out is nobody's work");
        }
    }

    [Test]
    public async Task Messages_that_nobody_opened_are_counted_and_those_whose_time_is_over()
    {
        await using var some = await SomeStore.OpenAsync(provider);
        var now = some.Clock.GetUtcNow();
        foreach (var minutes in new[] { 15, 60, 90 })
            await some.Store.KeepMessageAsync(TheEhr, "Patient/a", Message($"m{minutes}", now, now.AddMinutes(minutes)), default);
        var opened = (await some.Store.KeepMessageAsync(TheEhr, "Patient/a", Message("opened", now, now.AddMinutes(15)), default)).Message;
        await some.Store.WriteAsync(session => session.Execute("UPDATE message SET reach = 'opened' WHERE number = $1", opened.Number), default);

        some.Clock.Advance(TimeSpan.FromHours(1));
        var counts = await some.Store.CountUnopenedAsync(TheEhr, default);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(counts, Is.EqualTo(new UnopenedMessages(Messages: 3, Overdue: 2, Untold: 0, Oldest: now)));
            Assert.That((await some.Store.CountUnopenedAsync("https://other.example/fhir", default)).Messages, Is.Zero);
        }
    }

    [Test]
    public async Task Many_notes_are_tried_again_by_their_reason_and_the_others_stay()
    {
        await using var some = await SomeStore.OpenAsync(provider);
        for (var i = 0; i < 50; i++) await NeedsAttentionAsync(some, $"gave-up-{i}", "gave-up");
        await NeedsAttentionAsync(some, "other", "patient-mismatch");

        var retried = await some.Store.RetryAllAsync(TheEhr, "gave-up", default);

        var counts = await some.Store.CountAsync(TheEhr, default);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(retried, Is.EqualTo(50));
            Assert.That((counts.Queued, counts.NeedsAttention), Is.EqualTo((50, 1)));
            Assert.That(await some.ClaimAsync(), Is.Not.Null, "their lanes are due");
            Assert.That(await some.Store.RetryAllAsync(TheEhr, null, default), Is.EqualTo(1), "no reason named: all");
        }
    }

    [Test]
    public async Task What_was_said_of_an_EHR_s_writes_holds_after_a_restart()
    {
        await using var some = await SomeStore.OpenAsync(provider);
        var nothing = await some.Store.SwitchAsync(TheEhr, default);
        var stopped = await some.Store.SwitchAsync(TheEhr, stop: true, "first", "the EHR is upgraded", default);
        some.Clock.Advance(TimeSpan.FromMinutes(1));
        var again = await some.Store.SwitchAsync(TheEhr, stop: true, "second", null, default);
        await some.ReopenAsync();
        var reopened = await some.Store.SwitchAsync(TheEhr, default);
        var resumed = await some.Store.SwitchAsync(TheEhr, stop: false, "second", null, default);
        var twice = await some.Store.SwitchAsync(TheEhr, stop: false, "third", null, default);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(nothing, Is.Null);
            Assert.That((stopped.Stopped, stopped.By, stopped.Reason), Is.EqualTo((true, "first", "the EHR is upgraded")));
            Assert.That(again, Is.EqualTo(stopped), "who stopped it first is who stopped it");
            Assert.That(reopened, Is.EqualTo(stopped));
            Assert.That((resumed.Stopped, resumed.By), Is.EqualTo((false, "second")));
            Assert.That(new[] { stopped.Turn, resumed.Turn, twice.Turn }, Is.Ordered.And.Unique, "each time that something is said instances must see it");
            Assert.That(await some.Store.SwitchAsync("https://other.example/fhir", default), Is.Null);
        }
    }

    private static IncomingMessage Message(string id, DateTimeOffset sent, DateTimeOffset due) =>
        new(id, "report", $"hash of {id}", "Practitioner/chw-1", "chw", "urgent", false, false, ["nurse"], sent, due, null, "{}"u8.ToArray(), []) { ClientId = id };

    private static Task NeedsAttentionAsync(SomeStore some, string id, params string[] codes) => NeedsAttentionAtAsync(TheEhr, some, id, codes);

    private static async Task NeedsAttentionAtAsync(string ehr, SomeStore some, string id, params string[] codes)
    {
        var number = await some.AcceptAsync(id, $"Patient/{id}", ehr);
        var claim = (await some.Store.ClaimAsync(ehr, "w", TheLease, default))!;
        NoteIssue[] issues = [new("warning", "older-visit", null, "not a reason"), .. codes.Select(code => new NoteIssue("error", code, null, "why"))];
        await some.Store.FinishAsync(claim, number, NoteState.NeedsAttention, null, true, issues, default);
        await some.Store.ReleaseAsync(claim, default);
    }

    private static ResourceRow Row(string key, ResourceState state) => new(key, "Encounter", state, null, null, null, null);
}
