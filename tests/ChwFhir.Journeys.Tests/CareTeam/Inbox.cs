using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace ChwFhir.Journeys.CareTeam;

/// <summary>Somebody of the team at the service's door.</summary>
internal static class Inbox
{
    public static async Task<HttpResponseMessage> SendAsync(this HttpClient http, string role, HttpMethod method, string path, JsonObject? body = null)
    {
        using var request = new HttpRequestMessage(method, $"/api/v1{path}");
        request.Headers.Add("X-Dev-Role", role);
        if (body is not null)
            request.Content = JsonContent.Create(body);
        return await http.SendAsync(request);
    }

    public static async Task<JsonObject> JsonAsync(this HttpClient http, string role, HttpMethod method, string path, JsonObject? body = null)
    {
        using var answer = await http.SendAsync(role, method, path, body);
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!.AsObject();
    }

    public static async Task<IReadOnlyList<JsonObject>> InboxAsync(this HttpClient http, string role, string query = "") =>
        [.. (await http.JsonAsync(role, HttpMethod.Get, $"/messages{query}"))["items"]!.AsArray().Select(item => item!.AsObject())];

    /// <summary>A note whose only urgent word is a message.</summary>
    public static JsonObject Note(string urgency, string to = "nurse", string text = "He cannot swallow since this morning.", string patient = "Patient/thomas-n")
    {
        var note = Some.Note(patient);
        note["messages"] = new JsonArray(new JsonObject { ["id"] = "m1", ["to"] = new JsonArray(to), ["urgency"] = urgency, ["text"] = text });
        return note;
    }
}
