using ChwFhir.Audit;
using ChwFhir.Fhir;
using ChwFhir.Fhir.Model;
using ChwFhir.Queue;
using ChwFhir.Tests.Queue;
using Microsoft.Extensions.Logging.Abstractions;
using NUnit.Framework;

namespace ChwFhir.Tests.Audit;

[TestFixture(StorageOptions.Sqlite)]
[TestFixture(StorageOptions.Postgres)]
internal sealed class When_accesses_are_recorded(string provider)
{
    private SomeAudit audit = null!;

    [SetUp]
    public async Task Open() => audit = await SomeAudit.OpenAsync(provider);

    [TearDown]
    public async Task Close() => await audit.DisposeAsync();

    [Test]
    public async Task Everything_that_is_known_of_one_is_kept()
    {
        var record = new AuditRecord
        {
            Action = AuditAction.BreakGlass, Subject = "sub-1", Name = "Dr. Ønes \0\ud800", Roles = ["clinician"], OnBehalfOf = "Practitioner/x", Kind = "overview", Id = "17", Patient = "Patient/p",
            Purpose = AuditRecord.EmergencyTreatment, From = "::1", Outcome = AuditOutcome.Refused, Why = "unconscious, \"no panel\"", When = DateTimeOffset.FromUnixTimeMilliseconds(1_793_000_000_123),
        };

        await audit.Log.AppendAsync(record, default);

        var kept = (await audit.Log.ListAsync(new AuditFilter(), default)).Items.Single();
        Assert.That(kept.Record with { Roles = record.Roles }, Is.EqualTo(record with { Name = "Dr. Ønes \u2400\ufffd" }));
        Assert.That(kept.Record.Roles, Is.EqualTo(record.Roles));
    }

    [Test]
    public async Task Many_at_once_make_one_chain()
    {
        await Task.WhenAll(Enumerable.Range(0, 500).Select(i => audit.Log.AppendAsync(SomeAudit.Read($"Patient/{i}"), default)));

        var found = await audit.Log.VerifyAsync([], default);

        Assert.That((found.Records, found.Holds), Is.EqualTo((500, true)));
        Assert.That(found.Heads.Single().Number, Is.EqualTo(500));
    }

