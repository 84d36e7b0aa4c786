using ChwFhir.Access;
using ChwFhir.Api.Audit;
using ChwFhir.Api.Host;
using ChwFhir.Audit;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ChwFhir.Api.Identity;

/// <summary>
/// A clinician in an emergency sees what is not theirs, by saying why: the header <c>X-Break-Glass</c>. It is in the audit log before anything is shown, also when there
/// was nothing to see.
/// </summary>
internal static class BreakGlass
{
    public const string Header = "X-Break-Glass";
    private const int Shortest = 10, Longest = 200;

    /// <summary>The reason; null where nobody broke anything, or may.</summary>
    public static string? ReasonOf(HttpContext context) =>
        context.Request.Headers.TryGetValue(Header, out var reason) && IsReason(reason.ToString()) && context.Caller().Is(Role.Clinician) ? reason.ToString().Trim() : null;

    /// <summary>The record of this request says it, whatever it finds.</summary>
    public static void Record(HttpContext context, string reason)
    {
        var trail = AuditTrail.Of(context);
        (trail.Action, trail.Purpose, trail.Why) = (AuditAction.BreakGlass, AuditRecord.EmergencyTreatment, reason);
    }

    /// <summary>A header that is no reason is told before it is taken for one.</summary>
    public static RouteHandlerBuilder TakesBreakGlass(this RouteHandlerBuilder route) => route.AddEndpointFilter(async (context, next) =>
        context.HttpContext.Request.Headers.TryGetValue(Header, out var reason) && !IsReason(reason.ToString()) ? Unreasoned() : await next(context));

    private static ProblemHttpResult Unreasoned() => Problems.BadRequest("break-glass-reason", $"{Header}: why you have to see this now, in {Shortest} to {Longest} characters.");

    private static bool IsReason(string text) => text.Trim().Length is >= Shortest and <= Longest;
}
