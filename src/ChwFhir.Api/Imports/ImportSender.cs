using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using ChwFhir.Intake;
using ChwFhir.WriteBack.Inputs;

namespace ChwFhir.Api.Imports;

/// <summary>Hands documents in over HTTP, each at its own door, again and again while the service is busy.</summary>
internal sealed class ImportSender(HttpClient service, TimeProvider time)
{
    private const int Tries = 8;
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    /// <exception cref="HttpRequestException">Nobody answers.</exception>
    public async Task<ImportResult> SendAsync(ImportDocument document, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            using var answer = await PostAsync(document, cancellationToken);
            if (answer.StatusCode is not (HttpStatusCode.ServiceUnavailable or HttpStatusCode.TooManyRequests) || attempt == Tries)
                return await ReadAsync(document, answer, cancellationToken);
            var wait = answer.Headers.RetryAfter?.Delta ?? TimeSpan.FromSeconds(attempt);
            await Task.Delay(wait < LongestWait ? wait : LongestWait, time, cancellationToken);
        }
    }

    private async Task<HttpResponseMessage> PostAsync(ImportDocument document, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"api/v1/{Doors.Of(document.Form)}") { Content = new ReadOnlyMemoryContent(document.Body) };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(document.ContentType);
        foreach (var (name, value) in ((string, string?)[])[("X-Chw-Patient", document.Patient), ("X-Chw-Encounter", document.Encounter), ("X-Chw-Document-Id", document.DocumentId)])
            if (value is not null)
                request.Headers.TryAddWithoutValidation(name, value);
        return await service.SendAsync(request, cancellationToken);
    }

    // HL7 v2 is answered by an ACK: its ERR segments say where and why, in words of the service's own.
    private static async Task<string> AcknowledgedAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        var said = (await answer.Content.ReadAsStringAsync(cancellationToken)).Split('\r', '\n').Where(segment => segment.StartsWith("ERR", StringComparison.Ordinal)).Take(20).ToList();
        return said.Count > 0 ? string.Join(' ', said) : "The service answered without saying why.";
    }

    private static async Task<ImportResult> ReadAsync(ImportDocument document, HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        var result = new ImportResult(0, (int)answer.StatusCode, null) { Location = answer.Headers.Location?.ToString() };
        if (answer.Content.Headers.ContentType?.MediaType?.EndsWith("json", StringComparison.Ordinal) is not true)
            return answer.IsSuccessStatusCode ? result with { Kind = InputKind.AfterVisitSummary.Name, Id = result.Location?.Split('/')[^1] } : result with { Code = "refused", Detail = await AcknowledgedAsync(answer, cancellationToken) };

        using var body = await JsonDocument.ParseAsync(await answer.Content.ReadAsStreamAsync(cancellationToken), cancellationToken: cancellationToken);
        string? Text(string member) => body.RootElement.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        if (answer.IsSuccessStatusCode)
            return result with { Kind = Text("kind"), Id = Text("id"), State = Text("state") };
        var errors = body.RootElement.TryGetProperty("errors", out var faults) ? faults.Deserialize<NoteFault[]>(JsonSerializerOptions.Web) : null;
        return result with { Code = Text("code"), Detail = Text("detail"), Errors = errors };
    }
}
