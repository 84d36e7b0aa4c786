using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using ChwFhir.Api.Host;
using ChwFhir.Ehr;
using ChwFhir.Queue;
using ChwFhir.Testing;
using ChwFhir.WriteBack.Inputs;
using ChwFhir.WriteBack.Receiving;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ChwFhir.Benchmarks;

/// <summary>
/// How fast waiting notes reach an EHR that answers at once, against a bare loop that sends the same requests with the same bodies to the same
/// responder at the same concurrency, each note of another patient: what resolving, mapping, planning, ledger and queue cost. The foreign server's figure stands beside it.
/// </summary>
internal static class WriteBackLoad
{
    private const int Notes = 1000;
    private const int OnForeign = 300;
    private const int Parallel = 8;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    public static async Task RunAsync()
    {
        await AgainstLoopAsync();
        await AgainstForeignAsync();
    }

    private static async Task AgainstLoopAsync()
    {
        await using var responder = await FastResponder.StartAsync();
        List<double> services = [], loops = [];
        for (var round = 0; round < 7; round++)
        {
            responder.Records = true;
            var service = await ServiceAsync(responder.Base, Notes);
            responder.Records = false;
            List<FastResponder.Asked> asked = [.. responder.Requests];
            responder.Requests.Clear();
            var loop = Notes / (await LoopAsync(responder.Base, asked)).TotalSeconds;
            var bundles = asked.Where(request => request.Method == "POST").ToList();
            Console.WriteLine(FormattableString.Invariant($"round {round}: service {service:0}/s; bare loop {loop:0}/s ({asked.Count / (double)Notes:0.0} requests a note); its Bundles alone {Notes / (await LoopAsync(responder.Base, bundles)).TotalSeconds:0}/s"));
            if (round < 4)
                continue; // warm-up: the compiler works beside the first thousands of notes
            services.Add(service);
            loops.Add(loop);
        }
        Console.WriteLine(FormattableString.Invariant($"write-back of full notes, {Parallel} patients at a time: {Median(services) / Median(loops):0.00} x the same requests sent by a bare loop (goal: at least 0.9)"));
    }

    /// <summary>A real server of others, in a process of its own.</summary>
    public static async Task AgainstForeignAsync()
    {
        await using var foreign = await ForeignFhirServer.StartAsync();
        await foreign.PutAsync("""{"resourceType":"Practitioner","id":"chw-1","name":[{"family":"Whitfield"}]}""");
        foreach (var patient in Enumerable.Range(0, OnForeign))
            await foreign.PutAsync($$"""{"resourceType":"Patient","id":"p{{patient}}","active":true,"birthDate":"1963-04-02","name":[{"family":"Maldonado"}]}""");
        Console.WriteLine(FormattableString.Invariant($"against the foreign FHIR server: {await ServiceAsync(foreign.BaseUrl, OnForeign):0} notes a second"));
    }

    /// <summary>Notes a second from a full queue.</summary>
    private static async Task<double> ServiceAsync(Uri ehr, int notes)
    {
        var folder = Directory.CreateTempSubdirectory("chwfhir-write-back");
        await using var app = await ApiHost.CreateAsync(
            ["--environment=Development", "--Logging:LogLevel:Default=Warning", "--urls=http://127.0.0.1:0", $"--Ehr:BaseUrl={ehr}", $"--WriteBack:Parallel={Parallel}", $"--Ehr:Concurrency={2 * Parallel}", $"--Storage:Directory={folder.FullName}"],
            builder => builder.Logging.ClearProviders(), CancellationToken.None);
        await ApiHost.StartAsync(app, CancellationToken.None);
        var connection = app.Services.GetRequiredService<EhrConnection>();
        var store = app.Services.GetRequiredService<NoteStore>();
        await connection.CapabilitiesAsync(CancellationToken.None);
        connection.Endpoint.Stop("benchmark");
        var full = await File.ReadAllTextAsync(Repository.Path("samples", "visit-notes", "full.json"));
        await System.Threading.Tasks.Parallel.ForAsync(0, notes, async (number, token) => await app.Services.GetRequiredService<VisitNoteJourney>().ReceiveAsync(Handed.ByTheService, InputKind.VisitNote, Note(full, number), SentAs.Json, token));

        using var process = Process.GetCurrentProcess();
        var (processor, allocated) = (process.TotalProcessorTime, GC.GetTotalAllocatedBytes());
        var clock = Stopwatch.StartNew();
        connection.Endpoint.Resume();
        var count = await store.CountAsync(connection.Id, CancellationToken.None);
        for (; count.Written < notes && clock.Elapsed < Longest; count = await store.CountAsync(connection.Id, CancellationToken.None))
        {
            if (count.NeedsAttention > 0)
                throw new InvalidOperationException($"{count.NeedsAttention} notes wait for a person: this measures nothing.");
            await Task.Delay(10);
        }
        var rate = count.Written / clock.Elapsed.TotalSeconds;
        process.Refresh();
        Console.WriteLine(FormattableString.Invariant($"  a note: {(process.TotalProcessorTime - processor).TotalMilliseconds / count.Written:0.0} ms of processor time, {(GC.GetTotalAllocatedBytes() - allocated) / 1024.0 / count.Written:0} kB allocated"));
        await app.StopAsync();
        await app.DisposeAsync();
        folder.Delete(recursive: true);
        return rate;
    }

    private static async Task<TimeSpan> LoopAsync(Uri ehr, IReadOnlyCollection<FastResponder.Asked> requests)
    {
        using var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = Parallel });
        var queue = new ConcurrentQueue<FastResponder.Asked>(requests);
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, Parallel).Select(async _ =>
        {
            while (queue.TryDequeue(out var asked))
            {
                using var message = new HttpRequestMessage(new HttpMethod(asked.Method), new Uri(ehr, asked.Address));
                if (asked.Body.Length > 0)
                {
                    message.Content = new ByteArrayContent(asked.Body);
                    message.Content.Headers.TryAddWithoutValidation("Content-Type", "application/fhir+json");
                }
                using var answer = await http.SendAsync(message);
                await answer.Content.ReadAsByteArrayAsync();
            }
        }));
        return clock.Elapsed;
    }

    private static byte[] Note(string full, int number)
    {
        var note = JsonNode.Parse(full)!;
        note["id"] = $"n{number}";
        note["patient"]!["reference"] = $"Patient/p{number}";
        note["visit"]!["id"] = "v1";
        note["visit"]!["participants"]![0]!.AsObject().Remove("reference");
        note["concerns"]![0]!.AsObject().Remove("owner");
        note["programme"]!.AsObject().Remove("billingPractitioner");
        return Encoding.UTF8.GetBytes(note.ToJsonString());
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted[sorted.Count / 2];
    }
}
