using System.Collections.Concurrent;
using ChwFhir.Intake;
using ChwFhir.Queue;
using ChwFhir.Queue.Sealing;
using Microsoft.Extensions.Logging.Abstractions;
using NUnit.Framework;
using static ChwFhir.Tests.Queue.SomeStore;

namespace ChwFhir.Tests.Queue;

/// <summary>Several stores on one PostgreSQL database, as several processes have them.</summary>
public sealed class When_instances_share_a_database
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    [Test]
    public async Task Each_lane_is_claimed_by_one_of_them()
    {
        await using var some = await SomeStore.OpenAsync(StorageOptions.Postgres);
        await using var second = await some.AnotherAsync();
        await using var third = await some.AnotherAsync();
        for (var i = 0; i < 60; i++) await some.AcceptAsync($"n{i}", $"Patient/{i}");

        var claims = new ConcurrentBag<Claim>();
        await Task.WhenAll(new[] { some.Store, second, third }.SelectMany(store => Enumerable.Range(0, 4).Select(worker => Task.Run(async () =>
        {
            while (await store.ClaimAsync(TheEhr, $"w{worker}", TheLease, default) is { } claim) claims.Add(claim);
        }))));
        while (await some.ClaimAsync() is { } left) claims.Add(left);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(claims.Select(claim => claim.Lane), Is.Unique);
            Assert.That(claims, Has.Count.EqualTo(60));
        }
    }

    [Test]
    public async Task The_lanes_of_a_dead_one_are_taken_over_when_their_lease_ends_and_it_writes_nothing_more()
    {
        await using var some = await SomeStore.OpenAsync(StorageOptions.Postgres);
        var dead = await some.AnotherAsync();
        var number = await some.AcceptAsync("a1");
        var held = (await dead.ClaimAsync(TheEhr, "dead", TheLease, default))!;
        var intent = await dead.IntendAsync(held, new Intent(number, ["encounter"], "POST", "create", 1), default);

        some.Clock.Advance(TheLease - TimeSpan.FromSeconds(1));
        var early = await some.ClaimAsync();
        some.Clock.Advance(TimeSpan.FromSeconds(1));
        var taken = await some.MustClaimAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(early, Is.Null);
            Assert.That(taken.Numbers, Is.EqualTo(new[] { number }));
            Assert.That((await some.Store.OpenIntentsAsync(number, default)).Single().Outcomes, Is.Empty, "what the dead one sent is unknown");
            Assert.That(async () => await dead.RecordAsync(held, intent, new IntentOutcome(OutcomeWord.Done, 201, null, TimeSpan.Zero), [], [], default), Throws.InstanceOf<LeaseLostException>());
            Assert.That(async () => await dead.FinishAsync(held, number, NoteState.Written, null, true, [], default), Throws.InstanceOf<LeaseLostException>());
            Assert.That(await dead.RenewAsync(held, TheLease, default), Is.Null);
        }
        await dead.ReleaseAsync(held, default);
        Assert.That(await some.Store.RenewAsync(taken, TheLease, default), Is.Not.Null);
        await dead.DisposeAsync();
    }

    [Test]
    public async Task A_holder_s_write_under_way_is_committed_before_anybody_takes_the_lane()
    {
        await using var some = await SomeStore.OpenAsync(StorageOptions.Postgres);
        await using var other = await some.AnotherAsync();
        var number = await some.AcceptAsync("a1");
        var claim = await some.MustClaimAsync();
        using var go = new ManualResetEventSlim();
        using var guarded = new ManualResetEventSlim();
        var writing = some.Store.WriteAsync(
            session =>
            {
                Progress.Guard(session, claim, number);
                session.Check();
                guarded.Set();
                go.Wait(Soon);
                return session.Execute("UPDATE note SET state = 'written' WHERE number = $1", number);
            },
            default);
        guarded.Wait(Soon);
        some.Clock.Advance(TheLease);

        var meanwhile = await other.ClaimAsync(TheEhr, "other", TheLease, default);
        go.Set();
        await writing;
        var after = await other.ClaimAsync(TheEhr, "other", TheLease, default);

        Assert.That(meanwhile, Is.Null, "the lane is locked by the one who writes");
        Assert.That(after, Is.Null, "the note is written: nothing waits");
    }

    [Test]
    public async Task What_travels_behind_a_guard_that_says_no_is_taken_back_with_it()
    {
        await using var some = await SomeStore.OpenAsync(StorageOptions.Postgres);
        var number = await some.AcceptAsync("a1");
        var overtaken = await some.MustClaimAsync();
        some.Clock.Advance(TheLease);
        var claim = await some.MustClaimAsync();

        Task<bool> Write(Claim by, string text) => some.Store.WriteAsync(
            session =>
            {
                Progress.Guard(session, by, number);
                session.Do("UPDATE note SET author = $2 WHERE number = $1", number, text);
                return true;
            },
            default);
        Task<string?> Author() => some.Store.ReadAsync(session => session.Row("SELECT author FROM note WHERE number = $1", row => row.GetString(0), number), default);

        await Write(claim, "the holder");
        Assert.That(async () => await Write(overtaken, "who was overtaken"), Throws.TypeOf<LeaseLostException>());
        Assert.That(await Author(), Is.EqualTo("the holder"));
        await Write(claim, "the holder again");
        Assert.That(await Author(), Is.EqualTo("the holder again"), "the connection goes on");
    }

    [Test]
    public async Task A_note_that_comes_in_while_its_lane_is_given_back_is_not_forgotten()
    {
        await using var some = await SomeStore.OpenAsync(StorageOptions.Postgres);
        await using var other = await some.AnotherAsync();
        for (var round = 0; round < 150; round++)
        {
            var number = await some.AcceptAsync($"a{round}");
            var claim = await some.MustClaimAsync();
            await some.FinishAsync(claim, number, NoteState.Written);

            await Task.WhenAll(
                Task.Run(() => some.Store.ReleaseAsync(claim, default)),
                Task.Run(() => other.AcceptAsync(Note($"b{round}"), default)));

            var next = await some.MustClaimAsync();
            await some.FinishAsync(next, next.Numbers.Single(), NoteState.Written);
            await some.Store.ReleaseAsync(next, default);
        }
    }

    [Test]
    public async Task Of_many_receipts_of_one_id_everywhere_exactly_one_is_accepted()
    {
        await using var some = await SomeStore.OpenAsync(StorageOptions.Postgres);
        await using var second = await some.AnotherAsync();
        for (var round = 0; round < 20; round++)
        {
            var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => Task.Run(() =>
                (i % 2 == 0 ? some.Store : second).AcceptAsync(Note($"n{round}", $"Patient/p{i % 4}", i % 3 == 0 ? "a" : "b"), default))));

            Assert.That(answers.Count(answer => answer is Acceptance.Accepted), Is.EqualTo(1));
            Assert.That(answers.Select(answer => answer.Note.Number).Distinct().Count(), Is.EqualTo(1));
        }
        Assert.That((await second.CountAsync(TheEhr, default)).Queued, Is.EqualTo(20));
    }

    [Test]
    public async Task Starting_at_the_same_moment_they_make_the_tables_once()
    {
        var options = await SomeStore.SomeOptionsAsync(StorageOptions.Postgres);

        var stores = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => NoteStore.OpenAsync(options, TimeProvider.System, NullLoggerFactory.Instance, default)));

        var versions = await stores[3].ReadAsync(session => session.Rows("SELECT version FROM schema_version", row => row.GetInt32(0)), default);
        Assert.That(versions, Is.Unique.And.EquivalentTo(Migrations.Scripts("Postgres").Keys));
        foreach (var store in stores) await store.DisposeAsync();
    }

    [Test]
    public async Task A_receipt_at_one_wakes_the_others_at_once()
    {
        await using var some = await SomeStore.OpenAsync(StorageOptions.Postgres);
        await using var other = await some.AnotherAsync();
        // The clock stands: only being told can wake it.
        var waiting = other.WaitForWorkAsync(TheEhr, default);
        await Task.Delay(300);
        Assert.That(waiting.IsCompleted, Is.False);

        await some.AcceptAsync("a1");

        await waiting.WaitAsync(Soon);
    }

    [Test]
    public async Task Leases_go_by_the_clock_of_the_database()
    {
        var options = await SomeStore.SomeOptionsAsync(StorageOptions.Postgres);
        await using var store = await NoteStore.OpenAsync(options, TimeProvider.System, NullLoggerFactory.Instance, default);
        await store.AcceptAsync(Note("a1"), default);

        var claim = (await store.ClaimAsync(TheEhr, "w", TheLease, default))!;

        var left = await store.ReadAsync(session => session.Row("SELECT due_at - (extract(epoch FROM clock_timestamp()) * 1000)::BIGINT FROM lane", row => row.GetInt64(0)), default);
        var here = (claim.Until - TimeProvider.System.GetUtcNow()).TotalMilliseconds;
        Assert.That(left, Is.InRange(50_000, 60_000));
        Assert.That(here, Is.LessThanOrEqualTo(left + 5), "the holder stops no later than the others begin");
    }

    [Test]
    public async Task Counting_holds_nobody_up_and_comes_out_right()
    {
        await using var some = await SomeStore.OpenAsync(StorageOptions.Postgres);
        await using var other = await some.AnotherAsync();
        await some.AcceptAsync("first", "Patient/first");
        using var go = new ManualResetEventSlim();
        using var counted = new ManualResetEventSlim();
        // Somebody stands still in the middle of a receipt, its count changed and not committed.
        var slow = some.Store.WriteAsync(
            session =>
            {
                var taken = Notes.Accept(session, Note("slow", "Patient/slow"));
                counted.Set();
                go.Wait(Soon);
                return taken;
            },
            default);
        counted.Wait(Soon);

        await Task.WhenAll(Enumerable.Range(0, 40).Select(i => (i % 2 == 0 ? some.Store : other).AcceptAsync(Note($"n{i}", $"Patient/{i}"), default))).WaitAsync(Soon);
        var meanwhile = await other.CountAsync(TheEhr, default);
        go.Set();
        await slow;

        Assert.That(meanwhile.Queued, Is.EqualTo(41));
        Assert.That((await other.CountAsync(TheEhr, default)).Queued, Is.EqualTo(42));
    }

    [Test]
    public async Task Two_who_wait_for_each_other_are_both_served()
    {
        await using var some = await SomeStore.OpenAsync(StorageOptions.Postgres);
        await some.AcceptAsync("a", "Patient/a");
        await some.AcceptAsync("b", "Patient/b");
        using var both = new Barrier(2);

        var answers = await Task.WhenAll(Both("Patient/a", "Patient/b"), Both("Patient/b", "Patient/a")).WaitAsync(Soon);

        Assert.That(answers, Has.All.EqualTo(2));

        Task<int> Both(string first, string second)
        {
            var attempt = 0;
            return some.Store.WriteAsync(
                session =>
                {
                    var changed = session.Execute("UPDATE lane SET worker = 'x' WHERE patient = $1", Secret.Patient.Of(first));
                    if (attempt++ == 0) both.SignalAndWait(Soon);
                    return changed + session.Execute("UPDATE lane SET worker = 'x' WHERE patient = $1", Secret.Patient.Of(second));
                },
                default);
        }
    }

    [Test]
    public async Task What_PostgreSQL_cannot_keep_in_a_text_costs_no_note()
    {
        await using var some = await SomeStore.OpenAsync(StorageOptions.Postgres);
        var input = "{\"narrative\":\"a\0b\"}";

        var note = Note("n", "Patient/\0p", input, author: "half \ud83d of a pair", issues: new NoteIssue("warning", "code", null, "nul \0 here")) with { Hash = "5e1f" };

        var taken = await some.Store.AcceptAsync(note, default);
        var number = taken.Note.Number;
        var claim = await some.MustClaimAsync();
        await some.Store.SaveMappedAsync(claim, number, new byte[] { 0, 1, 255 }, "document with \0", [], [], null, default);

        var content = await some.Store.ReadContentAsync(number, default);
        var found = (await some.Store.FindAsync(TheEhr, "n", default))!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(taken, Is.InstanceOf<Acceptance.Accepted>());
            Assert.That(await some.Store.AcceptAsync(note, default), Is.InstanceOf<Acceptance.AlreadyHere>());
            Assert.That(System.Text.Encoding.UTF8.GetString(content.Input.Span), Is.EqualTo(input), "what came in is kept to the byte");
            Assert.That(content.Bundle!.Value.ToArray(), Is.EqualTo(new byte[] { 0, 1, 255 }));
            Assert.That(content.Document, Is.EqualTo("document with \0"), "sealed, it is no text to the database");
            Assert.That(found.Author, Is.EqualTo("half \ufffd of a pair"));
            Assert.That(found.Issues.Single().Detail, Is.EqualTo("nul \0 here"));
            Assert.That((await some.Store.ListAsync(new NoteFilter(TheEhr, Patient: "Patient/\0p"), default)).Items, Has.Count.EqualTo(1));
        }
    }
}
