using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using ChwFhir.Api.Host;
using ChwFhir.Chart;
using ChwFhir.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ChwFhir.Benchmarks;

/// <summary>
/// The FHIR door with a patient who has 200 notes: one resource, the same when the caller has it already, a page of 50 and 50 references that are followed one after the other; each as a
/// ratio to one bare read of the Bundle that is stored of one note, in the same run. The first read after a start is measured by itself: of a document, of a goal that every note tells, and of
/// a page of a search, which opens every note. What is kept of the patient in memory is counted by the service, and measured.
/// </summary>
internal static class FhirDoorLoad
{
    private const int Notes = 200, WarmUps = 5, Rounds = 25, Starts = 5;
    private const string Patient = "rosa-m", Another = "walter-b", Document = "/fhir/DocumentReference/1", Page = $"/fhir/Observation?patient={Patient}&_count=50";

    public static async Task RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("chwfhir-benchmark");
        var port = FreePort();
        var goal = "";
        await WithServiceAsync(port, folder.FullName, async (http, _) => goal = await WriteAsync(http));
        await WithServiceAsync(port, folder.FullName, (http, _) => MeasureAsync(http));
        foreach (var (what, address) in ((string, string)[])[("a document", Document), ("a goal of all notes", goal), ("a page of 50", Page)])
        {
            List<double> first = [], bare = [];
            for (var start = 0; start < Starts; start++)
                await WithServiceAsync(port, folder.FullName, async (http, _) => Add(await FirstAsync(http, address), first, bare));
            Console.WriteLine($"  the first read after a start, {what} {Median(first) / Median(bare),7:0.0} x  [{Median(first):0.0} ms; bare {Median(bare):0.0} ms, of {Starts} starts]");
        }
        await WithServiceAsync(port, folder.FullName, WeighAsync);
        folder.Delete(recursive: true);
    }

    private static void Add((double First, double Bare) one, List<double> first, List<double> bare)
    {
        first.Add(one.First);
        bare.Add(one.Bare);
    }

    private static async Task WeighAsync(HttpClient http, IServiceProvider services)
    {
        await http.GetByteArrayAsync($"/fhir/DocumentReference/{Notes + 1}");
        var before = GC.GetTotalMemory(forceFullCollection: true);
        foreach (var type in (string[])["CarePlan", "Communication", "Condition", "DocumentReference", "Encounter", "Goal", "Observation", "Provenance", "RelatedPerson", "ServiceRequest", "Task"])
            await http.GetByteArrayAsync($"/fhir/{type}?patient={Patient}&_count=200&_sort=_lastUpdated");
        var kept = GC.GetTotalMemory(forceFullCollection: true) - before;
        Console.WriteLine($"  kept of the patient: counted {services.GetRequiredService<NoteShelf>().Size / 1e6:0.0} MB, measured {kept / 1e6:0.0} MB");
    }

    private static async Task MeasureAsync(HttpClient http)
    {
        var observations = await PageAsync(http, Page);
        List<double> bare = [], single = [], unchanged = [], search = [], followed = [];
        for (var round = 1 - WarmUps; round <= Rounds; round++)
        {
            var note = $"b-{(round + WarmUps) % Notes + 1}";
            var one = observations[(round + WarmUps) % observations.Count];
            var readBare = await TimeAsync(() => http.GetByteArrayAsync($"/api/v1/visit-notes/{note}/bundle"));
            EntityTagHeaderValue? tag = null;
            var readOne = await TimeAsync(async () => tag = await TagAsync(http, one));
            var again = await TimeAsync(() => SameAsync(http, one, tag!));
            var found = await TimeAsync(() => http.GetByteArrayAsync(Page));
            var all = await TimeAsync(async () =>
            {
                foreach (var reference in observations)
                    await http.GetByteArrayAsync(reference);
            });
            if (round < 1)
                continue;
            (bare, single, unchanged, search, followed) = ([.. bare, readBare], [.. single, readOne], [.. unchanged, again], [.. search, found], [.. followed, all]);
        }
        var unit = Median(bare);
        Console.WriteLine($"FHIR door, a patient with {Notes} notes, median of {Rounds}, x one bare read of a stored note's Bundle in the same run ({unit:0.00} ms):");
        Console.WriteLine($"  one resource {Median(single) / unit:0.0} x, the same that the caller has (304) {Median(unchanged) / unit:0.0} x, a page of 50 {Median(search) / unit:0.0} x, 50 references followed {Median(followed) / unit:0.0} x");
    }

    private static async Task<(double First, double Bare)> FirstAsync(HttpClient http, string address)
    {
        // Everything but the notes of this patient is warm.
        await http.GetByteArrayAsync($"/fhir/DocumentReference/{Notes + 1}");
        await http.GetByteArrayAsync((await PageAsync(http, $"/fhir/Goal?patient={Another}"))[0]);
        await http.GetByteArrayAsync($"/fhir/Observation?patient={Another}&_count=50");
        List<double> bare = [];
        for (var round = 0; round < 9; round++)
            bare.Add(await TimeAsync(() => http.GetByteArrayAsync($"/api/v1/visit-notes/b-{round + 1}/bundle")));
        return (await TimeAsync(() => http.GetByteArrayAsync(address)), Median(bare));
    }

    private static async Task<List<string>> PageAsync(HttpClient http, string search)
    {
        var page = JsonNode.Parse(await http.GetStringAsync(search))!;
        return [.. page["entry"]!.AsArray().Where(entry => (string?)entry!["search"]!["mode"] == "match").Select(entry => $"/fhir/{entry!["resource"]!["resourceType"]}/{entry["resource"]!["id"]}")];
    }

    /// <returns>Where the goal is that every note tells.</returns>
    private static async Task<string> WriteAsync(HttpClient http)
    {
        var full = JsonNode.Parse(await File.ReadAllTextAsync(Repository.Path("samples", "visit-notes", "full.json")))!.AsObject();
        for (var number = 1; number <= Notes + 1; number++)
        {
            var note = full.DeepClone().AsObject();
            note["id"] = $"b-{number}";
            var start = DateTimeOffset.Parse("2024-01-01T14:00:00-05:00", System.Globalization.CultureInfo.InvariantCulture).AddDays(number * 3);
            (note["visit"]!["start"], note["visit"]!["end"], note["authored"]) = (start.ToString("O"), start.AddHours(1).ToString("O"), start.AddHours(2).ToString("O"));
            note["visit"]!.AsObject().Remove("encounter");
            if (number > Notes)
            {
                note["patient"] = new JsonObject { ["reference"] = $"Patient/{Another}" };
                note["visit"]!.AsObject().Remove("participants");
            }
            using var answer = await http.PostAsync("/api/v1/visit-notes", new StringContent(note.ToJsonString(), Encoding.UTF8, "application/json"));
            if (!answer.IsSuccessStatusCode)
                throw new InvalidOperationException(await answer.Content.ReadAsStringAsync());
        }
        // One patient's notes go in order.
        for (var number = Notes; number <= Notes + 1; number++)
        {
            while ((string?)JsonNode.Parse(await http.GetStringAsync($"/api/v1/visit-notes/b-{number}"))!["state"] is "queued" or "writing")
                await Task.Delay(200);
        }
        return (await PageAsync(http, $"/fhir/Goal?patient={Patient}"))[0];
    }

    // The notes belong to the address of their EHR: it has to be the same after each start.
    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    // Each start has nothing in memory. The EHR is the sandbox.
    private static async Task WithServiceAsync(int port, string folder, Func<HttpClient, IServiceProvider, Task> use)
    {
        await using var app = await ApiHost.CreateAsync(
            ["--environment=Development", "--urls=http://127.0.0.1:0", "--Auth:Panel=open", $"--Ehr:Sandbox:Url=http://localhost:{port}", $"--Storage:Directory={folder}"], builder => builder.Logging.ClearProviders(), CancellationToken.None);
        await ApiHost.StartAsync(app, CancellationToken.None);
        using var http = new HttpClient { BaseAddress = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()), Timeout = TimeSpan.FromMinutes(5) };
        await use(http, app.Services);
        await app.StopAsync();
    }

    private static async Task<EntityTagHeaderValue> TagAsync(HttpClient http, string address)
    {
        using var answer = await http.GetAsync(address);
        await answer.Content.ReadAsByteArrayAsync();
        return answer.EnsureSuccessStatusCode().Headers.ETag!;
    }

    private static async Task SameAsync(HttpClient http, string address, EntityTagHeaderValue tag)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.IfNoneMatch.Add(tag);
        using var answer = await http.SendAsync(request);
        if (answer.StatusCode != HttpStatusCode.NotModified)
            throw new InvalidOperationException($"{(int)answer.StatusCode} instead of 304");
    }

    private static async Task<double> TimeAsync(Func<Task> work)
    {
        var began = Stopwatch.GetTimestamp();
        await work();
        return Stopwatch.GetElapsedTime(began).TotalMilliseconds;
    }

    private static double Median(List<double> figures) => figures.Order().ElementAt(figures.Count / 2);
}
