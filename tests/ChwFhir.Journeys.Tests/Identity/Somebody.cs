using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace ChwFhir.Journeys.Identity;

/// <summary>A caller with a token, or without.</summary>
internal sealed class Somebody(HttpClient http, string? token, params (string Name, string Value)[] headers)
{
    private const string Ndjson = "application/x-ndjson";

    public Task<(int Status, JsonNode? Body)> GetAsync(string path) => SendAsync(HttpMethod.Get, path, null);

    public Task<(int Status, JsonNode? Body)> PostAsync(string path, string? json) => SendAsync(HttpMethod.Post, path, json);

    public async Task<(int Status, JsonNode? Body)> SendAsync(HttpMethod method, string path, string? json, params (string Name, string Value)[] more)
    {
        using var answer = await RawAsync(method, path, json, more);
        var text = await answer.Content.ReadAsStringAsync();
        return ((int)answer.StatusCode, answer.Content.Headers.ContentType?.MediaType?.EndsWith("json", StringComparison.Ordinal) is true && answer.Content.Headers.ContentType.MediaType != Ndjson && text.StartsWith('{') ? JsonNode.Parse(text) : null);
    }

    public async Task<HttpResponseMessage> RawAsync(HttpMethod method, string path, string? json, params (string Name, string Value)[] more)
    {
        using var request = new HttpRequestMessage(method, path);
        if (token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        foreach (var (name, value) in headers.Concat(more))
            request.Headers.TryAddWithoutValidation(name, value);
        if (json is not null)
            request.Content = new StringContent(json, Encoding.UTF8, path.EndsWith("/imports", StringComparison.Ordinal) ? Ndjson : "application/json");
        return await http.SendAsync(request);
    }
}
