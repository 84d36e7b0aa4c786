using Microsoft.Net.Http.Headers;

namespace ChwFhir.Api.Host;

/// <summary>Which of the forms that we have does the caller want?</summary>
internal static class Media
{
    public const string Json = "application/json";
    public const string FhirJson = "application/fhir+json";

    /// <summary>The wanted one of the forms; the first where the caller does not mind; null where none will do.</summary>
    public static string? Form(HttpRequest request, params ReadOnlySpan<string> forms)
    {
        if (request.Headers.Accept.Count == 0)
            return forms[0];
        if (!MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out var ranges))
            return null;

        string? best = null;
        var bestWeight = (Quality: 0.0, Precise: -1);
        foreach (var form in forms)
        {
            var weight = Weight(MediaTypeHeaderValue.Parse(form), ranges);
            if (weight.Quality > bestWeight.Quality || weight.Quality == bestWeight.Quality && weight.Quality > 0 && weight.Precise > bestWeight.Precise)
                (best, bestWeight) = (form, weight);
        }
        return best;
    }

    /// <summary>The route gives only this form; a caller who takes another is told so before anything is done.</summary>
    public static RouteHandlerBuilder Gives(this RouteHandlerBuilder route, string form) => route.AddEndpointFilter(async (context, next) =>
        Form(context.HttpContext.Request, form) is null ? TypedResults.Problem(Problems.Plain(StatusCodes.Status406NotAcceptable)) : await next(context));

    // The most precise range that covers the form says how much it is wanted.
    private static (double Quality, int Precise) Weight(MediaTypeHeaderValue form, IList<MediaTypeHeaderValue> ranges) =>
        (from range in ranges
         where Covers(range, form)
         let precise = range.MatchesAllTypes ? 0 : range.MatchesAllSubTypes ? 1 : 2
         orderby precise descending
         select (range.Quality ?? 1, precise)).FirstOrDefault();

    // Word for word: that FHIR's JSON is JSON too does not make it the JSON that was asked for.
    private static bool Covers(MediaTypeHeaderValue range, MediaTypeHeaderValue form) =>
        range.MatchesAllTypes
        || range.Type.Equals(form.Type, StringComparison.OrdinalIgnoreCase) && (range.MatchesAllSubTypes || range.SubType.Equals(form.SubType, StringComparison.OrdinalIgnoreCase));
}
