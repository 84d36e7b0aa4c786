using ChwFhir.Audit;
using Microsoft.AspNetCore.Mvc.Core.Infrastructure;
using Microsoft.AspNetCore.Mvc.Filters;

namespace ChwFhir.Api.Audit;

/// <summary>A form that came from no page of ours does nothing, and is in the log as what it looks like.</summary>
internal sealed class ForgedForms(AuditedRefusals log) : IAsyncAlwaysRunResultFilter
{
    public async Task OnResultExecutionAsync(ResultExecutingContext context, ResultExecutionDelegate next)
    {
        if (context.Result is IAntiforgeryValidationFailedResult)
            await log.RecordAsync(AuditTrail.Base(context.HttpContext) with { Action = AuditAction.Attack, Kind = "page", Outcome = AuditOutcome.Refused, Why = "forged-form" });
        await next();
    }
}
