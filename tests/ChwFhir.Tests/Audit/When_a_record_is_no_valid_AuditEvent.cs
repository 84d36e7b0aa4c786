using ChwFhir.Audit;
using ChwFhir.Tests.WriteBack;
using NUnit.Framework;

namespace ChwFhir.Tests.Audit;

internal sealed class When_a_record_is_no_valid_AuditEvent
{
    [Test]
    public async Task It_stays_in_the_log_and_the_others_are_sent()
    {
        await using var service = TheService.Over(new ScriptedEhr());
        foreach (var name in new[] { "Dr. Adler", "Dr.\u0001Adler", "Dr. Byrne" })
            await service.Part<AuditLog>().AppendAsync(SomeAudit.Read("Patient/p1") with { Name = name }, default);

        await service.Part<AuditDelivery>().RoundAsync(default);
        await service.Part<AuditDelivery>().RoundAsync(default);

        Assert.That(service.Ehr.All("AuditEvent").Select(one => (string?)one["agent"]![0]!["name"]), Is.EqualTo(new[] { "Dr. Adler", "Dr. Byrne" }));
        Assert.That((await service.Part<AuditLog>().ListAsync(new AuditFilter(), default)).Items, Has.Count.EqualTo(3));
    }
}
