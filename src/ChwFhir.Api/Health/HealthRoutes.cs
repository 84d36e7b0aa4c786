using ChwFhir.Api.Identity;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ChwFhir.Api.Health;

/// <summary>For whoever keeps the service running.</summary>
internal static class HealthRoutes
{
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        var health = routes.MapGroup("/health").ForEverybody().WithTags("Running it");

        health.MapGet("/live", () => TypedResults.Ok(new Liveness("ok")))
            .WithName("readLiveness")
            .WithSummary("Is the process up?")
            .WithDescription("Asks nobody else: an answer is all there is to it. Restart the process when none comes.");

        health.MapGet("/ready", ReadyAsync)
            .WithName("readReadiness")
            .WithSummary("Can notes be taken?")
            .WithDescription("Ready as long as the store takes notes. An EHR that does not answer is told as `degraded`: notes are taken and wait.")
            .Produces<Readiness>()
            .Produces<Readiness>(StatusCodes.Status503ServiceUnavailable);
    }

    private static async Task<JsonHttpResult<Readiness>> ReadyAsync(ReadinessCheck check, CancellationToken cancellationToken)
    {
        var readiness = await check.LookAsync(cancellationToken);
        return TypedResults.Json(readiness, statusCode: readiness.Store == ReadinessCheck.Ok ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }
}
