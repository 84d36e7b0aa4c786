using System.Collections.Concurrent;
using System.Net;

namespace ChwFhir.Chart;

/// <summary>
/// What an EHR gave with an entity tag, for one reader and one patient: it is asked whether that still holds, and only what has changed is sent again.
/// In memory only, for as long as the chart is remembered.
/// </summary>
internal sealed class RememberedAnswers
{
    private const int LargestBody = 1 << 20;
    private const int MostBytes = 4 << 20;
    private readonly ConcurrentDictionary<string, Answer> answers = new(StringComparer.Ordinal);
    private long bytes;

    public HttpMessageHandler Over(HttpMessageHandler inner) => new Handler(this) { InnerHandler = inner };

    private sealed record Answer(string Tag, byte[] Body, string ContentType);

    private void Keep(string address, Answer answer)
    {
        if (answers.TryGetValue(address, out var before))
            Interlocked.Add(ref bytes, -before.Body.Length);
        if (Interlocked.Add(ref bytes, answer.Body.Length) > MostBytes)
        {
            answers.Clear();
            Interlocked.Exchange(ref bytes, answer.Body.Length);
        }
        answers[address] = answer;
    }

    private sealed class Handler(RememberedAnswers memory) : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (request.Method != HttpMethod.Get || request.RequestUri?.AbsoluteUri is not { } address)
                return await base.SendAsync(request, cancellationToken);

            memory.answers.TryGetValue(address, out var known);
            if (known is not null)
                request.Headers.TryAddWithoutValidation("If-None-Match", known.Tag);
            var response = await base.SendAsync(request, cancellationToken);
            if (known is not null && response.StatusCode == HttpStatusCode.NotModified)
            {
                response.Dispose();
                return Of(known, request);
            }
            return response.StatusCode == HttpStatusCode.OK && TagOf(response) is { } tag && response.Content.Headers.ContentLength is null or <= LargestBody ? await KeptAsync(address, tag!, response, cancellationToken) : response;
        }

        private async Task<HttpResponseMessage> KeptAsync(string address, string tag, HttpResponseMessage response, CancellationToken cancellationToken)
        {
            if (response.Content.Headers.ContentLength is null)
                return response;
            var body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
            memory.Keep(address, new Answer(tag, body, response.Content.Headers.ContentType?.ToString() ?? "application/fhir+json"));
            return response;
        }

        // One large vendor writes it with a dash.
        private static string? TagOf(HttpResponseMessage response) =>
            (response.Headers.NonValidated.TryGetValues("ETag", out var values) || response.Headers.NonValidated.TryGetValues("E-Tag", out values)) ? values.FirstOrDefault() : null;

        private static HttpResponseMessage Of(Answer known, HttpRequestMessage request)
        {
            var again = new HttpResponseMessage(HttpStatusCode.OK) { RequestMessage = request, Content = new ByteArrayContent(known.Body) };
            again.Headers.TryAddWithoutValidation("ETag", known.Tag);
            again.Content.Headers.TryAddWithoutValidation("Content-Type", known.ContentType);
            return again;
        }
    }
}
