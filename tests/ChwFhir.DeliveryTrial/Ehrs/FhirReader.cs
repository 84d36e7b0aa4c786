using System.Text.Json.Nodes;
using ChwFhir.DeliveryTrial.Faults;

namespace ChwFhir.DeliveryTrial.Ehrs;

/// <summary>Reads a FHIR server with nothing of the service in between.</summary>
internal sealed class FhirReader(Uri fhirBase) : IDisposable
{
    private readonly HttpClient http = new() { Timeout = TimeSpan.FromMinutes(2) };

    /// <summary>Every match over all pages.</summary>
    public async Task<IReadOnlyList<JsonObject>> SearchAsync(string query, CancellationToken cancellationToken)
    {
        List<JsonObject> found = [];
        for (var next = new Uri($"{fhirBase}/{query}"); next is not null;)
        {
            var page = JsonNode.Parse(await http.GetStringAsync(next, cancellationToken))!;
            found.AddRange(page["entry"]?.AsArray().Where(entry => (string?)entry!["search"]?["mode"] is "match" or null).Select(entry => entry!["resource"]!.AsObject()) ?? []);
            var link = (string?)page["link"]?.AsArray().FirstOrDefault(link => (string?)link!["relation"] == "next")?["url"];
            next = link is null ? null : new Uri(fhirBase, link);
        }
        return found;
    }

    /// <summary>What a Binary holds, as a text.</summary>
    public async Task<string> TextAsync(string reference, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{fhirBase}/{reference}");
        request.Headers.TryAddWithoutValidation("Accept", "text/html, text/rtf, text/plain, */*");
        using var answer = await http.SendAsync(request, cancellationToken);
        answer.EnsureSuccessStatusCode();
        var text = await answer.Content.ReadAsStringAsync(cancellationToken);
        return answer.Content.Headers.ContentType?.MediaType?.EndsWith("json", StringComparison.Ordinal) is true ? DocumentReading.Text((string)JsonNode.Parse(text)!["data"]!) : text;
    }

    public async Task PutAsync(JsonObject resource, CancellationToken cancellationToken)
    {
        using var content = new StringContent(resource.ToJsonString(), null, "application/fhir+json");
        using var answer = await http.PutAsync(new Uri($"{fhirBase}/{resource["resourceType"]}/{resource["id"]}"), content, cancellationToken);
        answer.EnsureSuccessStatusCode();
    }

    public void Dispose() => http.Dispose();
}
