using System.Text;
using ChwFhir.Queue;
using NUnit.Framework;

namespace ChwFhir.Tests.Queue;

[TestFixture(StorageOptions.Sqlite), TestFixture(StorageOptions.Postgres)]
public sealed class When_a_note_is_changed_after_its_receipt(string provider)
{
    [Test]
    public async Task An_amendment_stops_every_further_write_until_it_is_the_content_and_every_content_is_kept()
    {
        await using var some = await SomeStore.OpenAsync(provider);
        await some.Store.AcceptAsync(SomeStore.Note("n1"), default);
        var claim = (await some.Store.ClaimAsync(SomeStore.TheEhr, "w", SomeStore.TheLease, default))!;
        var number = claim.Numbers[0];
        var intent = await some.Store.IntendAsync(claim, new Intent(number, ["encounter"], "POST", "create", 1), default);
        var revision = (await some.Store.ReadAsync(number, default))!.Revision;

        var taken = await some.Store.AmendAsync(Amendment("n1", revision, "{\"a\":2}"), default);
        Assert.That(async () => await some.Store.IntendAsync(claim, new Intent(number, ["note"], "POST", "create", 1), default), Throws.InstanceOf<LeaseLostException>());
        await some.Store.RecordAsync(claim, intent, new IntentOutcome(OutcomeWord.Done, 201, null, TimeSpan.Zero), [new ResourceRow("encounter", "Encounter", ResourceState.Written, "Encounter/1", "1", "created", "s|n1/encounter")], [], default);
        var promoted = await some.Store.PromoteAsync(claim, number, default);
        var note = (await some.Store.ReadAsync(number, default))!;

        using var together = Assert.EnterMultipleScope();
        Assert.That(taken, Is.InstanceOf<Amendment.Accepted>());
        Assert.That(promoted, Is.True);
        Assert.That((note.Version, note.Edition, note.IsAmended), Is.EqualTo((2, 2, false)));
        Assert.That(Encoding.UTF8.GetString((await some.Store.ReadContentAsync(number, default)).Input.Span), Is.EqualTo("{\"a\":2}"));
        Assert.That(Encoding.UTF8.GetString((await some.Store.EarlierVersionsAsync(number, default)).Single().Input.Span), Is.EqualTo("{}"));
        Assert.That(note.Resources.Single().Edition, Is.EqualTo(1));
        Assert.That(await some.Store.AmendAsync(Amendment("n1", revision, "{\"a\":3}"), default), Is.InstanceOf<Amendment.Stale>());
        Assert.That(await some.Store.AmendAsync(Amendment("n1", revision, "{\"a\":2}"), default), Is.InstanceOf<Amendment.AlreadyHere>());
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task How_a_request_ended_is_kept_also_when_the_next_one_is_not_begun_any_more(bool amended)
    {
        await using var some = await SomeStore.OpenAsync(provider);
        await some.Store.AcceptAsync(SomeStore.Note("n1"), default);
        var claim = (await some.Store.ClaimAsync(SomeStore.TheEhr, "w", SomeStore.TheLease, default))!;
        var number = claim.Numbers[0];
        var intent = await some.Store.IntendAsync(claim, new Intent(number, ["encounter"], "POST", "create", 1), default);
        var revision = (await some.Store.ReadAsync(number, default))!.Revision;
        if (amended)
            await some.Store.AmendAsync(Amendment("n1", revision, "{\"a\":2}"), default);
        else
            await some.Store.RetractAsync(new IncomingRetraction(SomeStore.TheEhr, "n1", "entered-in-error", null), default);

        some.Store.Record(claim, intent, new IntentOutcome(OutcomeWord.Done, 201, null, TimeSpan.Zero), [new ResourceRow("encounter", "Encounter", ResourceState.Written, "Encounter/1", "1", "created", "s|n1/encounter")], []);
        Assert.That(async () => await some.Store.IntendAsync(claim, new Intent(number, ["note"], "POST", "create", 1), default), Throws.InstanceOf<LeaseLostException>());

        using var together = Assert.EnterMultipleScope();
        Assert.That(await some.Store.OpenIntentsAsync(number, default), Is.Empty);
        Assert.That((await some.Store.ReadAsync(number, default))!.Resources.Select(row => (row.Key, row.State, row.Reference)), Is.EqualTo(new[] { ("encounter", ResourceState.Written, "Encounter/1") }));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task What_may_be_in_the_EHR_when_a_note_becomes_another_edition_stays_on_record_as_unknown(bool amended)
    {
        await using var some = await SomeStore.OpenAsync(provider);
        await some.Store.AcceptAsync(SomeStore.Note("n1"), default);
        var claim = (await some.Store.ClaimAsync(SomeStore.TheEhr, "w", SomeStore.TheLease, default))!;
        var number = claim.Numbers[0];
        var rows = new[] { "vital/weight", "goal/g1" }.Select(key => new ResourceRow(key, "Observation", ResourceState.Pending, null, null, null, $"s|n1/{key}")).ToList();
        await some.Store.SaveMappedAsync(claim, number, "{}"u8.ToArray(), "", rows, [], null, default);
        await some.Store.IntendAsync(claim, new Intent(number, ["vital/weight"], "POST", "create", 1), default);
        var revision = (await some.Store.ReadAsync(number, default))!.Revision;

        if (amended)
        {
            await some.Store.AmendAsync(Amendment("n1", revision, "{\"a\":2}"), default);
            await some.Store.PromoteAsync(claim, number, default);
        }
        else
        {
            await some.Store.RetractAsync(new IncomingRetraction(SomeStore.TheEhr, "n1", "entered-in-error", null), default);
            await some.Store.BeginRetractionAsync(claim, number, default);
        }

        var kept = (await some.Store.ReadAsync(number, default))!.Resources;
        Assert.That(kept.Where(row => row.State != ResourceState.Pending).Select(row => (row.Key, row.State, row.Edition)), Is.EqualTo(new[] { ("vital/weight", ResourceState.Unknown, 1) }));
    }

    [Test]
    public async Task A_retraction_before_anything_was_sent_is_the_end_and_one_after_is_work()
    {
        await using var some = await SomeStore.OpenAsync(provider);
        await some.Store.AcceptAsync(SomeStore.Note("n1"), default);
        await some.Store.AcceptAsync(SomeStore.Note("n2", "Patient/p2"), default);
        await some.Store.RetractAsync(new IncomingRetraction(SomeStore.TheEhr, "n1", "entered-in-error", null), default);
        var claim = (await some.Store.ClaimAsync(SomeStore.TheEhr, "w", SomeStore.TheLease, default))!;
        var number = claim.Numbers.Single();
        await some.Store.IntendAsync(claim, new Intent(number, ["note"], "POST", "create", 1), default);

        var asked = await some.Store.RetractAsync(new IncomingRetraction(SomeStore.TheEhr, "n2", "wrong-patient", SomeStore.Note("n2.moved", "Patient/p3")), default);
        await some.Store.RetractAsync(new IncomingRetraction(SomeStore.TheEhr, "n2", "wrong-patient", SomeStore.Note("n2.moved", "Patient/p3")), default);
        await some.Store.BeginRetractionAsync(claim, number, default);
        await some.Store.AskRemovalAsync(claim, number, [new RemovalRow("note", "DocumentReference", null, "may be there")], default);
        await some.Store.FinishAsync(claim, number, NoteState.Retracted, null, true, [], default);

        using var together = Assert.EnterMultipleScope();
        Assert.That((await some.Store.FindAsync(SomeStore.TheEhr, "n1", default))!.State, Is.EqualTo(NoteState.Retracted));
        Assert.That((asked as Retraction.Accepted)?.Note.State, Is.EqualTo(NoteState.Writing));
        Assert.That((await some.Store.FindAsync(SomeStore.TheEhr, "n2.moved", default))!.State, Is.EqualTo(NoteState.Queued));
        Assert.That((await some.Store.OpenRemovalsAsync(SomeStore.TheEhr, 9, default)).Oldest.Select(removal => $"{removal.NoteId} {removal.Key}"), Is.EqualTo(new[] { "n2 note" }));
        Assert.That(await some.Store.TickOffRemovalAsync(SomeStore.TheEhr, "n2", "note", "records office", default), Is.True);
        var (left, rows) = await some.Store.OpenRemovalsAsync(SomeStore.TheEhr, 9, default);
        Assert.That((left, rows.Count), Is.EqualTo((0, 0)));
        Assert.That(await some.Store.ContributionsAsync(SomeStore.TheEhr, "Patient/p2", "s|x", number, default), Is.Empty);
    }

    [Test]
    public async Task What_was_seen_of_a_shared_plan_is_remembered_and_what_was_not_is_nothing()
    {
        await using var some = await SomeStore.OpenAsync(provider);
        await some.Store.AcceptAsync(SomeStore.Note("n1"), default);
        var claim = (await some.Store.ClaimAsync(SomeStore.TheEhr, "w", SomeStore.TheLease, default))!;
        var bytes = Encoding.UTF8.GetBytes("{}");

        await some.Store.SaveSaidAsync(claim, claim.Numbers[0], [new LongLivedRow("a", "Goal", "Goal/1", "1", bytes, SomeStore.TheVisit, null) { Seen = bytes }, new LongLivedRow("b", "Goal", null, null, bytes, SomeStore.TheVisit, null) { Withdrawn = true }], default);

        var rows = await some.Store.LongLivedAsync(SomeStore.TheEhr, "Patient/p1", default);
        Assert.That(rows.Select(row => (row.Key, row.Seen is not null, row.Applied is not null, row.Withdrawn)), Is.EqualTo(new[] { ("a", true, false, false), ("b", false, false, true) }));
    }

    private static IncomingAmendment Amendment(string id, long revision, string content) =>
        new(SomeStore.TheEhr, id, revision, "Practitioner/chw-1", "hash of " + content, SomeStore.TheVisit, Encoding.UTF8.GetBytes(content), []);
}
