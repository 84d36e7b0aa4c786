using ChwFhir.Api.Host;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace ChwFhir.Api.Fhir;

/// <summary>The manners of the FHIR door: JSON and no other form, and every problem as an OperationOutcome with the status that the REST door gives.</summary>
internal static class FhirAnswers
{
    private static readonly string[] JsonFormats = ["json", "text/json", Media.Json, Media.FhirJson];

    private static readonly string[] OurVersions = ["4.0", "4.0.1"];

    public static async ValueTask<object?> FilterAsync(EndpointFilterInvocationContext invocation, EndpointFilterDelegate next)
    {
        var context = invocation.HttpContext;
        context.Response.Headers.Vary = HeaderNames.Accept;
        var result = TakesJson(context.Request) ? await next(invocation) : TypedResults.Problem(Problems.Plain(StatusCodes.Status406NotAcceptable));
        while (result is INestedHttpResult { Result: var inner })
            result = inner;
        return result is ProblemHttpResult { ProblemDetails: var problem }
            ? new FhirResult(Outcomes.Of(problem, context.GetEndpoint()?.Metadata.GetMetadata<FhirInteraction>()?.Type), problem.Status ?? StatusCodes.Status500InternalServerError)
            : result;
    }

    // R4, 3.1.0.1.11: _format goes before Accept; a + in an address is a space to most.
    private static bool TakesJson(HttpRequest request) =>
        request.Query.TryGetValue("_format", out var format)
            ? JsonFormats.Contains(format.ToString().Split(';')[0].Trim().Replace(' ', '+'), StringComparer.OrdinalIgnoreCase)
            : Media.Form(request, Media.FhirJson, Media.Json) is not null && (request.Headers.Accept.Count == 0 || MediaTypeHeaderValue.ParseList(request.Headers.Accept).Any(IsOurVersion));

    /// <summary>R4, 3.1.0.1.12: who names a version of FHIR with the form wants no other.</summary>
    public static bool IsOurVersion(MediaTypeHeaderValue media) =>
        media.Parameters.FirstOrDefault(one => one.Name.Equals("fhirVersion", StringComparison.OrdinalIgnoreCase)) is not { } version || OurVersions.Contains(HeaderUtilities.RemoveQuotes(version.Value).ToString());
}
