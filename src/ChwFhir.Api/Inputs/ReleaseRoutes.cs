using ChwFhir.Access;
using ChwFhir.Api.Audit;
using ChwFhir.Api.Delivery;
using ChwFhir.Api.Host;
using ChwFhir.Api.Identity;
using ChwFhir.Audit;
using ChwFhir.Intake;
using ChwFhir.Queue;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ChwFhir.Api.Inputs;

/// <summary>A supervisor's word on a note whose patient is none of its sender's.</summary>
internal static class ReleaseRoutes
{
    public static void MapRelease(this RouteGroupBuilder inputs, InputRoute route)
    {
        var (noun, name) = (route.Noun, route.Operation);
        inputs.MapPost("/{id}/release", (string id, HttpContext context, VisitNoteJourney journey, CancellationToken cancellationToken) => DecideAsync(route, id, isRefused: false, context, journey, cancellationToken))
            .Gives(Media.Json).RequireRateLimiting(Listening.Writes)
            .Accepts<ReleaseOrder>(isOptional: true, Media.Json)
            .For(May.Decide).WithName($"release{name}")
            .WithSummary($"Let a {noun} go on that is of a patient outside its sender's panel")
            .WithDescription($"A {noun} with issue `not-in-panel` is on disk, and nothing of it goes to the EHR or comes back from there. With this it goes the way of every {noun}; the patient does not come into the panel by it. `release` of its status says who decided, and when. One that nothing holds stays as it is; one that was refused is 409.")
            .Produces<NoteStatus>(StatusCodes.Status202Accepted)
            .ProducesProblems(400, 404, 406, 409, 413, 415, 422, 429, 503);

        inputs.MapPost("/{id}/refuse", (string id, HttpContext context, VisitNoteJourney journey, CancellationToken cancellationToken) => DecideAsync(route, id, isRefused: true, context, journey, cancellationToken))
            .Gives(Media.Json).RequireRateLimiting(Listening.Writes)
            .Accepts<ReleaseOrder>(Media.Json)
            .For(May.Decide).WithName($"refuse{name}")
            .WithSummary($"Keep a {noun} from the EHR that is of a patient outside its sender's panel")
            .WithDescription($"With a reason. It stays with the service as any {noun} that was taken back (`retracted`, reason `refused`), and its messages are withdrawn. 409: nothing holds it, or it was released.")
            .Produces<NoteStatus>(StatusCodes.Status202Accepted)
            .ProducesProblems(400, 404, 406, 409, 413, 415, 422, 429, 503);
    }

    private static async Task<Results<Accepted<NoteStatus>, ProblemHttpResult>> DecideAsync(
        InputRoute route, string id, bool isRefused, HttpContext context, VisitNoteJourney journey, CancellationToken cancellationToken)
    {
        var order = await DeskOrder.ReadAsync(context.Request, DeskOrder.Reason, cancellationToken);
        if (order.Problem is { } problem)
            return problem;
        if (isRefused && order.Text is null)
            return Problems.Invalid([new NoteFault("/reason", "required", "Why it does not go to the EHR.")]);
        if (await InputRoutes.FindAsync(route, id, context, NoteRights.Decide, journey, cancellationToken) is null)
            return Receipts.NoSuch(route);
        try
        {
            var by = Who.Calls(context.User);
            var trail = AuditTrail.Of(context);
            (trail.Action, trail.Why) = (AuditAction.Release, isRefused ? $"refused: {order.Text}" : order.Text);
            var status = isRefused ? await journey.RefuseReleaseAsync(id, by, order.Text!, cancellationToken) : await journey.ReleaseAsync(id, by, order.Text, cancellationToken);
            if (status is null)
                return Receipts.NoSuch(route);
            if (status.Release is { Decision: var decided } && decided != (isRefused ? "refused" : "released"))
                return Problems.Of(StatusCodes.Status409Conflict, "decided-otherwise", $"The {route.Noun} was {decided} before.");
            if (isRefused && status.Release is null)
                return Problems.Of(StatusCodes.Status409Conflict, "nothing-open", $"Nothing about this {route.Noun} waits for a release.");
            return Receipts.Accepted(route, context, status);
        }
        catch (StoreUnavailableException full)
        {
            return Problems.StoreBusy(context.Response, full.RetryAfter);
        }
    }
}
