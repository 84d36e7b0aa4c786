using ChwFhir.Audit;
using ChwFhir.Queue;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using NUnit.Framework;

namespace ChwFhir.Tests.Audit;

[TestFixture(StorageOptions.Sqlite)]
[TestFixture(StorageOptions.Postgres)]
internal sealed class When_records_are_older_than_has_to_be_kept(string provider)
{
    private SomeAudit audit = null!;

    [SetUp]
    public async Task Record()
    {
        audit = await SomeAudit.OpenAsync(provider);
        await audit.AppendAsync("Patient/a", "Patient/b", "Patient/c");
        audit.Some.Clock.Advance(TimeSpan.FromDays(365));
        await audit.AppendAsync("Patient/d", "Patient/e");
    }

    [TearDown]
    public async Task Close() => await audit.DisposeAsync();

    [Test]
    public async Task They_are_cut_off_and_the_chain_says_so_and_holds()
    {
        var head = (await audit.Log.ReadAsync("main", 2, 1, default)).Single();
        await PassAsync(5 * 365 + 60);

        var gone = await RoundAsync();

        var lying = await audit.Some.Store.ReadAsync(session => session.Row("SELECT COUNT(*) FROM audit_record", row => row.GetInt64(0)), default);
        var found = await audit.Log.VerifyAsync([], default);
        var last = (await audit.Log.ListAsync(new AuditFilter { Limit = 1 }, default)).Items[0];
        using (Assert.EnterMultipleScope())
        {
            Assert.That((gone, lying), Is.EqualTo((0L, 7L)), "they lie there for some weeks more");
            Assert.That((found.Holds, found.Records), Is.EqualTo((true, 4L)), string.Join("; ", found.Faults));
            Assert.That((await audit.Log.ListAsync(new AuditFilter(), default)).Items.Select(item => item.Number), Is.EqualTo(new long[] { 7, 6, 5, 4 }), "where nobody finds them");
            Assert.That((await audit.Log.ReadAsync("main", 0, 100, default)).Select(entry => entry.Number), Is.EqualTo(new long[] { 4, 5, 6, 7 }));
            Assert.That(await RestAsync(), Is.EqualTo(3), "and then they go");
            Assert.That((await audit.Log.VerifyAsync([], default)).Holds);
            Assert.That(found.Cuts.Single().ToString(), Does.StartWith("cut: records 1 to 3 of chain main, on ").And.Contain("Audit__Keep 6 years"));
            Assert.That($"{last.Record.Action} {last.Record.Kind} {last.Record.Id}", Is.EqualTo($"Delete audit-cut main@3:{head.Hash}"));
        }
    }

    [Test]
    public async Task The_next_cut_goes_on_where_the_last_was()
    {
        await PassAsync(5 * 365 + 60);
        await RoundAsync();
        await PassAsync(365);

        var gone = await RoundAsync() + await RestAsync();

        var found = await audit.Log.VerifyAsync([], default);
        Assert.That((gone, found.Holds, found.Records), Is.EqualTo((5L, true, 4L)), string.Join("; ", found.Faults));
        Assert.That(found.Cuts.Single().Number, Is.EqualTo(5));
    }

    [Test]
    public async Task Nothing_goes_that_is_not_old_enough()
    {
        audit.Some.Clock.Advance(TimeSpan.FromDays(5 * 365));

        Assert.That(await RoundAsync(), Is.Zero);
        Assert.That((await audit.Log.VerifyAsync([], default)).Records, Is.EqualTo(5));
    }

    [Test]
    public async Task A_clock_that_stands_years_ahead_cuts_nothing()
    {
        audit.Some.Clock.Advance(TimeSpan.FromDays(10 * 365));
        await audit.AppendAsync("Patient/started-with-it");

        await RoundAsync();
        await RestAsync();

        var found = await audit.Log.VerifyAsync([], default);
        Assert.That((found.Holds, found.Cuts.Count, found.Records), Is.EqualTo((true, 0, 6L)));
    }

    [Test]
    public async Task A_head_that_was_written_down_before_the_cut_can_be_compared_with_nothing()
    {
        var known = new AuditHead("main", 2, (await audit.Log.ReadAsync("main", 1, 1, default)).Single().Hash);
        await PassAsync(5 * 365 + 60);
        await RoundAsync();

        var accepted = await audit.Log.VerifyAsync([known], acceptsCuts: true, default);

        Assert.That((await audit.FaultsAsync(known)).Single(), Does.StartWith("cut away: record 2 of chain main"));
        Assert.That(accepted.Holds);
    }

