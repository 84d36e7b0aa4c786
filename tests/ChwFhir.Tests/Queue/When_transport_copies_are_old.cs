using System.Text;
using ChwFhir.Queue;
using NUnit.Framework;
using static ChwFhir.Tests.Queue.SomeStore;

namespace ChwFhir.Tests.Queue;

/// <summary>What the EHR has as itself may be cleared away here; what it does not have is part of the patient's record.</summary>
[TestFixture(StorageOptions.Sqlite), TestFixture(StorageOptions.Postgres)]
public sealed class When_transport_copies_are_old(string provider)
{
    private static readonly TimeSpan Kept = TimeSpan.FromDays(90);

    [Test]
    public async Task Those_of_a_wholly_written_note_go_and_everything_that_makes_it_known_stays()
    {
        await using var some = await SomeStore.OpenAsync(provider);
        var number = await WriteAsync(some, "a", NoteState.Written, null, ResourceState.Written, ResourceState.Existing);
        var before = (await some.Store.ReadAsync(number, default))!;
        some.Clock.Advance(Kept + TimeSpan.FromDays(1));

        var pruned = await PruneAllAsync(some);

        var after = (await some.Store.ReadAsync(number, default))!;
        var content = await some.Store.ReadContentAsync(number, default);
        var history = await some.Store.HistoryAsync(number, default);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(pruned, Is.EqualTo(1));
            Assert.That((content.Bundle, content.Document), Is.EqualTo(((ReadOnlyMemory<byte>?)null, (string?)null)));
            Assert.That(Encoding.UTF8.GetString(content.Input.Span), Is.EqualTo("{}"), "the original");
            Assert.That(content.Resolved, Is.Not.Null);
            Assert.That(content.Plan, Is.Not.Null);
            Assert.That(history.Single().Outcomes.Single().Word, Is.EqualTo(OutcomeWord.Done), "the ledger");
            Assert.That(after with { Resources = before.Resources, Issues = before.Issues }, Is.EqualTo(before));
            Assert.That(after.Resources, Is.EqualTo(before.Resources));
            Assert.That(await some.Store.AcceptAsync(Note("a"), default), Is.InstanceOf<Acceptance.AlreadyHere>(), "the same note is still known");
            Assert.That(await some.Store.AcceptAsync(Note("a", content: "[]"), default), Is.InstanceOf<Acceptance.Different>());
            Assert.That(await some.ClaimAsync(), Is.Null, "and nothing is due");
        }
    }

    [TestCase(ResourceState.Folded)]
    [TestCase(ResourceState.Kept)]
    [TestCase(ResourceState.Held)]
    [TestCase(ResourceState.Unknown)]
    [TestCase(ResourceState.Refused)]
    [TestCase(ResourceState.Pending)]
    public async Task What_the_EHR_does_not_hold_as_itself_stays(ResourceState other)
    {
        await using var some = await SomeStore.OpenAsync(provider);
        var number = await WriteAsync(some, "a", NoteState.Written, null, ResourceState.Written, other);
        some.Clock.Advance(TimeSpan.FromDays(36_500));

        var pruned = await PruneAllAsync(some);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(pruned, Is.Zero);
            Assert.That((await some.Store.ReadContentAsync(number, default)).Bundle, Is.Not.Null);
        }
    }

    [TestCase(NoteState.NeedsAttention)]
    [TestCase(NoteState.Queued)]
    [TestCase(NoteState.Retracted)]
    public async Task A_note_that_is_not_written_keeps_all(NoteState state)
    {
        await using var some = await SomeStore.OpenAsync(provider);
        var number = await WriteAsync(some, "a", state, null, ResourceState.Written);
        some.Clock.Advance(TimeSpan.FromDays(36_500));

        Assert.That((await PruneAllAsync(some), (await some.Store.ReadContentAsync(number, default)).Bundle is null), Is.EqualTo((0, false)));
    }

    [Test]
    public async Task A_note_with_a_held_part_and_a_younger_one_keep_all()
    {
        await using var some = await SomeStore.OpenAsync(provider);
        await WriteAsync(some, "held", NoteState.Written, "held", ResourceState.Written);
        some.Clock.Advance(TimeSpan.FromDays(1));
        var young = await WriteAsync(some, "young", NoteState.Written, null, ResourceState.Written);
        some.Clock.Advance(Kept - TimeSpan.FromHours(1));

        var early = await PruneAllAsync(some);
        some.Clock.Advance(TimeSpan.FromHours(2));
        var late = await PruneAllAsync(some);

        Assert.That((early, late, (await some.Store.ReadContentAsync(young, default)).Bundle is null), Is.EqualTo((0, 1, true)));
    }

    [Test]
    public async Task Many_go_a_few_at_a_time()
    {
        await using var some = await SomeStore.OpenAsync(provider);
        for (var i = 0; i < 25; i++) await WriteAsync(some, $"n{i}", NoteState.Written, null, i % 2 == 0 ? ResourceState.Written : ResourceState.Folded);
        some.Clock.Advance(Kept + TimeSpan.FromDays(1));
        var before = some.Clock.GetUtcNow() - Kept;

        List<int> bites = [];
        for (long? after = 0; after is { } place;)
        {
            (var bite, after) = await some.Store.PruneAsync(place, before, 10, default);
            bites.Add(bite);
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(bites.Sum(), Is.EqualTo(13));
            Assert.That(bites, Has.All.LessThanOrEqualTo(10));
        }
    }

    private static async Task<int> PruneAllAsync(SomeStore some)
    {
        var pruned = 0;
        for (long? after = 0; after is { } place;)
        {
            (var bite, after) = await some.Store.PruneAsync(place, some.Clock.GetUtcNow() - Kept, 100, default);
            pruned += bite;
        }
        return pruned;
    }

    private static async Task<long> WriteAsync(SomeStore some, string id, NoteState state, string? held, params ResourceState[] parts)
    {
        var number = await some.AcceptAsync(id, $"Patient/{id}");
        var claim = await some.MustClaimAsync();
        var rows = parts.Select((part, place) => new ResourceRow($"part{place}", "Goal", part, null, null, null, null)).ToList();
        await some.Store.SaveResolvedAsync(claim, number, $"Patient/{id}", Bytes("resolved"), [], default);
        await some.Store.SaveMappedAsync(claim, number, Bytes("bundle"), "the document", [.. rows.Select(row => row with { State = ResourceState.Pending })], [], held is null ? null : Bytes(held), default);
        await some.Store.SavePlanAsync(claim, number, Bytes("plan"), [], default);
        await some.RecordAsync(claim, await some.IntendAsync(claim, number, "part0"), OutcomeWord.Done, [.. rows]);
        await some.FinishAsync(claim, number, state, state is NoteState.Queued ? TimeSpan.FromDays(40_000) : null);
        await some.Store.ReleaseAsync(claim, default);
        return number;
    }

    private static ReadOnlyMemory<byte> Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
