using ChwFhir.Access;
using ChwFhir.Api.Audit;
using ChwFhir.Api.Host;
using ChwFhir.Api.Identity;
using ChwFhir.Delivery;
using ChwFhir.WriteBack.Inputs;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace ChwFhir.Api.Inputs;

/// <summary>What every kind of input has: what became of it, what it was mapped to, and a person's hand on it.</summary>
internal static class InputRoutes
{
    public static void MapInput(this RouteGroupBuilder inputs, InputRoute route)
    {
        var (noun, name) = (route.Noun, route.Operation);
        inputs.MapGet("/{id}", (string id, HttpContext context, VisitNoteJourney journey, CancellationToken cancellationToken) => StatusAsync(route, id, context, journey, cancellationToken))
            .Gives(Media.Json)
            .For(May.ReadStatus).TakesBreakGlass().WithName($"read{name}")
            .WithSummary($"What became of a {noun}, resource by resource")
            .WithDescription("The ETag changes with every change of the status; If-None-Match spares the body.")
            .Produces<NoteStatus>()
            .Produces(StatusCodes.Status304NotModified)
            .ProducesProblems(400, 404, 406);

        inputs.MapPost("/{id}/retract", (string id, HttpContext context, VisitNoteJourney journey, CancellationToken cancellationToken) => RetractionRoutes.RetractAsync(route, id, context, journey, cancellationToken))
            .TakesJson().Gives(Media.Json).RequireRateLimiting(Listening.Writes)
            .Accepts<RetractionOrder>(Media.Json)
            .For(May.TakeBack).WithName($"retract{name}")
            .WithSummary($"Take a {noun} back")
            .WithDescription($"What is not written is never written; what is written becomes entered-in-error where the EHR takes that. Where it does not, a retraction that repeats nothing of the {noun} is filed and `removals` lists what the records office has to take out. With `rightPatient` the {noun} is received anew for them under the id in `movedTo`. Asking again is safe.")
            .Produces<NoteStatus>(StatusCodes.Status202Accepted)
            .ProducesProblems(400, 404, 406, 409, 413, 415, 422, 429, 503);

        inputs.MapPost("/{id}/removed", (string id, HttpContext context, VisitNoteJourney journey, CancellationToken cancellationToken) => RetractionRoutes.RemovedAsync(route, id, context, journey, cancellationToken))
            .TakesJson().Gives(Media.Json).RequireRateLimiting(Listening.Writes)
            .Accepts<RemovalDone>(Media.Json)
            .For(May.Decide).WithName(route.ServesOthers ? "tickOffRemoval" : $"tickOffRemovalOf{name}")
            .WithSummary("Tick off what was taken out of the EHR by hand")
            .WithDescription($"Of a {noun} that was retracted, or amended to hold something back: the key of one of its `removals`, which somebody has removed in the EHR.")
            .Produces<NoteStatus>(StatusCodes.Status202Accepted)
            .ProducesProblems(400, 404, 406, 413, 415, 422, 429, 503);

        inputs.MapGet("/{id}/bundle", (string id, HttpContext context, VisitNoteJourney journey, Sensitivity sensitivity, CancellationToken cancellationToken) => BundleAsync(route, id, context, journey, sensitivity, cancellationToken))
            .Gives(Media.FhirJson)
            .For(May.ReadAll).TakesBreakGlass().WithName($"read{name}Bundle")
            .WithSummary("The mapped Bundle")
            .WithDescription($"The FHIR R4 transaction Bundle as it was mapped, before anything was folded for this EHR, without what the caller is not shown for its label. Not there until the {noun} has been mapped.")
            .Produces<object>(StatusCodes.Status200OK, Media.FhirJson)
            .ProducesProblems(400, 404, 406);

        inputs.MapGet("/{id}/plan", (string id, HttpContext context, VisitNoteJourney journey, CancellationToken cancellationToken) => PlanAsync(route, id, context, journey, cancellationToken))
            .Gives(Media.Json)
            .For(May.ReadAll).TakesBreakGlass().WithName($"read{name}Plan")
            .WithSummary($"The steps by which the {noun} is written")
            .WithDescription("What is created, updated, folded into the document, kept here or found in the EHR, and why.")
            .Produces<PlanView>()
            .ProducesProblems(400, 404, 406);

        inputs.MapGet("/{id}/history", (string id, HttpContext context, DeliveryDesk desk, VisitNoteJourney journey, CancellationToken cancellationToken) => HistoryAsync(route, id, context, desk, journey, cancellationToken))
            .Gives(Media.Json)
            .For(May.ReadAll).TakesBreakGlass().WithName($"read{name}History")
            .WithSummary($"Every write of the {noun} that was tried")
            .WithDescription("When, what, the EHR's status, how long it took and how it ended, oldest first. A lost answer is followed by what the search for it found.")
            .Produces<NoteHistory>()
            .ProducesProblems(400, 404, 406);

        inputs.MapPost("/{id}/retry", (string id, HttpContext context, VisitNoteJourney journey, CancellationToken cancellationToken) => RetryAsync(route, id, context, journey, cancellationToken))
            .Gives(Media.Json).RequireRateLimiting(Listening.Writes)
            .For(May.Decide).WithName($"retry{name}")
            .WithSummary($"Try a {noun} in needs-attention again")
            .WithDescription($"What is written stays written; only what is open is tried. A {noun} in another state is left as it is.")
            .Produces<NoteStatus>(StatusCodes.Status202Accepted)
            .ProducesProblems(404, 406, 429, 503);

        inputs.MapResolve(route);
        inputs.MapRelease(route);
        // A summary is what the clinic gave the patient to read: nothing of it is held.
        if (route.Kind != InputKind.AfterVisitSummary)
            inputs.MapHeld(route);
    }

