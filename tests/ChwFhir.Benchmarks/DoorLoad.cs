using System.Diagnostics;
using System.Globalization;
using System.Text;
using ChwFhir.Api.Host;
using ChwFhir.Queue;
using ChwFhir.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace ChwFhir.Benchmarks;

/// <summary>
/// <c>POST</c> to durable <c>202</c> with 64 callers, against the same store behind an endpoint that reads nothing and keeps a constant Bundle:
/// what reading and checking a note costs at the door. Both are real HTTP on loopback with the load generator on the same cores, in turns.
/// The EHR does not answer, so nothing is written back meanwhile.
/// </summary>
internal static class DoorLoad
{
    private const int Callers = 64;
    // Until the compiler has seen what is called often, and left it.
    private const int WarmUps = 3;
    private const int Rounds = 5;
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(6);

    /// <param name="provider">Of <see cref="StorageOptions"/>; each side has a database of its own.</param>
    public static async Task RunAsync(string provider)
    {
        var note = await File.ReadAllTextAsync(FullNote());
        await using var postgres = provider is StorageOptions.Postgres ? await PrivatePostgres.StartAsync() : null;
        await using var door = await StartServiceAsync(await OptionsAsync("door", provider, postgres));
        await using var floor = await StartFloorAsync(await OptionsAsync("floor", provider, postgres));
        List<Figures> doors = [], floors = [];
        for (var round = 1 - WarmUps; round <= Rounds; round++)
        {
            var doorRound = await LoadAsync(AddressOf(door), note, $"d{round}");
            var floorRound = await LoadAsync(AddressOf(floor), note, $"f{round}");
            if (round < 1)
                continue;
            doors.Add(doorRound);
            floors.Add(floorRound);
            Console.WriteLine($"round {round}: service {doorRound}; constant Bundle {floorRound}");
        }
        var (service, constant) = (Median(doors), Median(floors));
        Console.WriteLine($"POST of a full note ({Encoding.UTF8.GetByteCount(note) / 1024.0:0.0} kB) to a durable 202 ({provider}), {Callers} callers: {service.PerSecond / constant.PerSecond:0.00} x the rate of a constant Bundle (goal: at least 0.6), p99 {service.P99 / constant.P99:0.00} x (goal: under 2), processor {service.Processor / constant.Processor:0.00} x (with the callers' own)");
        await door.StopAsync();
        await floor.StopAsync();
    }

    private static async Task<WebApplication> StartServiceAsync(StorageOptions storage)
    {
        string[] settings =
        [
            "--environment=Development", "--urls=http://127.0.0.1:0", "--Ehr:BaseUrl=http://127.0.0.1:9/fhir", $"--Storage:Provider={storage.Provider}", $"--Storage:Directory={storage.Directory}",
            .. storage.ConnectionString is { } database ? [$"--Storage:ConnectionString={database}"] : Array.Empty<string>(),
        ];
        var app = await ApiHost.CreateAsync(
            settings,
            builder => builder.Logging.ClearProviders(), CancellationToken.None);
        await ApiHost.StartAsync(app, CancellationToken.None);
        return app;
    }

    private static async Task<WebApplication> StartFloorAsync(StorageOptions storage)
    {
        var store = await NoteStore.OpenAsync(storage, TimeProvider.System, NullLoggerFactory.Instance, CancellationToken.None);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton(store);
        var app = builder.Build();
        var constant = new byte[13_400];
        new Random(1).NextBytes(constant);
        var number = 0L;
        app.MapPost("/api/v1/visit-notes", async (HttpContext context) =>
        {
            await context.Request.Body.CopyToAsync(Stream.Null, context.RequestAborted);
            var id = Interlocked.Increment(ref number).ToString(CultureInfo.InvariantCulture);
            await store.AcceptAsync(new IncomingNote("http://127.0.0.1:9/fhir", id, "visit-note", "Patient/p", "Patient/p", null, id, DateTimeOffset.UnixEpoch, constant, []), context.RequestAborted);
            return Results.Accepted();
        });
        await app.StartAsync();
        return app;
    }

    private static async Task<Figures> LoadAsync(Uri address, string note, string prefix)
    {
        using var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = Callers }) { BaseAddress = address };
        var latencies = new List<double>[Callers];
        var busy = Environment.CpuUsage.TotalTime;
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(async caller =>
        {
            var mine = latencies[caller] = [];
            for (var turn = 0; clock.Elapsed < Round; turn++)
            {
                var body = note.Replace("\"id\": \"NOTE-ID\"", $"\"id\": \"{prefix}-{caller}-{turn}\"", StringComparison.Ordinal);
                using var content = new StringContent(body, Encoding.UTF8, "application/json");
                var started = Stopwatch.GetTimestamp();
                using var answer = await http.PostAsync("/api/v1/visit-notes", content);
                if ((int)answer.StatusCode != 202)
                    throw new InvalidOperationException($"{(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
                mine.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            }
        }));
        var all = latencies.SelectMany(each => each).Order().ToList();
        return new Figures(all.Count / clock.Elapsed.TotalSeconds, all[all.Count / 2], all[all.Count * 99 / 100], (Environment.CpuUsage.TotalTime - busy).TotalMicroseconds / all.Count);
    }

    private static string FullNote()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "ChwFhir.sln")))
            {
                var sample = File.ReadAllText(Path.Combine(folder.FullName, "samples", "visit-notes", "full.json"));
                var id = System.Text.Json.JsonDocument.Parse(sample).RootElement.GetProperty("id").GetString();
                var copy = Path.Combine(Folder("note"), "full.json");
                File.WriteAllText(copy, sample.Replace($"\"id\": \"{id}\"", "\"id\": \"NOTE-ID\"", StringComparison.Ordinal));
                return copy;
            }
        throw new DirectoryNotFoundException("Run from the checkout.");
    }

    private static Uri AddressOf(WebApplication app) => new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    private static async Task<StorageOptions> OptionsAsync(string name, string provider, PrivatePostgres? postgres) =>
        new() { Provider = provider, Directory = Folder(name), ConnectionString = postgres is null ? null : await postgres.NewDatabaseAsync() };

    private static string Folder(string name) => Directory.CreateTempSubdirectory($"chwfhir-{name}").FullName;

    private static Figures Median(List<Figures> rounds) => new(
        Middle(rounds.Select(round => round.PerSecond)), Middle(rounds.Select(round => round.P50)), Middle(rounds.Select(round => round.P99)), Middle(rounds.Select(round => round.Processor)));

    private static double Middle(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted[sorted.Count / 2];
    }

    /// <param name="Processor">Microseconds a call, of the whole process: the other side rests meanwhile. Without a database server's.</param>
    private sealed record Figures(double PerSecond, double P50, double P99, double Processor)
    {
        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{PerSecond:0}/s p50 {P50:0.0} ms p99 {P99:0.0} ms processor {Processor:0} us");
    }
}
