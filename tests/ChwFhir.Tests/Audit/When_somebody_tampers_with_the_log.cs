using ChwFhir.Audit;
using ChwFhir.Queue;
using NUnit.Framework;

namespace ChwFhir.Tests.Audit;

[TestFixture(StorageOptions.Sqlite)]
[TestFixture(StorageOptions.Postgres)]
internal sealed class When_somebody_tampers_with_the_log(string provider)
{
    private static readonly string[] ThePatients = ["Patient/a", "Patient/b", "Patient/c", "Patient/d", "Patient/e"];
    private SomeAudit audit = null!;

    [SetUp]
    public async Task Record()
    {
        audit = await SomeAudit.OpenAsync(provider);
        await audit.AppendAsync(ThePatients);
        Assert.That(await audit.FaultsAsync(), Is.Empty, "untouched it holds");
    }

    [TearDown]
    public async Task Close() => await audit.DisposeAsync();

    [TestCase("UPDATE audit_record SET subject = 'nobody'")]
    [TestCase("DELETE FROM audit_record")]
    public async Task The_database_itself_refuses_to_change_or_remove_a_record(string sql)
    {
        Assert.That(() => audit.Some.Store.WriteAsync(session => session.Execute(sql), default), Throws.Exception.With.Message.Contains("audit records are never"));
        Assert.That((await audit.Log.ListAsync(new AuditFilter(), default)).Items, Has.Count.EqualTo(5));
    }

    [Test]
    public async Task A_changed_record_is_found()
    {
        await audit.TamperAsync("UPDATE audit_record SET body = (SELECT other.body FROM audit_record AS other WHERE other.n = 5) WHERE n = 2");

        Assert.That(await audit.FaultsAsync(), Is.EqualTo(new[] { "changed: record 2 of chain main" }));
    }

    [TestCase(0)]
    [TestCase(-7)]
    public async Task A_record_that_is_put_in_before_the_first_is_found(int number)
    {
        await audit.TamperAsync(
            "INSERT INTO audit_record (chain, n, at, subject, patient, action, outcome, previous, body, hash) SELECT chain, $1, at, subject, patient, action, outcome, previous, body, hash FROM audit_record WHERE n = 3", number);

        Assert.That(await audit.FaultsAsync(), Is.EqualTo(new[] { $"inserted: record {number} of chain main" }));
    }

    [Test]
    public async Task A_record_that_is_no_longer_found_under_its_patient_is_found()
    {
        await audit.TamperAsync("UPDATE audit_record SET patient = 'Patient/z' WHERE n = 4");

        Assert.That(await audit.FaultsAsync(), Is.EqualTo(new[] { "changed: record 4 of chain main" }));
    }

    [Test]
    public async Task A_changed_record_with_a_hash_made_anew_is_found()
    {
        var body = AuditBody.Write(SomeAudit.Read("Patient/innocent") with { When = audit.Some.Clock.GetUtcNow() });
        var previous = (await audit.Log.ReadAsync("main", 1, 1, default)).Single();
        var before = Convert.FromHexString((await audit.Log.ReadAsync("main", 0, 1, default)).Single().Hash);
        Assert.That(previous.Number, Is.EqualTo(2));

        await audit.TamperAsync("UPDATE audit_record SET body = $1, hash = $2, patient = 'Patient/innocent' WHERE n = 2", body, AuditRows.Next(before, body));

        Assert.That(await audit.FaultsAsync(), Is.EqualTo(new[] { "changed: record 2 of chain main" }));
    }

    [Test]
    public async Task Removed_records_are_found()
    {
        await audit.TamperAsync("DELETE FROM audit_record WHERE n IN (2, 3)");

        Assert.That(await audit.FaultsAsync(), Is.EqualTo(new[] { "removed: records 2 to 3 of chain main" }));
    }

    [Test]
    public async Task A_removed_record_is_found_also_when_the_others_are_numbered_anew()
    {
        await audit.TamperAsync("DELETE FROM audit_record WHERE n = 3");
        foreach (var n in new[] { 4, 5 })
            await audit.TamperAsync("UPDATE audit_record SET n = n - 1 WHERE n = $1", n);

        Assert.That(await audit.FaultsAsync(), Is.EqualTo(new[] { "removed: record 3 of chain main" }));
    }

    [Test]
    public async Task An_inserted_record_is_found()
    {
        foreach (var n in new[] { 5, 4, 3 })
            await audit.TamperAsync("UPDATE audit_record SET n = n + 1 WHERE n = $1", n);
        var before = Convert.FromHexString((await audit.Log.ReadAsync("main", 1, 1, default)).Single().Hash);
        var body = AuditBody.Write(SomeAudit.Read("Patient/x") with { When = audit.Some.Clock.GetUtcNow() });
        await audit.TamperAsync(
            "INSERT INTO audit_record (chain, n, at, subject, patient, action, outcome, previous, body, hash) VALUES ('main', 3, $1, 'chw-1', 'Patient/x', 'read', 'success', $2, $3, $4)",
            audit.Some.Clock.GetUtcNow().ToUnixTimeMilliseconds(), before, body, AuditRows.Next(before, body));

        Assert.That(await audit.FaultsAsync(), Is.EqualTo(new[] { "inserted: record 3 of chain main" }));
    }

    [Test]
    public async Task A_tail_that_was_cut_off_is_found_by_the_chain_itself()
    {
        await audit.TamperAsync("DELETE FROM audit_record WHERE n > 3");

        Assert.That(await audit.FaultsAsync(), Is.EqualTo(new[] { "cut off: records 4 to 5 of chain main" }));
    }

    [Test]
    public async Task A_tail_that_was_cut_off_with_its_head_is_found_by_the_head_in_the_log()
    {
        var said = await audit.HeadAsync();
        await audit.TamperAsync("DELETE FROM audit_record WHERE n > 3");
        await audit.TamperAsync("UPDATE audit_chain SET n = 3, hash = (SELECT hash FROM audit_record WHERE n = 3)");

        Assert.That(await audit.FaultsAsync(), Is.Empty, "nothing in the database tells");
        Assert.That(await audit.FaultsAsync(said), Is.EqualTo(new[] { "cut off: records 4 to 5 of chain main" }));
    }

    [Test]
    public async Task A_chain_that_was_written_anew_is_found_by_the_head_in_the_log()
    {
        var said = await audit.HeadAsync();
        await audit.TamperAsync("DELETE FROM audit_record");
        await audit.TamperAsync("DELETE FROM audit_chain");
        await audit.AppendAsync("Patient/1", "Patient/2", "Patient/3", "Patient/4", "Patient/5", "Patient/6");

        Assert.That(await audit.FaultsAsync(), Is.Empty, "nothing in the database tells");
        Assert.That(await audit.FaultsAsync(said), Is.EqualTo(new[] { "rewritten: record 5 of chain main and perhaps all before, against the head that was given" }));
    }

    [Test]
    public async Task A_head_of_before_holds_while_the_chain_grows()
    {
        var said = AuditHead.Read((await audit.HeadAsync()).ToString())!;
        await audit.AppendAsync("Patient/f");

        Assert.That(await audit.FaultsAsync(said), Is.Empty);
    }
}
