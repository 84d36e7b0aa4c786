using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;

namespace ChwFhir.Journeys.Fhir;

/// <summary>Rosa has five notes that tell the same goal, need and referral again, one of them amended, one taken back; nothing of them is in memory.</summary>
internal sealed class When_one_resource_is_read_after_a_start
{
    private static readonly string[] Types = ["CarePlan", "Communication", "Condition", "DocumentReference", "Encounter", "Goal", "Observation", "Provenance", "QuestionnaireResponse", "RelatedPerson", "ServiceRequest", "Task"];
    private readonly TempFolder folder = new();
    private readonly Dictionary<(string Role, string Address), (string Tag, string Body)> known = [];
    private string ehr = "", gone = "", taken = "";

    [OneTimeSetUp]
    public async Task Start()
    {
        ehr = $"http://localhost:{FreePort()}";
        await using var town = await StartAsync();
        var notes = Enumerable.Range(1, 5).Select(month => FhirTown.Note($"2026-0{month}-05", $"Visit {month}.")).ToList();
        foreach (var note in notes)
            await HandInAsync(town, note);

        taken = FhirTown.Ids(await GetAsync(town, "/fhir/Encounter?patient=rosa-m&date=2026-01-05")).Single();
        await town.Http.PostAsync($"/api/v1/visit-notes/{notes[0]["id"]}/retract", Json("""{ "reason": "entered-in-error" }"""));
        await town.SettledAsync((string)notes[0]["id"]!);
        gone = FhirTown.Ids(await GetAsync(town, "/fhir/Goal?patient=rosa-m")).Single();
        using var before = await town.Http.GetAsync($"/api/v1/visit-notes/{notes[2]["id"]}");
        notes[2]["goals"]!.AsArray().Clear();
        notes[2]["narrative"] = "Amended.";
        using var amendment = new HttpRequestMessage(HttpMethod.Put, $"/api/v1/visit-notes/{notes[2]["id"]}") { Content = Json(notes[2].ToJsonString()) };
        amendment.Headers.TryAddWithoutValidation("If-Match", before.Headers.ETag!.ToString());
        using var amended = await town.Http.SendAsync(amendment);
        Assert.That((int)amended.StatusCode, Is.EqualTo(202), await amended.Content.ReadAsStringAsync());
        await town.SettledAsync((string)notes[2]["id"]!);

        foreach (var role in new[] { "chw", "nurse" })
        {
            foreach (var type in Types)
            {
                foreach (var id in FhirTown.Ids(await GetAsync(town, $"/fhir/{type}?patient=rosa-m&_count=200")))
                    known[(role, $"/fhir/{type}/{id}")] = await ReadAsync(town, role, $"/fhir/{type}/{id}");
            }
        }
    }

    [OneTimeTearDown]
    public void Stop() => folder.Dispose();

    [TestCase("chw")]
    [TestCase("nurse")]
    public async Task It_is_the_same_as_among_all_of_them(string role)
    {
        var other = new List<string>();
        await using (var town = await StartAsync())
        {
            foreach (var ((whose, address), expected) in known)
            {
                if (whose == role && await ReadAsync(town, role, address) is var read && read != expected)
                    other.Add($"{address}\n{expected}\n{read}");
            }
        }

        Assert.That(other, Is.Empty);
        Assert.That(known.Keys.Select(one => one.Address.Split('/')[2]).Distinct().Count(), Is.EqualTo(Types.Length));
    }

    [Test]
    public async Task What_was_taken_back_is_gone_and_what_another_note_tells_too_is_still_there()
    {
        await using var town = await StartAsync();

        var encounter = await StatusAsync(town, $"/fhir/Encounter/{taken}");
        var goal = await StatusAsync(town, $"/fhir/Goal/{taken.Split('-')[0]}{gone[gone.IndexOf('-', StringComparison.Ordinal)..]}");
        var never = await StatusAsync(town, $"/fhir/Goal/{gone.Split('-')[0]}-6f3c1d0a-5b0e-5d0c-9c55-2a4d8f7c1e63");

        Assert.That((encounter, goal, never), Is.EqualTo((410, 200, 404)));
    }

    private Task<Town> StartAsync() => Town.StartAsync(("Storage__Directory", folder.Path), ("Ehr__Sandbox__Url", ehr));

    private static async Task HandInAsync(Town town, JsonObject note)
    {
        using var answer = await town.PostNoteAsync(note.ToJsonString());
        Assert.That((int)answer.StatusCode, Is.EqualTo(202), await answer.Content.ReadAsStringAsync());
        Assert.That((string?)(await town.SettledAsync((string)note["id"]!))["state"], Is.EqualTo("written"));
    }

    private static async Task<JsonNode> GetAsync(Town town, string address) => JsonNode.Parse(await town.Http.GetStringAsync(address))!;

    private static async Task<int> StatusAsync(Town town, string address)
    {
        using var answer = await town.Http.GetAsync(address);
        return (int)answer.StatusCode;
    }

    private static async Task<(string Tag, string Body)> ReadAsync(Town town, string role, string address)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.TryAddWithoutValidation("X-Dev-Role", role);
        using var answer = await town.Http.SendAsync(request);
        return ($"{answer.Headers.ETag}", await answer.Content.ReadAsStringAsync());
    }

    private static StringContent Json(string text) => new(text, null, "application/json");

    // The notes belong to the address of their EHR: it has to be the same after each start.
    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
