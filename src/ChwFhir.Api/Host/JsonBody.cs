using System.Buffers;
using Microsoft.Net.Http.Headers;

namespace ChwFhir.Api.Host;

/// <summary>Reads a body of JSON as bytes, with the limit in view while reading, also where no length was announced.</summary>
internal static class JsonBody
{
    /// <summary><c>application/json</c>, in UTF-8, not compressed.</summary>
    public static bool IsJson(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
        && type.MediaType.Equals(Media.Json, StringComparison.OrdinalIgnoreCase)
        && type.Parameters.All(parameter => parameter.Name.Equals("charset", StringComparison.OrdinalIgnoreCase))
        && (!type.Charset.HasValue || HeaderUtilities.RemoveQuotes(type.Charset).Equals("utf-8", StringComparison.OrdinalIgnoreCase))
        && request.Headers.ContentEncoding.Count == 0;

    /// <summary>The route takes only JSON; anything else is 415 before a byte is read.</summary>
    public static RouteHandlerBuilder TakesJson(this RouteHandlerBuilder route) => route.AddEndpointFilter(async (context, next) =>
        IsJson(context.HttpContext.Request)
            ? await next(context)
            : TypedResults.Problem(Problems.Plain(StatusCodes.Status415UnsupportedMediaType)));

    /// <exception cref="BadHttpRequestException">413: it is larger than <paramref name="limit"/>.</exception>
    public static async Task<ReadOnlyMemory<byte>> ReadAsync(HttpRequest request, long limit, CancellationToken cancellationToken)
    {
        if (request.ContentLength > limit)
            throw TooLarge();
        var reader = request.BodyReader;
        while (true)
        {
            var read = await reader.ReadAsync(cancellationToken);
            if (read.Buffer.Length > limit)
            {
                reader.AdvanceTo(read.Buffer.End);
                throw TooLarge();
            }
            if (read.IsCompleted)
            {
                var body = read.Buffer.ToArray();
                reader.AdvanceTo(read.Buffer.End);
                return body;
            }
            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    private static BadHttpRequestException TooLarge() => new("too large", StatusCodes.Status413PayloadTooLarge);
}
