using ChwFhir.Api.Host;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace ChwFhir.Api.Fhir;

/// <summary>The manners of the FHIR door: JSON and no other form, and every problem as an OperationOutcome with the status that the REST door gives.</summary>
internal static class FhirAnswers
{
    /// <summary>How an answer is to look; what a caller says of it holds for the pages behind it too.</summary>
    public const string Format = "_format", Pretty = "_pretty";

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

    private static bool TakesJson(HttpRequest request) =>
        request.Query.TryGetValue(Format, out var format)
            ? IsJson(format.ToString())
            : Media.Form(request, Media.FhirJson, Media.Json) is not null && (request.Headers.Accept.Count == 0 || MediaTypeHeaderValue.ParseList(request.Headers.Accept).Any(IsOurVersion));

    /// <summary>R4, 3.1.0.1.11: <c>_format</c> goes before Accept, also where it is posted.</summary>
    public static bool IsJson(string format)
    {
        // A + in an address is a space to most.
        var parts = format.Split(';', 2);
        var name = parts[0].Trim().Replace(' ', '+');
        return JsonFormats.Contains(name, StringComparer.OrdinalIgnoreCase)
            && (parts.Length == 1 || (MediaTypeHeaderValue.TryParse($"{Media.FhirJson};{parts[1]}", out var media) && IsOurVersion(media)));
    }

    /// <summary>What a caller says of the looks of the answer: in the address, or in the form that was read.</summary>
    public static string? Said(HttpRequest request, string name) =>
        request.Query.TryGetValue(name, out var said) ? said.ToString() : request.HasFormContentType && request.HttpContext.Features.Get<IFormFeature>()?.Form is { } form && form.TryGetValue(name, out var posted) ? posted.ToString() : null;

    public static bool IsUtf8(MediaTypeHeaderValue media) => !media.Charset.HasValue || HeaderUtilities.RemoveQuotes(media.Charset).Equals("utf-8", StringComparison.OrdinalIgnoreCase);

    /// <summary>R4, 3.1.0.1.12: who names a version of FHIR with the form wants no other.</summary>
    public static bool IsOurVersion(MediaTypeHeaderValue media) =>
        media.Parameters.FirstOrDefault(one => one.Name.Equals("fhirVersion", StringComparison.OrdinalIgnoreCase)) is not { } version || OurVersions.Contains(HeaderUtilities.RemoveQuotes(version.Value).ToString());
}
