using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace ChwFhir.Journeys.Delivery;

/// <summary>What a supervisor does over HTTP.</summary>
internal static class Desk
{
    public static async Task<JsonObject> DeliveryAsync(this Town town) => (await town.Http.GetFromJsonAsync<JsonObject>("/api/v1/delivery"))!;

    /// <summary>The one EHR that notes are written to.</summary>
    public static async Task<JsonObject> EndpointAsync(this Town town) => (await town.DeliveryAsync())["endpoints"]!.AsArray().Single()!.AsObject();

    /// <param name="order"><c>pause</c> or <c>resume</c>.</param>
    public static async Task<JsonObject> TurnAsync(this Town town, string order, string? body = null)
    {
        var name = (string)(await town.EndpointAsync())["name"]!;
        var (status, answer) = await town.SendAsync($"/api/v1/delivery/endpoints/{name}/{order}", body);
        Assert.That(status, Is.EqualTo(HttpStatusCode.Accepted), answer);
        return JsonNode.Parse(answer)!.AsObject();
    }

    public static async Task<(HttpStatusCode Status, string Body)> SendAsync(this Town town, string path, string? body, string type = "application/json")
    {
        using var content = body is null ? null : new StringContent(body, null, type);
        using var answer = await town.Http.PostAsync(path, content);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    public static async Task<int> DocumentsAsync(this Town town, string patient) =>
        (int)(await town.ReadFromEhrAsync($"DocumentReference?patient={patient}&_summary=count"))["total"]!;
}
