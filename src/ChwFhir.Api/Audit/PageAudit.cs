using ChwFhir.Api.Pages;
using ChwFhir.Audit;
using ChwFhir.Queue;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace ChwFhir.Api.Audit;

/// <summary>Pages of the host that show notes and patients: recorded before they are shown, as the API's answers are.</summary>
internal sealed class PageAudit(AuditLog audit) : IAsyncPageFilter
{
    public Task OnPageHandlerSelectionAsync(PageHandlerSelectedContext context) => Task.CompletedTask;

    public async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        var done = await next();
        var http = context.HttpContext;
        var trail = AuditTrail.Of(http);
        var kind = Look(context.HandlerInstance, trail);
        var writes = HttpMethods.IsPost(http.Request.Method);
        if (kind is null || (trail.Patients.Count == 0 && !writes) || done.Exception is not null)
            return;

        var failed = http.Response.StatusCode >= 400 || done.Result is NotFoundResult;
        var action = !writes ? AuditAction.Read : context.HandlerInstance is NoteModel ? AuditAction.Update : context.HandlerMethod?.Name == "Preview" ? AuditAction.Execute : AuditAction.Create;
        foreach (var record in trail.Records(http, action, kind, failed ? AuditOutcome.Failed : AuditOutcome.Success, null))
        {
            try
            {
                await audit.AppendAsync(record, CancellationToken.None);
            }
            catch (StoreUnavailableException) when (writes)
            {
                await audit.AppendSoonAsync(record);
            }
            catch (StoreUnavailableException)
            {
                done.Result = new StatusCodeResult(StatusCodes.Status503ServiceUnavailable);
                return;
            }
        }
    }

    private static string? Look(object page, AuditTrail trail)
    {
        switch (page)
        {
            case NoteModel { Status: { } status }:
                trail.Concerns(status);
                return "visit-note";
            case NoteModel:
                return "visit-note";
            case IndexModel index:
                foreach (var note in index.Notes)
                    trail.Concerns(note.Patient);
                if (index.Seen is { } seen)
                    trail.Concerns(PreviewedPatient.Of(seen.Bundle));
                return "visit-note";
            default:
                return null;
        }
    }
}
