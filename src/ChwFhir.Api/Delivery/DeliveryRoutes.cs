using ChwFhir.Access;
using ChwFhir.Api.Host;
using ChwFhir.Api.Identity;
using ChwFhir.Delivery;
using ChwFhir.Intake;
using ChwFhir.Queue;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ChwFhir.Api.Delivery;

/// <summary>The supervisor's desk: what waits and why, and a hand on the writes.</summary>
internal static class DeliveryRoutes
{
    public static void MapDelivery(this IEndpointRouteBuilder api)
    {
        var desk = api.MapGroup("/delivery").WithTags("Delivery");

        desk.MapGet("/", async (HttpContext context, DeliveryDesk delivery, VisitNoteJourney journey, CancellationToken cancellationToken) =>
                TypedResults.Ok(await ForWhomAsync(context.Caller(), await delivery.ReportAsync(cancellationToken), journey, cancellationToken)))
            .Gives(Media.Json)
            .For(May.SeeTheDesk).WithName("readDelivery")
            .WithSummary("How it stands with the notes on their way")
            .WithDescription("Notes by state, the oldest that waits, why notes need attention, the EHR's circuit and back-off as this instance sees it (reads and writes apart), who stopped its writes, what it was seen to refuse, other EHRs whose notes wait, what the records office has to take out of the EHR (`removals`: `open` counts all, `items` are those of the caller's own CHWs; ticked off with POST /visit-notes/{id}/removed), and who is at work. No patient data.")
            .Produces<DeliveryReport>()
            .ProducesProblems(406);

        desk.MapGet("/check", async (EhrCheck check, CancellationToken cancellationToken) => TypedResults.Ok(await check.LookAsync(cancellationToken)))
            .Gives(Media.Json).RequireRateLimiting(Listening.Writes)
            .For(May.CheckTheEhr).WithName("checkEhr")
            .WithSummary("What would become of a note on the EHR as it is now")
            .WithDescription("Reads the EHR's capabilities, tries the token with a search that finds nobody, and says what would be written, folded and kept, and why. Writes nothing, changes nothing; the command `check` prints it.")
            .Produces<CheckReport>()
            .ProducesProblems(406, 429, 503);

        desk.MapPost("/endpoints/{name}/pause", (string name, HttpContext context, DeliveryDesk delivery, CancellationToken cancellationToken) => TurnAsync(context, delivery, (by, reason) => delivery.PauseAsync(name, by, reason, cancellationToken), cancellationToken))
            .Gives(Media.Json).RequireRateLimiting(Listening.Writes)
            .Accepts<DeskOrder.Reasoned>(isOptional: true, Media.Json)
            .For(May.MindTheDesk).WithName("pauseEndpoint")
            .WithSummary("Stop the writes to one EHR")
            .WithDescription("What is under way is ended and recorded; nothing further is sent until somebody resumes, in no instance, over every restart. Notes are taken and stay `queued`, their attempts untouched; messages are told all the same. The body, with a reason for the next person at the desk, may be left out.")
            .Produces<EndpointReport>(StatusCodes.Status202Accepted)
            .ProducesProblems(400, 404, 406, 413, 415, 422, 429, 503);

        desk.MapPost("/endpoints/{name}/resume", (string name, HttpContext context, DeliveryDesk delivery, CancellationToken cancellationToken) => TurnAsync(context, delivery, (by, reason) => delivery.ResumeAsync(name, by, reason, cancellationToken), cancellationToken))
            .Gives(Media.Json).RequireRateLimiting(Listening.Writes)
            .Accepts<DeskOrder.Reasoned>(isOptional: true, Media.Json)
            .For(May.MindTheDesk).WithName("resumeEndpoint")
            .WithSummary("Start the writes to one EHR again")
            .WithDescription("Lifts the stop, and no back-off is waited for any longer: the next note is a probe, and more follow as it goes well.")
            .Produces<EndpointReport>(StatusCodes.Status202Accepted)
            .ProducesProblems(400, 404, 406, 413, 415, 422, 429, 503);

        desk.MapPost("/retry", RetryAsync)
            .Gives(Media.Json).RequireRateLimiting(Listening.Writes)
            .Accepts<DeskOrder.Retry>(isOptional: true, Media.Json)
            .For(May.MindTheDesk).WithName("retryNotes")
            .WithSummary("Try many notes in needs-attention again")
            .WithDescription("With a code only those that have an issue with it, as GET /delivery counts them; without one all. What is written stays written.")
            .Produces<Retried>(StatusCodes.Status202Accepted)
            .ProducesProblems(400, 406, 413, 415, 422, 429, 503);
    }

    // A supervisor sees the notes of the own CHWs, which only they tick off; a director counts: no note, and nobody's name.
    private static async Task<DeliveryReport> ForWhomAsync(Caller caller, DeliveryReport report, VisitNoteJourney journey, CancellationToken cancellationToken)
    {
        if (!caller.Is(Role.Supervisor))
            return Counts(report);
        var theirs = new HashSet<string>(StringComparer.Ordinal);
        foreach (var note in report.Removals.Items.Select(item => item.Note).Distinct())
        {
            if (await journey.FindAsync(caller, note, NoteRights.Decide, cancellationToken) is not null)
                theirs.Add(note);
        }

        return report with { Removals = report.Removals with { Items = [.. report.Removals.Items.Where(item => theirs.Contains(item.Note))] } };
    }

    private static DeliveryReport Counts(DeliveryReport report) => report with
    {
        Removals = report.Removals with { Items = [] },
        Endpoints = [.. report.Endpoints.Select(endpoint => endpoint with { Stopped = endpoint.Stopped is { } stop ? stop with { By = "" , Reason = null } : null })],
    };

    private static async Task<Results<Accepted<EndpointReport>, ProblemHttpResult>> TurnAsync(
        HttpContext context, DeliveryDesk delivery, Func<string, string?, Task<EndpointReport?>> turn, CancellationToken cancellationToken)
    {
        var order = await DeskOrder.ReadAsync(context.Request, DeskOrder.Reason, cancellationToken);
        if (order.Problem is { } problem)
            return problem;
        try
        {
            return await turn(Who.Calls(context.User), order.Text) is { } endpoint
                ? TypedResults.Accepted("/api/v1/delivery", endpoint)
                : Problems.NotFound($"There is no such endpoint; notes are written to {delivery.EndpointName}.");
        }
        catch (StoreUnavailableException full)
        {
            return Problems.Busy(context.Response, "store-busy", "The store cannot take it now. Nothing was changed; send it again.", full.RetryAfter);
        }
    }

    private static async Task<Results<Accepted<Retried>, ProblemHttpResult>> RetryAsync(HttpContext context, DeliveryDesk delivery, CancellationToken cancellationToken)
    {
        var order = await DeskOrder.ReadAsync(context.Request, DeskOrder.Code, cancellationToken);
        if (order.Problem is { } problem)
            return problem;
        try
        {
            return TypedResults.Accepted("/api/v1/delivery", new Retried(await delivery.RetryAsync(order.Text, cancellationToken)));
        }
        catch (StoreUnavailableException full)
        {
            return Problems.Busy(context.Response, "store-busy", "The store cannot take it now. Send it again for the rest.", full.RetryAfter);
        }
    }
}
