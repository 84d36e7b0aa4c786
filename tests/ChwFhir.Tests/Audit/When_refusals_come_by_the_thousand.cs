using ChwFhir.Audit;
using ChwFhir.Queue;
using NUnit.Framework;

namespace ChwFhir.Tests.Audit;

internal sealed class When_refusals_come_by_the_thousand
{
    private SomeAudit audit = null!;
    private AuditedRefusals refusals = null!;

    [SetUp]
    public async Task Open()
    {
        audit = await SomeAudit.OpenAsync(StorageOptions.Sqlite);
        refusals = new AuditedRefusals(audit.Log, audit.Some.Clock);
    }

    [TearDown]
    public async Task Close() => await audit.DisposeAsync();

    [Test]
    public async Task Those_who_come_no_more_leave_their_count_and_make_room()
    {
        foreach (var address in Enumerable.Range(0, 1000))
            await TimesAsync(3, Nameless($"10.0.{address / 250}.{address % 250}"));
        audit.Some.Clock.Advance(TimeSpan.FromMinutes(2));

        await refusals.RecordAsync(Nameless("192.0.2.1"));
        await refusals.RecordAsync(Nameless("192.0.2.2"));

        var records = await RecordsAsync();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(records.Where(record => record.From!.StartsWith("192.", StringComparison.Ordinal)).Select(record => record.From), Is.EqualTo(new[] { "192.0.2.1", "192.0.2.2" }), "each has one of its own again");
            Assert.That(records.Count(record => record.Why == "too-many (and 1 before)"), Is.EqualTo(1000), "those that were passed over are in the log");
            Assert.That(records, Has.Count.EqualTo(2002));
        }
    }

    [Test]
    public async Task Neither_attacks_nor_people_go_under_in_a_flood_of_the_nameless()
    {
        foreach (var address in Enumerable.Range(0, 1500))
            await refusals.RecordAsync(Nameless($"10.0.{address / 250}.{address % 250}"));

        foreach (var address in new[] { "192.0.2.1", "192.0.2.2" })
            await refusals.RecordAsync(Nameless(address) with { Action = AuditAction.Attack, Why = "forged-form" });
        foreach (var subject in new[] { "chw-1", "chw-2" })
            await TimesAsync(2, Nameless("192.0.2.3") with { Subject = subject });

        var records = await RecordsAsync();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(records.Where(record => record.Action == AuditAction.Attack).Select(record => record.From), Is.EqualTo(new[] { "192.0.2.1", "192.0.2.2" }));
            Assert.That(records.Where(record => record.Subject != AuditRecord.Anonymous).Select(record => record.Subject), Is.EqualTo(new[] { "chw-1", "chw-2" }), "one a minute for each");
            Assert.That(records.Count(record => record.Subject == AuditRecord.Anonymous && record.Action != AuditAction.Attack), Is.EqualTo(1001));
        }
    }

    private static AuditRecord Nameless(string from) => new() { Action = AuditAction.Execute, Subject = AuditRecord.Anonymous, Kind = "request", From = from, Outcome = AuditOutcome.Refused, Why = "too-many" };

    private async Task TimesAsync(int times, AuditRecord record)
    {
        for (var i = 0; i < times; i++)
            await refusals.RecordAsync(record);
    }

    private async Task<IReadOnlyList<AuditRecord>> RecordsAsync()
    {
        await audit.Log.DisposeAsync();
        return [.. (await audit.Log.ReadAsync("main", 0, 10_000, default)).Select(entry => entry.Record)];
    }
}