    [Test]
    public async Task A_cut_that_the_service_did_not_make_is_none_though_a_record_tells_of_it()
    {
        var third = (await audit.Log.ReadAsync("main", 2, 1, default)).Single();
        var forged = new AuditCut("main", 3, third.Hash, null, null);
        await audit.Log.AppendAsync(SomeAudit.Read("Patient/x") with { Action = AuditAction.Delete, Kind = AuditCut.Kind, Id = new AuditHead("main", forged.Number, forged.Hash).ToString() }, default);
        await audit.TamperAsync("DELETE FROM audit_record WHERE n <= 3");
        await audit.TamperAsync("INSERT INTO audit_cut (chain, n, hash) VALUES ('main', 3, $1)", Convert.FromHexString(third.Hash));

        Assert.That(await audit.FaultsAsync(), Is.EqualTo(new[] { "removed: records 1 to 3 of chain main" }));
        Assert.That((await audit.Log.ListAsync(new AuditFilter(), default)).Items, Has.Count.EqualTo(3));
    }

    [Test]
    public async Task A_chain_that_somebody_has_changed_is_not_cut()
    {
        await PassAsync(5 * 365 + 60);
        await audit.TamperAsync("UPDATE audit_record SET patient = 'Patient/z' WHERE n = 2");

        Assert.That(await RoundAsync(), Is.Zero);
        Assert.That(await audit.FaultsAsync(), Is.EqualTo(new[] { "changed: record 2 of chain main" }));
    }

    [Test]
    public async Task A_beginning_that_somebody_cut_off_by_hand_is_found()
    {
        var third = (await audit.Log.ReadAsync("main", 2, 1, default)).Single();
        await audit.TamperAsync("DELETE FROM audit_record WHERE n <= 3");

        Assert.That(await audit.FaultsAsync(), Is.EqualTo(new[] { "removed: records 1 to 3 of chain main" }), "without a cut");

        await audit.TamperAsync("INSERT INTO audit_cut (chain, n, hash) VALUES ('main', 3, $1)", Convert.FromHexString(third.Hash));

        Assert.That(await audit.FaultsAsync(), Is.EqualTo(new[] { "removed: records 1 to 3 of chain main" }), "with one that no record tells of");
    }

    [Test]
    public async Task A_head_that_was_written_down_behind_the_cut_still_finds_what_is_cut_off_at_the_end()
    {
        await PassAsync(5 * 365 + 60);
        await RoundAsync();
        var said = await audit.HeadAsync();
        await audit.TamperAsync("DELETE FROM audit_record WHERE n > 6");
        await audit.TamperAsync("UPDATE audit_chain SET n = 6, hash = (SELECT hash FROM audit_record WHERE n = 6)");

        Assert.That(await audit.FaultsAsync(said), Is.EqualTo(new[] { "removed: records 1 to 3 of chain main", "cut off: record 7 of chain main" }), "the record of the cut went with the end");
    }

    [Test]
    public async Task The_database_itself_removes_nothing_behind_the_cut_and_takes_no_cut_back()
    {
        await PassAsync(5 * 365 + 60);
        await RoundAsync();

        Assert.That(() => audit.Some.Store.WriteAsync(session => session.Execute("DELETE FROM audit_record WHERE n > 3"), default), Throws.Exception.With.Message.Contains("audit records are never"));
        Assert.That(() => audit.Some.Store.WriteAsync(session => session.Execute("UPDATE audit_cut SET n = 1"), default), Throws.Exception.With.Message.Contains("never taken back"));
    }

    // The log is in use all the time: it has a record of the month before the last.
    private async Task PassAsync(int days)
    {
        audit.Some.Clock.Advance(TimeSpan.FromDays(days - 45));
        await audit.AppendAsync("Patient/passing");
        audit.Some.Clock.Advance(TimeSpan.FromDays(45));
    }

    private async Task<long> RestAsync()
    {
        audit.Some.Clock.Advance(TimeSpan.FromDays(22));
        return await RoundAsync();
    }

    private Task<long> RoundAsync() =>
        new AuditRetention(audit.Some.Store, audit.Log, Options.Create(new AuditOptions { Instance = "main" }), audit.Some.Clock, NullLogger<AuditRetention>.Instance).RoundAsync(default);
}
