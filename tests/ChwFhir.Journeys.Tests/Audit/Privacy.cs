using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace ChwFhir.Journeys.Audit;

/// <summary>The privacy office at the audit log of a town.</summary>
internal static class Privacy
{
    public static async Task<HttpResponseMessage> CallAsync(this Town town, HttpMethod method, string path, string role, string? body = null)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Add("X-Dev-Role", role);
        if (body is not null)
            request.Content = new StringContent(body, null, "application/json");
        return await town.Http.SendAsync(request);
    }

    /// <summary>The records that were asked for, oldest first; without those of the privacy office itself.</summary>
    public static async Task<IReadOnlyList<JsonObject>> AuditAsync(this Town town, string question = "{}")
    {
        using var answer = await town.CallAsync(HttpMethod.Post, "/api/v1/audit/search", "privacy", question);
        var items = (await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonObject>())!["items"]!.AsArray();
        return [.. items.Select(item => item!.AsObject()).Where(item => (string?)item["kind"] != "audit").Reverse()];
    }

    public static string Gist(JsonObject item) => $"{item["subject"]} {item["action"]} {item["kind"]} {item["patient"]} {item["outcome"]}";
}
