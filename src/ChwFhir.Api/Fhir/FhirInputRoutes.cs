using ChwFhir.Api.Host;
using ChwFhir.Api.Identity;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace ChwFhir.Api.Fhir;

/// <summary>What can be handed in as FHIR, and looked at before.</summary>
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
                .WithDescription((type == "DocumentReference" ? "A DocumentReference with the document inside: an after-visit summary in any form that /api/v1/after-visit-summaries takes, or a visit note: of this service (`application/json`), or as plain text or Markdown where the type says that it is one (LOINC 34129-7, 34748-4, the site's own, or the profile chw-visit-note). " : "")
                    + "202: it is on disk and will be written to the EHR; Location is where it can be read as soon as it has become FHIR. 200: it was here already. If-None-Exist takes the identifier of what is sent. Faults are all told, each with its expression.")
                .Produces<object>(StatusCodes.Status202Accepted, Media.FhirJson).Produces<object>(StatusCodes.Status200OK, Media.FhirJson).Outcomes(400, 401, 403, 406, 409, 413, 415, 422, 429, 503);
        }
    }

    public static void MapValidation(this IEndpointRouteBuilder fhir)
    {
        foreach (var type in FhirTypes.All.Select(type => type.Name).Prepend(null))
        {
            fhir.MapPost(type is null ? $"/{FhirValidations.Operation}" : $"/{type}/{FhirValidations.Operation}", (HttpContext context, FhirValidations validations, CancellationToken cancellationToken) => ValidateAsync(type, context, validations, cancellationToken))
                .RequireRateLimiting(Listening.Writes)
                .Accepts<object>(Media.FhirJson, Media.Json)
                .For(May.ReadStatus).OnlyReads().WithMetadata(new FhirInteraction(type, FhirValidations.Operation)).WithName($"fhirValidate{type}")
                .WithSummary($"Validate a {type ?? "resource"}")
                .WithDescription("By R4, by the profiles that it claims and by those that `profile` names; the body is the resource, or Parameters with resource and profile. With mode=create also by what creating it here would refuse. All that is found is told at once, with its place; nothing is kept.")
                .Produces<object>(StatusCodes.Status200OK, Media.FhirJson).Outcomes(400, 401, 403, 406, 413, 415, 422, 429, 503);
        }
    }

    private static async Task<IResult> ValidateAsync(string? type, HttpContext context, FhirValidations validations, CancellationToken cancellationToken) =>
        IsFhir(context.Request) ? await validations.AnswerAsync(type, context, cancellationToken) : NotFhir();

    private static async Task<IResult> CreateAsync(string type, HttpContext context, FhirInputs inputs, CancellationToken cancellationToken) =>
        IsFhir(context.Request) ? await inputs.CreateAsync(type, context, cancellationToken) : NotFhir();

    private static bool IsFhir(HttpRequest request) => request.Headers.ContentEncoding.Count == 0
        && MediaTypeHeaderValue.TryParse(request.ContentType, out var media) && FhirAnswers.IsOurVersion(media)
        && (JsonBody.IsJson(request) || (media.MediaType.Equals(Media.FhirJson, StringComparison.OrdinalIgnoreCase) && FhirAnswers.IsUtf8(media)));

    private static ProblemHttpResult NotFhir() => Problems.Of(StatusCodes.Status415UnsupportedMediaType, "media-type", $"Send {Media.FhirJson} of FHIR R4, not compressed.");
}