    [Test]
    public async Task They_are_found_by_patient_person_action_outcome_and_time_page_by_page()
    {
        for (var i = 0; i < 7; i++)
        {
            await audit.Log.AppendAsync(SomeAudit.Read("Patient/a", $"chw-{i % 2}"), default);
            audit.Some.Clock.Advance(TimeSpan.FromMinutes(1));
        }
        await audit.Log.AppendAsync(SomeAudit.Read("Patient/b") with { Action = AuditAction.Update, Outcome = AuditOutcome.Refused }, default);
        var start = audit.Some.Clock.GetUtcNow() - TimeSpan.FromMinutes(7);

        var first = await audit.Log.ListAsync(new AuditFilter { Patient = "Patient/a", Limit = 4 }, default);
        var second = await audit.Log.ListAsync(new AuditFilter { Patient = "Patient/a", Limit = 4, After = first.Next }, default);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(first.Items.Concat(second.Items).Select(entry => entry.Number), Is.EqualTo(new long[] { 7, 6, 5, 4, 3, 2, 1 }));
            Assert.That(second.Next, Is.Null);
            Assert.That(await CountAsync(new AuditFilter { Subject = "chw-0" }), Is.EqualTo(4));
            Assert.That(await CountAsync(new AuditFilter { Action = AuditAction.Update }), Is.EqualTo(1));
            Assert.That(await CountAsync(new AuditFilter { Outcome = AuditOutcome.Refused }), Is.EqualTo(1));
            Assert.That(await CountAsync(new AuditFilter { Since = start + TimeSpan.FromMinutes(1), Until = start + TimeSpan.FromMinutes(3) }), Is.EqualTo(2));
        }
    }

    [Test]
    public async Task They_are_there_after_a_restart_and_the_chain_goes_on()
    {
        await audit.AppendAsync("Patient/a");
        await audit.Log.DisposeAsync();
        await audit.Some.ReopenAsync();
        await using var again = SomeAudit.LogOf(audit.Some.Store, audit.Some, "main");

        await again.AppendAsync(SomeAudit.Read("Patient/b"), default);

        var found = await again.VerifyAsync([], default);
        Assert.That((found.Records, found.Holds), Is.EqualTo((2, true)));
    }

    [Test]
    public async Task Instances_have_a_chain_each()
    {
        if (provider is not StorageOptions.Postgres)
            return;
        await using var store = await audit.Some.AnotherAsync();
        await using var other = SomeAudit.LogOf(store, audit.Some, "second");

        await Task.WhenAll(Enumerable.Range(0, 100).Select(i => (i % 2 == 0 ? audit.Log : other).AppendAsync(SomeAudit.Read($"Patient/{i}"), default)));

        var found = await audit.Log.VerifyAsync([], default);
        Assert.That((found.Records, found.Holds), Is.EqualTo((100, true)));
        Assert.That(found.Heads.Select(head => (head.Chain, head.Number)), Is.EqualTo(new[] { ("main", 50L), ("second", 50L) }));
    }

    [Test]
    public async Task Without_a_store_a_read_is_refused_and_what_was_done_is_recorded_later()
    {
        await audit.Some.Store.WriteAsync(session => { session.Script(Refuse); return 0; }, default);
        await audit.Log.AppendSoonAsync(SomeAudit.Read("Patient/done") with { Action = AuditAction.Create });
        await audit.Log.AppendDoneAsync(SomeAudit.Read("Patient/done-too") with { Action = AuditAction.Create });

        Assert.That(() => audit.Log.AppendAsync(SomeAudit.Read("Patient/read"), default), Throws.InstanceOf<StoreUnavailableException>());

        await audit.Some.Store.WriteAsync(session => { session.Script(Accept); return 0; }, default);
        await audit.Log.DisposeAsync();
        Assert.That((await audit.Log.ListAsync(new AuditFilter(), default)).Items.Select(entry => entry.Record.Patient), Is.EqualTo(new[] { "Patient/done-too", "Patient/done" }));
    }

    [Test]
    public async Task Every_write_to_the_EHR_is_taken_over_from_the_ledger_once()
    {
        var some = audit.Some;
        var number = await some.AcceptAsync("n-1", "Patient/p1");
        var claim = await some.MustClaimAsync();
        await some.RecordAsync(claim, await some.IntendAsync(claim, number, "note"), OutcomeWord.Done);
        await some.RecordAsync(claim, await some.IntendAsync(claim, number, "care-plan"), OutcomeWord.Refused);
        some.Clock.Advance(TimeSpan.FromMinutes(2));
        using var ledger = new LedgerAudit(some.Store, audit.Log, some.Clock, NullLogger<LedgerAudit>.Instance);

        var first = await ledger.CatchUpAsync(default);
        var second = await ledger.CatchUpAsync(default);

        var records = (await audit.Log.ReadAsync("main", 0, 10, default)).Select(entry => entry.Record).ToList();
        Assert.That((first, second), Is.EqualTo((2, 0)));
        Assert.That(records.Select(record => (record.Action, record.Subject, record.OnBehalfOf, record.Patient, record.Outcome)), Is.EqualTo(new[]
        {
            (AuditAction.Create, AuditRecord.Service, "Practitioner/chw-1", "Patient/p1", AuditOutcome.Success),
            (AuditAction.Create, AuditRecord.Service, "Practitioner/chw-1", "Patient/p1", AuditOutcome.Refused),
        }));
    }

    [Test]
    public async Task One_becomes_an_AuditEvent_that_names_the_human_the_patient_and_its_place_in_the_chain()
    {
        await audit.Log.AppendAsync(SomeAudit.Read("Patient/a", "Practitioner/chw-1") with { Name = "Imani", Roles = ["chw"], From = "10.0.0.7", Id = "17" }, default);
        var entry = (await audit.Log.ListAsync(new AuditFilter(), default)).Items.Single();

        var there = FhirJson.Parse<AuditEvent>(FhirJson.ToBytes(AuditEvents.Of(entry)));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(there.Action, Is.EqualTo(AuditEvent.AuditEventAction.R));
            Assert.That(there.Outcome, Is.EqualTo(AuditEvent.AuditEventOutcome.N0));
            Assert.That(there.Recorded, Is.EqualTo(entry.Record.When));
            Assert.That(there.Agent.Single().Who!.Reference, Is.EqualTo("Practitioner/chw-1"));
            Assert.That(there.Agent.Single().Requestor, Is.True);
            Assert.That(there.Agent.Single().Network!.Address, Is.EqualTo("10.0.0.7"));
            Assert.That(there.Entity.Select(entity => entity.What!.Reference), Does.Contain("Patient/a"));
            Assert.That(there.Entity.SelectMany(entity => entity.Detail).Select(detail => ((FhirString)detail.Value!).Value), Is.EqualTo(new[] { $"main@1:{entry.Hash}" }));
        }
    }

    private string Refuse => provider is StorageOptions.Postgres ? "ALTER TABLE audit_chain RENAME TO audit_chain_gone" : "CREATE TRIGGER audit_full BEFORE INSERT ON audit_record BEGIN SELECT RAISE(ABORT, 'full'); END";

    private string Accept => provider is StorageOptions.Postgres ? "ALTER TABLE audit_chain_gone RENAME TO audit_chain" : "DROP TRIGGER audit_full";

    private async Task<int> CountAsync(AuditFilter filter) => (await audit.Log.ListAsync(filter, default)).Items.Count;
}
