using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using ChwFhir.Api.Host;
using ChwFhir.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ChwFhir.Benchmarks;

/// <summary>
/// The FHIR door with a patient who has 200 notes: one resource, the same when the caller has it already, a page of 50 and 50 references that are followed one after the other; each as a
/// ratio to one bare read of the Bundle that is stored of one note, in the same run. The first read after a start opens every note; it is measured by itself.
/// </summary>
internal static class FhirDoorLoad
{
    private const int Notes = 200, WarmUps = 5, Rounds = 25, Starts = 5;
    private const string Patient = "rosa-m";

    public static async Task RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("chwfhir-benchmark");
        List<double> first = [], firstBare = [];
        var port = FreePort();
        await WithServiceAsync(port, folder.FullName, WriteAsync);
        for (var start = 0; start < Starts; start++)
            await WithServiceAsync(port, folder.FullName, async http => Add(await FirstAsync(http), first, firstBare));
        await WithServiceAsync(port, folder.FullName, MeasureAsync);
        Console.WriteLine($"  the first read after a start {Median(first) / Median(firstBare),7:0.0} x  [{Median(first):0.0} ms; bare {Median(firstBare):0.0} ms, of {Starts} starts]");
        folder.Delete(recursive: true);
    }

    private static void Add((double First, double Bare) one, List<double> first, List<double> bare)
    {
        first.Add(one.First);
        bare.Add(one.Bare);
    }

    private static async Task MeasureAsync(HttpClient http)
    {
        var page = JsonNode.Parse(await http.GetStringAsync($"/fhir/Observation?patient={Patient}&_count=50"))!;
        var observations = page["entry"]!.AsArray().Where(entry => (string?)entry!["search"]!["mode"] == "match").Select(entry => $"/fhir/Observation/{entry!["resource"]!["id"]}").ToList();
        List<double> bare = [], single = [], unchanged = [], search = [], followed = [];
        for (var round = 1 - WarmUps; round <= Rounds; round++)
        {
            var note = $"b-{(round + WarmUps) % Notes + 1}";
            var one = observations[(round + WarmUps) % observations.Count];
            var readBare = await TimeAsync(() => http.GetByteArrayAsync($"/api/v1/visit-notes/{note}/bundle"));
            EntityTagHeaderValue? tag = null;
            var readOne = await TimeAsync(async () => tag = await TagAsync(http, one));
            var again = await TimeAsync(() => SameAsync(http, one, tag!));
            var found = await TimeAsync(() => http.GetByteArrayAsync($"/fhir/Observation?patient={Patient}&_count=50"));
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

    private static async Task<(double First, double Bare)> FirstAsync(HttpClient http)
    {
        // Everything but the notes of this patient is warm.
        await http.GetByteArrayAsync("/fhir/Goal?patient=walter-b");
        List<double> bare = [];
        for (var round = 0; round < 9; round++)
            bare.Add(await TimeAsync(() => http.GetByteArrayAsync($"/api/v1/visit-notes/b-{round + 1}/bundle")));
        return (await TimeAsync(() => http.GetByteArrayAsync("/fhir/DocumentReference/1")), Median(bare));
    }

    private static async Task WriteAsync(HttpClient http)
    {
        var full = JsonNode.Parse(await File.ReadAllTextAsync(Repository.Path("samples", "visit-notes", "full.json")))!.AsObject();
        for (var number = 1; number <= Notes; number++)
        {
            var note = full.DeepClone().AsObject();
            note["id"] = $"b-{number}";
            var start = DateTimeOffset.Parse("2024-01-01T14:00:00-05:00", System.Globalization.CultureInfo.InvariantCulture).AddDays(number * 3);
            (note["visit"]!["start"], note["visit"]!["end"], note["authored"]) = (start.ToString("O"), start.AddHours(1).ToString("O"), start.AddHours(2).ToString("O"));
            note["visit"]!.AsObject().Remove("encounter");
            using var answer = await http.PostAsync("/api/v1/visit-notes", new StringContent(note.ToJsonString(), Encoding.UTF8, "application/json"));
            if (!answer.IsSuccessStatusCode)
                throw new InvalidOperationException(await answer.Content.ReadAsStringAsync());
        }
        // One patient's notes go in order.
        while ((string?)JsonNode.Parse(await http.GetStringAsync($"/api/v1/visit-notes/b-{Notes}"))!["state"] is "queued" or "writing")
            await Task.Delay(200);
    }

    // The notes belong to the address of their EHR: it has to be the same after each start.
    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    // Each start has nothing in memory. The EHR is the sandbox.
    private static async Task WithServiceAsync(int port, string folder, Func<HttpClient, Task> use)
    {
        await using var app = await ApiHost.CreateAsync(
            ["--environment=Development", "--urls=http://127.0.0.1:0", "--Auth:Panel=open", $"--Ehr:Sandbox:Url=http://localhost:{port}", $"--Storage:Directory={folder}"], builder => builder.Logging.ClearProviders(), CancellationToken.None);
        await ApiHost.StartAsync(app, CancellationToken.None);
        using var http = new HttpClient { BaseAddress = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()), Timeout = TimeSpan.FromMinutes(5) };
        await use(http);
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
