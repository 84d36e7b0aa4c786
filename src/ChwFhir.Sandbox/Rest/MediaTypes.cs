using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace ChwFhir.Sandbox.Rest;

internal static class MediaTypes
{
    private static readonly string[] Json = ["application/fhir+json", "application/json", "application/json+fhir", "text/json"];

    public static bool IsJson(string? contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out var type) && Json.Contains(type.MediaType.Value, StringComparer.OrdinalIgnoreCase) && IsUtf8(type);

    public static bool IsForm(string? contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out var type) && type.MediaType.Equals("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase);

    /// <summary>A browser's address bar: it asks for HTML first.</summary>
    public static bool WantsPage(HttpRequest request) =>
        HttpMethods.IsGet(request.Method) && !request.Query.ContainsKey("_format") && Accepted(request) is [var first, ..] && first.MediaType.Equals("text/html", StringComparison.OrdinalIgnoreCase);

    public static bool AsksForJson(HttpRequest request) =>
        request.Query["_format"].Count > 0 || Accepted(request).Any(type => Json.Contains(type.MediaType.Value, StringComparer.OrdinalIgnoreCase));

    public static void CheckAccept(HttpRequest request)
    {
        // The parameter overrides the header, and a plus sign in it may arrive as a space.
        if (request.Query["_format"].FirstOrDefault() is { Length: > 0 } format)
        {
            if (format is not ("json" or "html") && !Json.Contains(format.Replace(' ', '+').Split(';')[0], StringComparer.OrdinalIgnoreCase))
                throw new Refusal(406, "not-supported", "This server answers in JSON only.");
            return;
        }
        var accepted = Accepted(request);
        if (accepted.Count > 0 && !accepted.Any(IsAnswered))
            throw new Refusal(406, "not-supported", "This server answers in JSON only.");
    }

    private static bool IsAnswered(MediaTypeHeaderValue type) => type.MatchesAllTypes
        || (type.MatchesAllSubTypes && type.Type.Equals("application", StringComparison.OrdinalIgnoreCase))
        || Json.Contains(type.MediaType.Value, StringComparer.OrdinalIgnoreCase)
        || type.MediaType.Equals("text/html", StringComparison.OrdinalIgnoreCase);

    private static List<MediaTypeHeaderValue> Accepted(HttpRequest request) =>
        MediaTypeHeaderValue.TryParseList([.. request.Headers.Accept.OfType<string>()], out var types)
            ? [.. types.Where(type => type.Quality is not 0).OrderByDescending(type => type.Quality ?? 1)]
            : [];

    private static bool IsUtf8(MediaTypeHeaderValue type) => !type.Charset.HasValue || type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase) || type.Charset.Equals("\"utf-8\"", StringComparison.OrdinalIgnoreCase);
}
