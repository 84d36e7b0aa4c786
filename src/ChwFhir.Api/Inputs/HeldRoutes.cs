using ChwFhir.Access;
using ChwFhir.Api.Audit;
using ChwFhir.Api.Delivery;
using ChwFhir.Api.Host;
using ChwFhir.Api.Identity;
using ChwFhir.Audit;
using ChwFhir.Intake;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ChwFhir.Api.Inputs;

/// <summary>What is held back from the chart: read by the few it is for, decided by a clinician or social worker.</summary>
internal static class HeldRoutes
{
    public static void MapHeld(this RouteGroupBuilder inputs, InputRoute route)
    {
        var (noun, name) = (route.Noun, route.Operation);
        inputs.MapGet("/{id}/held", (string id, HttpContext context, HeldDesk desk, VisitNoteJourney journey, CancellationToken cancellationToken) => ListAsync(route, id, context, desk, journey, cancellationToken))
            .Gives(Media.Json)
            .For(May.ReadStatus).WithName($"readHeldPartsOf{name}")
            .WithSummary($"What of a {noun} is kept out of the chart")
            .WithDescription($"`count` is for everybody who may read the {noun}. `parts` are those that the caller may read: all of them for the CHW who wrote it, those that are for their role or for them (`hold.for`), and for the clinician or social worker who decides. What the programme's rules hold (violence) is for those whom it names (by default the CHW's supervisor and social work), for no clinician else and never for the care team as a whole. What is held only because it points at such a part goes with it and is no part of its own.")
            .Produces<HeldPartsView>()
            .ProducesProblems(400, 404, 406);

        inputs.MapPost("/{id}/held/{part}/release", (string id, string part, HttpContext context, HeldDesk desk, VisitNoteJourney journey, CancellationToken cancellationToken) => DecideAsync(route, id, part, release: true, context, desk, journey, cancellationToken))
            .TakesJson().Gives(Media.Json).RequireRateLimiting(Listening.Writes)
            .Accepts<HeldOrder>(Media.Json)
            .For(May.DecideHeld).WithName($"releaseHeldPartOf{name}")
            .WithSummary("Let a held part into the chart")
            .WithDescription($"`part` is the `id` of the part as it was read. With a reason, which stands in the audit log and in no chart. The {noun} goes the way of an amendment: the part is written or folded, and told to whom it would have been told. Of a patient under age a clinician has to release it (403 `clinician-needed`). Asking again changes nothing. 409: `caregiver-decides` (a caregiver's own trouble comes into the chart when the {noun} says that they agree), `retracted`, `being-changed`.")
            .Produces<NoteStatus>(StatusCodes.Status202Accepted)
            .ProducesProblems(400, 403, 404, 406, 409, 413, 415, 422, 429, 503);

        inputs.MapPost("/{id}/held/{part}/confirm", (string id, string part, HttpContext context, HeldDesk desk, VisitNoteJourney journey, CancellationToken cancellationToken) => DecideAsync(route, id, part, release: false, context, desk, journey, cancellationToken))
            .TakesJson().Gives(Media.Json).RequireRateLimiting(Listening.Writes)
            .Accepts<HeldOrder>(Media.Json)
            .For(May.DecideHeld).WithName($"confirmHeldPartOf{name}")
            .WithSummary("Keep a held part out of the chart")
            .WithDescription("With a reason. Nothing is written by it; whoever looks next sees who decided and why. It may be released later. 409 `decided-otherwise`: it was released before.")
            .Produces<NoteStatus>(StatusCodes.Status202Accepted)
            .ProducesProblems(400, 404, 406, 409, 413, 415, 422, 429, 503);
    }

    private static async Task<Results<Ok<HeldPartsView>, ProblemHttpResult>> ListAsync(InputRoute route, string id, HttpContext context, HeldDesk desk, VisitNoteJourney journey, CancellationToken cancellationToken) =>
        await InputRoutes.FindAsync(route, id, context, NoteRights.Status, journey, cancellationToken) is not null && await desk.ListAsync(context.Caller(), id, cancellationToken) is { } held
            ? TypedResults.Ok(held) : Receipts.NoSuch(route);

    private static async Task<Results<Accepted<NoteStatus>, ProblemHttpResult>> DecideAsync(
        InputRoute route, string id, string part, bool release, HttpContext context, HeldDesk desk, VisitNoteJourney journey, CancellationToken cancellationToken)
    {
        var order = await DeskOrder.ReadAsync(context.Request, DeskOrder.Reason, cancellationToken);
        if (order.Problem is { } problem)
            return problem;
        if (order.Text is not { } reason)
            return Problems.Invalid([new NoteFault("/reason", "required", release ? "Why it may stand in the chart." : "Why it stays out of the chart.")]);
        if (await InputRoutes.FindAsync(route, id, context, NoteRights.Status, journey, cancellationToken) is null)
            return Receipts.NoSuch(route);

        var trail = AuditTrail.Of(context);
        (trail.Action, trail.Why) = (AuditAction.Release, release ? $"released: {reason}" : $"kept held: {reason}");
        switch (await desk.DecideAsync(context.Caller(), id, part, release, reason, cancellationToken))
        {
            case HeldAnswer.Done(var status):
                return Receipts.Accepted(route, context, status);
            case HeldAnswer.NoSuchNote:
                return Receipts.NoSuch(route);
            case HeldAnswer.NoSuchPart:
                return Problems.NotFound($"The {route.Noun} has no held part of this id. Its words may have changed: read them again.");
            case HeldAnswer.ClinicianNeeded:
                return Problems.Of(StatusCodes.Status403Forbidden, "clinician-needed", "The patient is under age: a clinician releases this.");
            case HeldAnswer.CaregiverDecides:
                return Problems.Of(StatusCodes.Status409Conflict, "caregiver-decides", $"This is the caregiver's own trouble. It comes into the chart when they agree and the {route.Noun} says so (okInChart).");
            case HeldAnswer.ReleasedBefore:
                return Problems.Of(StatusCodes.Status409Conflict, "decided-otherwise", "It was released before.");
            case HeldAnswer.Withdrawn:
                return Problems.Of(StatusCodes.Status409Conflict, "retracted", $"The {route.Noun} was taken back; nothing of it goes to the chart any more.");
            case HeldAnswer.NotNow:
                return Problems.Of(StatusCodes.Status409Conflict, "being-changed", $"The {route.Noun} is being changed at this moment, or nobody has said yet whose chart it is. Look at it and decide then.");
            case HeldAnswer.Busy(var retryAfter):
                return Problems.StoreBusy(context.Response, retryAfter);
            case var other:
                throw new InvalidOperationException($"No answer for {other.GetType().Name}.");
        }
    }
}
