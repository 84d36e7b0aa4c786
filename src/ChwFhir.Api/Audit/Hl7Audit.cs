using System.Globalization;
using ChwFhir.Access;
using ChwFhir.Audit;

namespace ChwFhir.Api.Audit;

/// <summary>Records what comes as HL7 v2: over HTTP the call is recorded, over MLLP nobody else would.</summary>
internal static class Hl7Audit
{
    private static readonly Caller Engine = Caller.OfService("mllp");

    public static async Task<Receipt> RecordAsync(IServiceProvider services, Receipt receipt)
    {
        var status = receipt switch
        {
            Receipt.Accepted(var taken) => taken,
            Receipt.AlreadyHere(var here) => here,
            _ => null,
        };
        if (services.GetRequiredService<IHttpContextAccessor>().HttpContext is { } context)
            AuditTrail.Of(context).Concerns(status);
        else
            await services.GetRequiredService<AuditLog>().AppendSoonAsync(new AuditRecord
            {
                Action = AuditAction.Create,
                Subject = Engine.Subject,
                Roles = [.. Engine.Roles.Select(Intake.Words.Of)],
                Kind = status?.Kind ?? "after-visit-summary",
                Id = status?.Number.ToString(CultureInfo.InvariantCulture),
                Patient = status?.Patient,
                Outcome = status is null ? AuditOutcome.Failed : AuditOutcome.Success,
                Why = status is null ? "refused" : null,
            });
        return receipt;
    }
}
