using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace ChwFhir.Sandbox.Rest;

internal static class RequestReader
{
    public static async Task<FhirRequest> ReadAsync(HttpRequest http, string path, CancellationToken cancellationToken)
    {
        var request = new FhirRequest(http.Method.ToUpperInvariant(), path, http.QueryString.Value ?? "")
        {
            IfMatch = One(http.Headers.IfMatch),
            IfNoneMatch = One(http.Headers.IfNoneMatch),
            IfNoneExist = One(http.Headers["If-None-Exist"]),
            Return = Preference(http, "return"),
            Strict = Preference(http, "handling") == "strict",
            WantsFhir = MediaTypes.AsksForJson(http),
            Base = http.Host.HasValue ? new Uri($"{http.Scheme}://{http.Host.Value}{ServerAddress.Path}") : null
        };
        if (request is { Method: "POST", IsRead: true })
            return request with { Query = await FormAsync(http, request.Query, cancellationToken) };
        if (request.Method is not ("POST" or "PUT"))
            return request;
        if (!MediaTypes.IsJson(http.ContentType))
            throw new Refusal(415, "not-supported", "The body has to be application/fhir+json in UTF-8.");
        return request with { Body = await BodyAsync(http, cancellationToken) };
    }

    private static async Task<JsonObject> BodyAsync(HttpRequest http, CancellationToken cancellationToken)
    {
        var bytes = await BytesAsync(http, cancellationToken);
        return Json.Read(bytes, out var fault) ?? throw new Refusal(400, "structure", bytes.Length == 0 ? "The body is empty." : fault!);
    }

    // Names and birth dates may stand in a body instead of an address.
    private static async Task<string> FormAsync(HttpRequest http, string query, CancellationToken cancellationToken)
    {
        var bytes = await BytesAsync(http, cancellationToken);
        if (bytes.Length == 0)
            return query;
        if (!MediaTypes.IsForm(http.ContentType))
            throw new Refusal(415, "not-supported", "A _search body has to be application/x-www-form-urlencoded.");
        return $"{(query.Length == 0 ? "?" : query + "&")}{Encoding.UTF8.GetString(bytes)}";
    }

    // What is too large is read to its end and thrown away: a caller who is still sending would not see the answer.
    private static async Task<byte[]> BytesAsync(HttpRequest http, CancellationToken cancellationToken)
    {
        using var kept = new MemoryStream();
        var piece = new byte[32 * 1024];
        var total = 0L;
        while (await http.Body.ReadAsync(piece, cancellationToken) is var count and > 0)
        {
            total += count;
            if (total <= SandboxEhr.LargestBody)
                kept.Write(piece, 0, count);
        }
        return total <= SandboxEhr.LargestBody ? kept.ToArray() : throw new Refusal(413, "too-long", "The body is larger than 10 MB.");
    }

    private static string? One(Microsoft.Extensions.Primitives.StringValues values) => values.FirstOrDefault() is { Length: > 0 } value ? value : null;

    private static string? Preference(HttpRequest http, string name) => http.Headers["Prefer"].OfType<string>()
        .SelectMany(line => line.Split([',', ';'], StringSplitOptions.TrimEntries))
        .Select(part => part.Split('=', 2, StringSplitOptions.TrimEntries))
        .FirstOrDefault(part => part.Length == 2 && part[0] == name)?[1];
}
