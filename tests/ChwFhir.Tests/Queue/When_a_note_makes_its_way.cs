using System.Text;
using ChwFhir.Intake;
using ChwFhir.Queue;
using NUnit.Framework;
using static ChwFhir.Tests.Queue.SomeStore;

namespace ChwFhir.Tests.Queue;

[TestFixture(StorageOptions.Sqlite), TestFixture(StorageOptions.Postgres)]
public sealed class When_a_note_makes_its_way(string provider)
{
    [Test]
    public async Task Each_step_is_kept_and_gives_a_new_revision()
    {
        await using var some = await SomeStore.OpenAsync(provider);
        var number = await some.AcceptAsync("a1");
        var claim = await some.MustClaimAsync();
        var revisions = new List<long> { await Revision() };

        await some.Store.SaveResolvedAsync(claim, number, "Patient/p1", Bytes("resolved"), [], default);
        revisions.Add(await Revision());
        await some.Store.SaveMappedAsync(claim, number, Bytes("bundle"), "the document", [Row("encounter"), Row("plan")], [], Bytes("held"), default);
        revisions.Add(await Revision());
        await some.Store.SavePlanAsync(claim, number, Bytes("plan"), [Row("plan", ResourceState.Folded)], default);
        revisions.Add(await Revision());
        var intent = await some.IntendAsync(claim, number, "encounter");
        revisions.Add(await Revision());
        var state = (await some.Store.ReadAsync(number, default))!.State;
        await some.RecordAsync(claim, intent, OutcomeWord.Done, Row("encounter", ResourceState.Written) with { Reference = "Encounter/7", Version = "1", How = "created" });
        revisions.Add(await Revision());
        some.Clock.Advance(TimeSpan.FromSeconds(2));
        await some.FinishAsync(claim, number, NoteState.Written);
        revisions.Add(await Revision());
        await some.ReopenAsync();

        var note = (await some.Store.ReadAsync(number, default))!;
        var content = await some.Store.ReadContentAsync(number, default);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(revisions, Is.Ordered.And.Unique);
            Assert.That(state, Is.EqualTo(NoteState.Writing));
            Assert.That(note.State, Is.EqualTo(NoteState.Written));
            Assert.That(note.Attempts, Is.EqualTo(1));
            Assert.That(note.UpdatedAt, Is.EqualTo(some.Clock.GetUtcNow()));
            Assert.That(note.Resources.Select(row => (row.Key, row.State, row.Reference)), Is.EqualTo(new[]
            {
                ("encounter", ResourceState.Written, "Encounter/7"), ("plan", ResourceState.Folded, (string?)null),
            }));
            Assert.That(note.Resources[0].Identity, Is.EqualTo("urn:chwfhir:note|a1/encounter"), "the identity of the mapping stays");
            Assert.That(Text(content.Resolved), Is.EqualTo("resolved"));
            Assert.That(Text(content.Bundle), Is.EqualTo("bundle"));
            Assert.That(Text(content.HeldBundle), Is.EqualTo("held"));
            Assert.That(content.Document, Is.EqualTo("the document"));
            Assert.That(Text(content.Plan), Is.EqualTo("plan"));
        }

