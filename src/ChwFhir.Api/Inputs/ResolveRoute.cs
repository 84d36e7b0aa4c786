using ChwFhir.Access;
using ChwFhir.Api.Host;
using ChwFhir.Api.Identity;
using ChwFhir.Intake;
using ChwFhir.Queue;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ChwFhir.Api.Inputs;

/// <summary>A person's decision on what the service cannot decide.</summary>
internal static class ResolveRoute
{
    private const int LargestDecision = 16 * 1024;

    public static void MapResolve(this RouteGroupBuilder inputs, InputRoute route) => inputs.MapPost("/{id}/resolve",
            (string id, HttpContext context, VisitNoteJourney journey, CancellationToken cancellationToken) => ResolveAsync(route, id, context, journey, cancellationToken))
        .TakesJson().Gives(Media.Json).RequireRateLimiting(Listening.Writes)
        .Accepts<NoteDecision>(Media.Json)
        .For(May.Decide).WithName($"resolve{route.Operation}")
        .WithSummary("Decide on an unknown or refused resource, the encounter or the chart")
        .WithDescription("""
            `written`: the EHR has it (`reference` says where; needed for what lives across visits). `send-again`: it is not there, or is refused no longer; it is sent once more.
            `close-unwritten`: it is not written any more, with a `reason`; it stays with the service. `use-encounter` with the key `encounter`: the visit belongs to this encounter of the EHR.
            Where the chart is in question (merged, not the one that was meant), the key `patient` with `written` and the `reference` of the surviving Patient confirms it; nothing is written before. Another chart than the note names must agree with `patient.check` where the note has one.
            While the EHR does not answer a decision is kept and checked later; one that turns out wrong brings the note back to `needs-attention`. Who decided, when and why stands in the note's history.
            """)
        .Produces<NoteStatus>(StatusCodes.Status202Accepted)
        .ProducesProblems(400, 404, 406, 409, 413, 415, 422, 429, 503);

    private static async Task<Results<Accepted<NoteStatus>, ProblemHttpResult>> ResolveAsync(InputRoute route, string id, HttpContext context, VisitNoteJourney journey, CancellationToken cancellationToken)
    {
        using var body = StrictJson.Parse(await JsonBody.ReadAsync(context.Request, LargestDecision, cancellationToken), out var unreadable);
        if (body is null)
            return Problems.Unreadable(unreadable!);
        List<NoteFault> faults = [];
        var decision = DecisionBody.Read(body.RootElement, faults);
        if (faults.Count > 0)
            return Problems.Invalid(faults);
        if (await InputRoutes.FindAsync(route, id, context, NoteRights.Decide, journey, cancellationToken) is null)
            return Receipts.NoSuch(route);

        try
        {
            switch (await journey.ResolveAsync(id, decision, Who.Calls(context.User), cancellationToken))
            {
                case ResolveResult.Kept(var status):
                    return Receipts.Accepted(route, context, status);
                case ResolveResult.NoSuchNote:
                    return Receipts.NoSuch(route);
                case ResolveResult.BeingWritten:
                    return Problems.Of(StatusCodes.Status409Conflict, "being-written", $"The {route.Noun} is being written at this moment. Look at its status and decide then.");
                case ResolveResult.NothingOpen:
                    return Problems.Of(StatusCodes.Status409Conflict, "nothing-open", $"Nothing about this {route.Noun} waits for a decision.");
                case ResolveResult.Invalid(var wrong):
                    return Problems.Invalid(wrong);
                case var other:
                    throw new InvalidOperationException($"No answer for {other.GetType().Name}.");
            }
        }
        catch (StoreUnavailableException full)
        {
            return Problems.StoreBusy(context.Response, full.RetryAfter);
        }
    }
}
