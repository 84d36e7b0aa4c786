using ChwFhir.Fhir.Client;
using Microsoft.Extensions.Hosting;

namespace ChwFhir.Audit;

/// <summary>Addresses that others named and that were not spoken to (SSRF), in the log: whose request it was and why, never the address.</summary>
internal sealed class OutsideAudit(OutsideRefusals refusals, AuditedRefusals log) : IHostedService
{
    public const string Kind = "outside-address";

    public Task StartAsync(CancellationToken cancellationToken)
    {
        refusals.Refused += Record;
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        refusals.Refused -= Record;
        return Task.CompletedTask;
    }

    private void Record(string whose, string why) => _ = log.RecordAsync(new AuditRecord
    {
        Action = AuditAction.Attack,
        Subject = AuditRecord.Service,
        Kind = Kind,
        Id = whose,
        Purpose = AuditRecord.Operations,
        Outcome = AuditOutcome.Refused,
        Why = why,
    });
}