        async Task<long> Revision() => (await some.Store.ReadAsync(number, default))!.Revision;
    }

    [Test]
    public async Task What_the_EHR_has_is_never_mapped_or_planned_anew_and_what_the_mapping_no_longer_gives_goes()
    {
        await using var some = await SomeStore.OpenAsync(provider);
        var number = await some.AcceptAsync("a1");
        var claim = await some.MustClaimAsync();
        await some.Store.SaveMappedAsync(claim, number, Bytes("b"), "d", [Row("encounter"), Row("plan"), Row("goal/1"), Row("gone")], [], null, default);
        var intent = await some.IntendAsync(claim, number, "encounter", "plan", "goal/1");
        await some.RecordAsync(claim, intent, OutcomeWord.Unknown, Row("encounter", ResourceState.Written), Row("plan", ResourceState.Unknown), Row("goal/1", ResourceState.Refused));

        await some.Store.SaveMappedAsync(claim, number, Bytes("b"), "d", [Row("encounter"), Row("plan"), Row("goal/1")], [], null, default);
        var mapped = (await some.Store.ReadAsync(number, default))!.Resources;
        await some.Store.SavePlanAsync(claim, number, Bytes("p"), [Row("encounter"), Row("plan"), Row("goal/1")], default);
        var planned = (await some.Store.ReadAsync(number, default))!.Resources;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(mapped.Select(row => row.State), Is.EqualTo(new[] { ResourceState.Written, ResourceState.Unknown, ResourceState.Refused }));
            Assert.That(planned.Select(row => row.State), Is.EqualTo(new[] { ResourceState.Written, ResourceState.Unknown, ResourceState.Pending }));
        }
    }

    [Test]
    public async Task The_history_tells_every_write_and_every_look_for_it()
    {
        await using var some = await SomeStore.OpenAsync(provider);
        var number = await some.AcceptAsync("a1");
        var claim = await some.MustClaimAsync();
        var lost = await some.IntendAsync(claim, number, "encounter");
        some.Clock.Advance(TimeSpan.FromSeconds(10));
        await some.RecordAsync(claim, lost, OutcomeWord.Unknown);
        some.Clock.Advance(TimeSpan.FromSeconds(20));
        await some.Store.RecordAsync(claim, lost, new IntentOutcome(OutcomeWord.Unknown, null, "searched once", TimeSpan.FromMilliseconds(5)), [], [], default);
        var open = await some.Store.OpenIntentsAsync(number, default);
        await some.RecordAsync(claim, lost, OutcomeWord.Absent);
        var again = await some.IntendAsync(claim, number, "encounter");
        await some.Store.RecordAsync(claim, again, new IntentOutcome(OutcomeWord.Done, 201, null, TimeSpan.FromMilliseconds(40)), [], [], default);

        var history = await some.Store.HistoryAsync(number, default);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(open.Single().Outcomes.Select(outcome => outcome.Detail), Is.EqualTo(new[] { null, "searched once" }));
            Assert.That(open.Single().Outcomes[0].At, Is.EqualTo(open.Single().IntendedAt + TimeSpan.FromSeconds(10)));
            Assert.That(history.Select(row => string.Join(' ', row.Outcomes.Select(outcome => outcome.Word))), Is.EqualTo(new[] { "Unknown Unknown Absent", "Done" }));
            Assert.That(history[1].Outcomes[0], Is.EqualTo(new RecordedOutcome(some.Clock.GetUtcNow(), OutcomeWord.Done, 201, null, TimeSpan.FromMilliseconds(40))));
            Assert.That(await some.Store.OpenIntentsAsync(number, default), Is.Empty);
        }
    }

    [Test]
    public async Task Long_lived_resources_stand_under_the_patient_with_the_outcome_that_wrote_them()
    {
        await using var some = await SomeStore.OpenAsync(provider);
        var number = await some.AcceptAsync("a1");
        var claim = await some.MustClaimAsync();
        var first = await some.IntendAsync(claim, number, "goal/garden");
        await some.Store.RecordAsync(claim, first, Done, [], [Goal("1", "one")], default);
        var second = await some.IntendAsync(claim, number, "goal/garden");
        await some.Store.RecordAsync(claim, second, Done, [], [Goal("2", "two")], default);

        var rows = await some.Store.LongLivedAsync(TheEhr, "Patient/p1", default);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(rows.Select(row => (row.Key, row.Reference, row.Version, Text(row.Body), row.VisitTime, row.FoldedText)),
                Is.EqualTo(new[] { ("goal/garden", "Goal/5", "2", "two", TheVisit, "garden") }));
            Assert.That(await some.Store.LongLivedAsync("https://other.example", "Patient/p1", default), Is.Empty);
        }

        static LongLivedRow Goal(string version, string body) => new("goal/garden", "Goal", "Goal/5", version, Bytes(body), TheVisit, "garden");
    }

    [Test]
    public async Task A_note_whose_patient_turns_out_to_be_another_moves_to_that_lane()
    {
        await using var some = await SomeStore.OpenAsync(provider);
        var moving = await some.AcceptAsync("a1", "urn:mrn|77");
        var there = await some.AcceptAsync("b1", "Patient/b");
        var claim = await some.MustClaimAsync();

        var stays = await some.Store.SaveResolvedAsync(claim, moving, "Patient/b", Bytes("r"), [], default);
        Assert.That(async () => await some.IntendAsync(claim, moving, "encounter"), Throws.InstanceOf<LeaseLostException>(), "this claim is done with it");
        await some.Store.ReleaseAsync(claim, default);
        var next = await some.MustClaimAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(stays, Is.False);
            Assert.That(next.Numbers, Is.EqualTo(new[] { moving, there }));
            Assert.That((await some.Store.ReadAsync(moving, default))!.Patient, Is.EqualTo("Patient/b"));
            Assert.That(await some.ClaimAsync(), Is.Null, "the old lane is empty");
            Assert.That(await some.Store.SaveResolvedAsync(next, moving, "Patient/b", Bytes("r"), [], default), Is.True);
        }
    }

    [Test]
    public async Task A_step_done_again_replaces_its_own_issues_only()
    {
        await using var some = await SomeStore.OpenAsync(provider);
        var number = (await some.Store.AcceptAsync(Note("a1", issues: [Issue("not-yet-checked"), Issue("red-flag")]), default)).Note.Number;
        var claim = await some.MustClaimAsync();

        await some.Store.SaveResolvedAsync(claim, number, "Patient/p1", Bytes("r"), [Issue("patient-deceased")], default);
        await some.Store.SaveResolvedAsync(claim, number, "Patient/p1", Bytes("r"), [Issue("care-team-unread")], default);
        await some.Store.SaveMappedAsync(claim, number, Bytes("b"), "d", [], [Issue("id-reused")], null, default);
        await some.Store.FinishAsync(claim, number, NoteState.NeedsAttention, null, true, [Issue("encounter-unclear")], default);
        var tried = await Codes();
        await some.Store.RetryAsync(TheEhr, "a1", default);

        Assert.That(tried, Is.EqualTo(new[] { "red-flag", "care-team-unread", "id-reused", "encounter-unclear" }));
        Assert.That(await Codes(), Is.EqualTo(new[] { "red-flag", "care-team-unread", "id-reused" }));

        async Task<string[]> Codes() => [.. (await some.Store.ReadAsync(number, default))!.Issues.Select(issue => issue.Code)];
        static NoteIssue Issue(string code) => new("warning", code, null, code);
    }

    [Test]
    public async Task What_was_learned_about_an_EHR_is_in_force_until_its_time()
    {
        await using var some = await SomeStore.OpenAsync(provider);
        var now = some.Clock.GetUtcNow();
        await some.Store.SaveLearnedAsync(TheEhr, "CarePlan", "create", now.AddHours(1), default);
        await some.Store.SaveLearnedAsync(TheEhr, "CarePlan", "create", now.AddHours(24), default);
        await some.Store.SaveLearnedAsync(TheEhr, "Goal", "create", now.AddHours(2), default);

        some.Clock.Advance(TimeSpan.FromHours(2));

        Assert.That(await some.Store.LearnedAsync(TheEhr, default), Is.EqualTo(new[] { new LearnedRow("CarePlan", "create", now.AddHours(24)) }));
        Assert.That(await some.Store.LearnedAsync("https://other.example", default), Is.Empty);
    }

    private static readonly IntentOutcome Done = new(OutcomeWord.Done, 200, null, TimeSpan.Zero);

    private static ResourceRow Row(string key, ResourceState state = ResourceState.Pending) =>
        new(key, "Basic", state, null, null, null, state is ResourceState.Pending ? $"urn:chwfhir:note|a1/{key}" : null);

    private static ReadOnlyMemory<byte> Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static string? Text(ReadOnlyMemory<byte>? bytes) => bytes is { } known ? Encoding.UTF8.GetString(known.Span) : null;
}
