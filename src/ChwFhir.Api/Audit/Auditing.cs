using ChwFhir.Api.Host;
using ChwFhir.Api.Imports;
using ChwFhir.Api.Messages;
using ChwFhir.Api.Patients;
using ChwFhir.Audit;
using ChwFhir.CareTeam;
using ChwFhir.Ehr;
using ChwFhir.Queue;
using ChwFhir.Queue.Sealing;
using Microsoft.AspNetCore.Mvc;

namespace ChwFhir.Api.Audit;

/// <summary>
/// Every call of a route that tells of patients is in the audit log. What is read is recorded before a byte of it is shown, and not shown when it cannot be
/// recorded; what was handed in is on disk already and is recorded as soon as that can be.
/// </summary>
internal static class Auditing
{
    /// <summary>Marks the routes that are recorded.</summary>
    private sealed record Audited;

    /// <summary>All routes of the group are recorded, but for those that say that they are not.</summary>
    public static RouteGroupBuilder Audits(this RouteGroupBuilder routes)
    {
        routes.WithMetadata(new Audited());
        routes.AddEndpointFilter(FilterAsync);
        return routes;
    }

    public static TBuilder IsNotAudited<TBuilder>(this TBuilder route, string why) where TBuilder : IEndpointConventionBuilder => route.WithMetadata(new NotAudited(why));

    /// <summary>Records those who did not get as far as to a route's work.</summary>
    public static void UseAuditing(this WebApplication app) => app.Use(async (context, next) =>
    {
        await next(context);
        if (context.GetEndpoint() is not RouteEndpoint endpoint || !IsAudited(endpoint) || AuditTrail.Of(context) is { IsDone: true })
            return;
        var status = context.Response.StatusCode;
        if (status is StatusCodes.Status429TooManyRequests or < 400)
            return;
        await RecordAsync(context, endpoint, OutcomeOf(status, null), status switch { 401 => "not-signed-in", 403 => "not-allowed", _ => "not-done" }, mayWait: true);
    });

    private static async ValueTask<object?> FilterAsync(EndpointFilterInvocationContext invocation, EndpointFilterDelegate next)
    {
        var context = invocation.HttpContext;
        if (context.GetEndpoint() is not RouteEndpoint endpoint || !IsAudited(endpoint))
            return await next(invocation);
        if (!PurposeOfUse.IsKnown(context.Request))
            return Problems.BadRequest("purpose-unknown", $"{PurposeOfUse.Header}: one of {string.Join(", ", PurposeOfUse.Codes)}.");

        var trail = AuditTrail.Of(context);
        object? result;
        try
        {
            result = Unwrapped(await next(invocation));
        }
        catch
        {
            // Whoever has left may have had it done before.
            await FindOutAsync(context, endpoint, trail, null);
            await RecordAsync(context, endpoint, AuditOutcome.Failed, context.RequestAborted.IsCancellationRequested ? "caller-left" : "not-done", mayWait: true);
            throw;
        }

        await FindOutAsync(context, endpoint, trail, result);
        var status = (result as IStatusCodeHttpResult)?.StatusCode ?? StatusCodes.Status200OK;
        var code = (result as IValueHttpResult)?.Value is ProblemDetails problem && problem.Extensions.TryGetValue("code", out var word) ? word as string : null;
        var shows = status < 400 && Kind(endpoint).Action is AuditAction.Read or AuditAction.BreakGlass or AuditAction.Execute;
        try
        {
            await RecordAsync(context, endpoint, OutcomeOf(status, code), code, mayWait: !shows);
        }
        catch (StoreUnavailableException busy)
        {
            return Problems.Busy(context.Response, "audit-unavailable", "What is read here is recorded, and that cannot be done now. Try again.", busy.RetryAfter);
        }
        return result;
    }

    private static bool IsAudited(RouteEndpoint endpoint) => endpoint.Metadata.GetMetadata<Audited>() is not null && endpoint.Metadata.GetMetadata<NotAudited>() is null;

    private static (AuditAction Action, string Kind) Kind(RouteEndpoint endpoint) =>
        AuditedRoutes.Of(endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods[0] ?? "GET", endpoint.RoutePattern.RawText ?? "/");

    private static async Task RecordAsync(HttpContext context, RouteEndpoint endpoint, AuditOutcome outcome, string? why, bool mayWait)
    {
        var trail = AuditTrail.Of(context);
        trail.IsDone = true;
        var log = context.RequestServices.GetRequiredService<AuditLog>();
        var (action, kind) = Kind(endpoint);
        var records = trail.Records(context, action, kind, outcome, why).ToList();
        await Task.WhenAll(records.Select(record => mayWait ? log.AppendDoneAsync(record) : log.AppendAsync(record, CancellationToken.None)));
    }

    private static AuditOutcome OutcomeOf(int status, string? code) => status switch
    {
        < 400 => AuditOutcome.Success,
        StatusCodes.Status401Unauthorized or StatusCodes.Status403Forbidden => AuditOutcome.Refused,
        StatusCodes.Status404NotFound when code is "not-in-panel" => AuditOutcome.Refused,
        _ => AuditOutcome.Failed,
    };

    private static object? Unwrapped(object? result)
    {
        while (result is INestedHttpResult { Result: var inner })
            result = inner;
        return result;
    }

    // Whose it is: the answer says it, or what is kept under the id of the address.
    private static async Task FindOutAsync(HttpContext context, RouteEndpoint endpoint, AuditTrail trail, object? result)
    {
        if (result is Microsoft.AspNetCore.Http.HttpResults.FileContentHttpResult { ContentType: Media.FhirJson } file && Kind(endpoint).Action is AuditAction.Execute)
            trail.Concerns(PreviewedPatient.Of(file.FileContents));
        switch ((result as IValueHttpResult)?.Value)
        {
            case Inputs.Preview preview:
                trail.Concerns(PreviewedPatient.Of(preview.Bundle.Utf8));
                return;
            case NoteStatus status:
                trail.Concerns(status);
                return;
            case NoteStatusPage page:
                foreach (var item in page.Items)
                    trail.Concerns(item.Patient);
                return;
            case FoundPatients found:
                foreach (var item in found.Items)
                    trail.Concerns(item.Reference);
                return;
            case MessageView message:
                trail.Concerns(message.Patient);
                trail.Id ??= message.Id;
                return;
            case MessageViewPage page:
                foreach (var item in page.Items)
                    trail.Concerns(item.Patient);
                return;
        }
        if (trail.Patients.Count > 0 || context.Request.RouteValues["id"] is not string id)
            return;
        if (endpoint.RoutePattern.RawText!.StartsWith("/api/v1/patients/", StringComparison.Ordinal))
            trail.Concerns($"Patient/{id}");
        else if (Kind(endpoint).Kind is "visit-note" or "after-visit-summary" or "questionnaire-response")
            await FindNoteAsync(context, trail, id);
    }

    private static async Task FindNoteAsync(HttpContext context, AuditTrail trail, string id)
    {
        try
        {
            var services = context.RequestServices;
            if (await services.GetRequiredService<NoteStore>().FindAsync(services.GetRequiredService<EhrConnection>().Id, id, CancellationToken.None) is not { } note)
                return;
            trail.Concerns(note.Patient);
            trail.Id ??= note.Number.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }
        catch (Exception unread) when (unread is StoreUnavailableException or SealBrokenException)
        {
            // The record that cannot name the patient cannot be written either.
        }
    }
}
