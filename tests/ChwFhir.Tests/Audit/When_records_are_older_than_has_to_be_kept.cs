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
        audit.Some.Clock.Advance(TimeSpan.FromDays(5 * 365 + 60));

        var gone = await RoundAsync();

        var found = await audit.Log.VerifyAsync([], default);
        var last = (await audit.Log.ListAsync(new AuditFilter { Limit = 1 }, default)).Items[0];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(gone, Is.EqualTo(3));
            Assert.That((found.Holds, found.Records), Is.EqualTo((true, 3L)), string.Join("; ", found.Faults));
            Assert.That(found.Cuts.Single().ToString(), Does.StartWith("cut: records 1 to 3 of chain main, on ").And.Contain("Audit__Keep 6 years"));
            Assert.That($"{last.Record.Action} {last.Record.Kind} {last.Record.Id}", Is.EqualTo($"Delete audit-cut main@3:{head.Hash}"));
        }
    }

    [Test]
    public async Task The_next_cut_goes_on_where_the_last_was()
    {
        audit.Some.Clock.Advance(TimeSpan.FromDays(5 * 365 + 60));
        await RoundAsync();
        audit.Some.Clock.Advance(TimeSpan.FromDays(365));

        var gone = await RoundAsync();

        var found = await audit.Log.VerifyAsync([], default);
        Assert.That((gone, found.Holds, found.Records), Is.EqualTo((2L, true, 2L)), string.Join("; ", found.Faults));
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
    public async Task A_chain_that_somebody_has_changed_is_not_cut()
    {
        audit.Some.Clock.Advance(TimeSpan.FromDays(5 * 365 + 60));
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
        audit.Some.Clock.Advance(TimeSpan.FromDays(5 * 365 + 60));
        await RoundAsync();
        var said = await audit.HeadAsync();
        await audit.TamperAsync("DELETE FROM audit_record WHERE n > 5");
        await audit.TamperAsync("UPDATE audit_chain SET n = 5, hash = (SELECT hash FROM audit_record WHERE n = 5)");

        Assert.That(await audit.FaultsAsync(said), Is.EqualTo(new[] { "removed: records 1 to 3 of chain main", "cut off: record 6 of chain main" }), "the record of the cut went with the end");
    }

    [Test]
    public async Task The_database_itself_removes_nothing_behind_the_cut_and_takes_no_cut_back()
    {
        audit.Some.Clock.Advance(TimeSpan.FromDays(5 * 365 + 60));
        await RoundAsync();

        Assert.That(() => audit.Some.Store.WriteAsync(session => session.Execute("DELETE FROM audit_record WHERE n > 3"), default), Throws.Exception.With.Message.Contains("audit records are never"));
        Assert.That(() => audit.Some.Store.WriteAsync(session => session.Execute("UPDATE audit_cut SET n = 1"), default), Throws.Exception.With.Message.Contains("never taken back"));
    }

    private Task<long> RoundAsync() =>
        new AuditRetention(audit.Some.Store, audit.Log, Options.Create(new AuditOptions { Instance = "main" }), audit.Some.Clock, NullLogger<AuditRetention>.Instance).RoundAsync(default);
}
