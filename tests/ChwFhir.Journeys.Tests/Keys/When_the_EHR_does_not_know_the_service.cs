using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using ChwFhir.Fhir.Smart;
using ChwFhir.Sandbox.Smart;
using ChwFhir.Testing;

namespace ChwFhir.Journeys.Keys;

/// <summary>A registration that is late, or a key that was not: nothing is lost, and the desk says what to do.</summary>
internal sealed class When_the_EHR_does_not_know_the_service
{
    private string folder = null!;

    [SetUp]
    public void MakeFolder() => folder = Directory.CreateTempSubdirectory("chwfhir-unknown").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(folder, recursive: true);

    [Test]
    public async Task Notes_wait_the_desk_says_why_and_they_are_written_once_it_does()
    {
        var key = Path.Combine(folder, "key.pem");
        await File.WriteAllTextAsync(key, SmartKeys.NewPem());
        await using var town = await Town.StartAsync(("Ehr__Sandbox__Tokens", "required"), ("Ehr__Auth__Mode", "backend"), ("Ehr__Auth__ClientId", "late"), ("Ehr__Auth__KeyFile", key));

        using var taken = await town.PostNoteAsync(await File.ReadAllTextAsync(Repository.Path("samples", "visit-notes", "first-visit.json")));
        var endpoint = await EndpointAsync(town, desk => (string?)desk["reads"]!["reason"] == "client-refused");
        var waiting = await town.StatusAsync("walter-b-2026-11-05-first");
        Register(town, key);
        using var resumed = await town.Http.SendAsync(new HttpRequestMessage(HttpMethod.Post, $"/api/v1/delivery/endpoints/{endpoint["name"]}/resume") { Headers = { { "X-Dev-Role", "supervisor" } } });
        var written = await town.SettledAsync("walter-b-2026-11-05-first");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(taken.StatusCode, Is.EqualTo(HttpStatusCode.Accepted));
            Assert.That((string?)waiting["state"], Is.EqualTo("queued"));
            Assert.That((string?)endpoint["reads"]!["why"], Does.Contain("invalid_client").And.Contain("Ehr__Auth__ClientId"));
            Assert.That(resumed.IsSuccessStatusCode, Is.True, $"{resumed.StatusCode}");
            Assert.That((string?)written["state"], Is.EqualTo("written"));
        }
    }

    [Test]
    public async Task Tokens_that_run_out_while_notes_are_written_are_renewed_and_no_note_notices()
    {
        await using var town = await Town.StartAsync(("Ehr__Sandbox__Tokens", "required"), ("Ehr__Sandbox__TokenLife", "00:00:01"));
        string[] samples = ["first-visit", "not-home"];

        foreach (var sample in samples)
        {
            using var taken = await town.PostNoteAsync(await File.ReadAllTextAsync(Repository.Path("samples", "visit-notes", $"{sample}.json")));
            Assert.That(taken.StatusCode, Is.EqualTo(HttpStatusCode.Accepted), await taken.Content.ReadAsStringAsync());
            var status = await town.SettledAsync((string)(await taken.Content.ReadFromJsonAsync<JsonObject>())!["id"]!);
            Assert.That((string?)status["state"], Is.EqualTo("written"), status.ToJsonString());
            await Task.Delay(1200);
        }
    }

    private static async Task<JsonObject> EndpointAsync(Town town, Func<JsonObject, bool> shows)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (true)
        {
            var desk = (await town.Http.GetFromJsonAsync<JsonObject>("/api/v1/delivery", patience.Token))!;
            if (desk["endpoints"]![0] is JsonObject endpoint && shows(endpoint))
                return endpoint;
            await Task.Delay(100, patience.Token);
        }
    }

    private static void Register(Town town, string key)
    {
        using var keys = SmartKeys.Load(key);
        var usual = SandboxClient.Usual(town.BaseUrl).Single(client => client.Id == SandboxClient.BackendId);
        town.Sandbox!.Register(usual with { Id = "late", JwksUrl = null, Jwks = keys.Jwks() });
    }
}
