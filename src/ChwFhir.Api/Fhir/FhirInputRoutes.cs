using ChwFhir.Api.Host;
using ChwFhir.Api.Identity;
using Microsoft.Net.Http.Headers;

namespace ChwFhir.Api.Fhir;

/// <summary>What can be handed in as FHIR.</summary>
internal static class FhirInputRoutes
{
    public static void MapInputs(this IEndpointRouteBuilder fhir)
    {
        foreach (var type in FhirInputs.Types)
        {
            fhir.MapPost($"/{type}", (HttpContext context, FhirInputs inputs, CancellationToken cancellationToken) => CreateAsync(type, context, inputs, cancellationToken))
                .RequireRateLimiting(Listening.Writes)
                .Accepts<object>(Media.FhirJson, Media.Json)
                .For(May.HandIn).WithMetadata(new FhirInteraction(type, "create")).WithName($"fhirCreate{type}")
                .WithSummary(type == "DocumentReference" ? "Hand in a document" : "Hand in a completed screening")
                .WithDescription((type == "DocumentReference" ? "A DocumentReference with the document inside: an after-visit summary in any form that /api/v1/after-visit-summaries takes, or a visit note of this service (`application/json`). " : "")
                    + "202: it is on disk and will be written to the EHR; Location is where it can be read as soon as it has become FHIR. 200: it was here already. If-None-Exist takes the identifier of what is sent. Faults are all told, each with its expression.")
                .Produces<object>(StatusCodes.Status202Accepted, Media.FhirJson).Produces<object>(StatusCodes.Status200OK, Media.FhirJson).Outcomes(400, 401, 403, 406, 409, 413, 415, 422, 429, 503);
        }
    }

    private static async Task<IResult> CreateAsync(string type, HttpContext context, FhirInputs inputs, CancellationToken cancellationToken)
    {
        var isFhir = context.Request.Headers.ContentEncoding.Count == 0
            && (JsonBody.IsJson(context.Request) || (MediaTypeHeaderValue.TryParse(context.Request.ContentType, out var media) && media.MediaType.Equals(Media.FhirJson, StringComparison.OrdinalIgnoreCase)));
        return isFhir ? await inputs.CreateAsync(type, context, cancellationToken) : Problems.Of(StatusCodes.Status415UnsupportedMediaType, "media-type", $"Send {Media.FhirJson}, not compressed.");
    }
}