    /// <summary>Whether it is one of those that are asked about here, and the caller may do this with it; else there is none.</summary>
    internal static async Task<FoundNote?> FindAsync(InputRoute route, string id, HttpContext context, NoteRights needed, VisitNoteJourney journey, CancellationToken cancellationToken)
    {
        var found = OfRoute(route, await journey.FindAsync(context.Caller(), id, needed, cancellationToken));
        if (found is not null)
            return found;
        if ((needed & ~(NoteRights.Status | NoteRights.Whole)) == 0 && BreakGlass.ReasonOf(context) is { } reason)
        {
            BreakGlass.Record(context, reason);
            return OfRoute(route, await journey.FindInEmergencyAsync(context.Caller(), id, cancellationToken));
        }
        // The caller hears that there is none; the audit log, that there is one.
        if (await journey.StatusAsync(id, cancellationToken) is not null)
        {
            var trail = AuditTrail.Of(context);
            (trail.IsRefused, trail.Why) = (true, "not-in-panel");
        }
        return null;
    }

    private static FoundNote? OfRoute(InputRoute route, FoundNote? found) => found is not null && (route.ServesOthers || found.Status.Kind == route.Kind.Name) ? found : null;

    private static async Task<Results<Ok<NoteStatus>, StatusCodeHttpResult, ProblemHttpResult>> StatusAsync(
        InputRoute route, string id, HttpContext context, VisitNoteJourney journey, CancellationToken cancellationToken)
    {
        if (await FindAsync(route, id, context, NoteRights.Status, journey, cancellationToken) is not { Status: var status })
            return Receipts.NoSuch(route);

        var tag = Receipts.Tag(context.Response, status);
        var known = context.Request.GetTypedHeaders().IfNoneMatch;
        return known.Any(seen => seen.Compare(tag, useStrongComparison: false) || seen.Equals(EntityTagHeaderValue.Any))
            ? TypedResults.StatusCode(StatusCodes.Status304NotModified)
            : TypedResults.Ok(status);
    }

    private static async Task<Results<FileContentHttpResult, ProblemHttpResult>> BundleAsync(InputRoute route, string id, HttpContext context, VisitNoteJourney journey, Sensitivity sensitivity, CancellationToken cancellationToken)
    {
        if (await FindAsync(route, id, context, NoteRights.Whole, journey, cancellationToken) is null)
            return Receipts.NoSuch(route);
        return await journey.BundleAsync(id, cancellationToken) is { } bundle ? TypedResults.Bytes(sensitivity.Shown(context.Caller(), bundle), Media.FhirJson) : NotYet($"The {route.Noun} has not been mapped yet.");
    }

    private static async Task<Results<Ok<PlanView>, ProblemHttpResult>> PlanAsync(InputRoute route, string id, HttpContext context, VisitNoteJourney journey, CancellationToken cancellationToken)
    {
        if (await FindAsync(route, id, context, NoteRights.Whole, journey, cancellationToken) is not { } found)
            return Receipts.NoSuch(route);
        return await journey.PlanAsync(id, cancellationToken) is { } plan ? TypedResults.Ok(found.Show(plan)) : NotYet($"The {route.Noun} has not been planned yet.");
    }

    private static async Task<Results<Ok<NoteHistory>, ProblemHttpResult>> HistoryAsync(InputRoute route, string id, HttpContext context, DeliveryDesk desk, VisitNoteJourney journey, CancellationToken cancellationToken) =>
        await FindAsync(route, id, context, NoteRights.Whole, journey, cancellationToken) is { } found && await desk.HistoryAsync(id, found.Rights, cancellationToken) is { } history ? TypedResults.Ok(history) : Receipts.NoSuch(route);

    private static async Task<Results<Accepted<NoteStatus>, ProblemHttpResult>> RetryAsync(
        InputRoute route, string id, HttpContext context, VisitNoteJourney journey, CancellationToken cancellationToken)
    {
        if (await FindAsync(route, id, context, NoteRights.Decide, journey, cancellationToken) is null || await journey.RetryAsync(id, cancellationToken) is not { } status)
            return Receipts.NoSuch(route);
        return Receipts.Accepted(route, context, status);
    }

    private static ProblemHttpResult NotYet(string detail) => Problems.Of(StatusCodes.Status404NotFound, "not-yet", detail + " Its status says how far it is.");
}
