using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ChwFhir.Testing;

namespace ChwFhir.DeliveryTrial.Service;

/// <summary>The processes of the service over one store. Callers reach whichever is there.</summary>
internal sealed partial class Instances : IAsyncDisposable
{
    private readonly IReadOnlyList<ApiProcess> processes;
    private readonly Random random;

    public Instances(string folder, ITrialStore store, IEnumerable<(string Name, string Value)> settings, Random random)
    {
        this.random = random;
        processes = [.. Enumerable.Range(1, store.Instances).Select(number =>
            new ApiProcess($"service {number}", Path.Combine(folder, $"service-{number}"), Ports.Free(), [.. settings, .. store.Settings], [], "/health/live"))];
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.WhenAll(processes.Select(process => process.StartAsync(cancellationToken)));

    /// <summary>Kills one of them and starts it again; returns when it answers.</summary>
    public async Task KillOneAsync(CancellationToken cancellationToken)
    {
        var process = Any();
        await process.KillAsync();
        await process.StartAsync(cancellationToken);
    }

    /// <summary>Ends the service: with SIGKILL, as everything here.</summary>
    public Task KillAllAsync() => Task.WhenAll(processes.Select(process => process.KillAsync()));

    /// <summary>The answer to a note; null when there was none.</summary>
    public async Task<HttpStatusCode?> PostAsync(string note, CancellationToken cancellationToken)
    {
        try
        {
            using var content = new StringContent(note, Encoding.UTF8, "application/json");
            using var answer = await Any().Http.PostAsync("/api/v1/visit-notes", content, cancellationToken);
            return answer.StatusCode;
        }
        catch (Exception broken) when (broken is HttpRequestException or IOException or SocketException or OperationCanceledException)
        {
            return null;
        }
    }

    /// <summary>How many notes are neither written nor waiting for a person; null while nobody answers.</summary>
    public async Task<int?> UnderWayAsync(CancellationToken cancellationToken)
    {
        if (await TryAsync(http => http.GetStringAsync("/metrics", cancellationToken), cancellationToken) is not { } metrics)
            return null;
        return Notes().Matches(metrics).Sum(match => int.Parse(match.Groups["count"].Value, CultureInfo.InvariantCulture));
    }

    /// <summary>The notes in one state, over all pages.</summary>
    public async Task<IReadOnlyList<Waiting>> ListAsync(string state, CancellationToken cancellationToken)
    {
        List<Waiting> waiting = [];
        for (string? cursor = ""; cursor is not null;)
        {
            var query = $"/api/v1/visit-notes?state={state}&limit=100{(cursor.Length == 0 ? "" : $"&cursor={Uri.EscapeDataString(cursor)}")}";
            var text = await TryAsync(http => http.GetStringAsync(query, cancellationToken), cancellationToken) ?? throw new InvalidOperationException("The service does not list its notes.");
            var page = JsonNode.Parse(text)!;
            waiting.AddRange(page["items"]!.AsArray().Select(note => new Waiting((string)note!["id"]!,
                [.. note["resources"]!.AsArray().Where(resource => (string?)resource!["state"] == "unknown").Select(resource => (string)resource!["key"]!)],
                [.. note["issues"]!.AsArray().Where(issue => (string?)issue!["severity"] == "error").Select(issue => (string)issue!["code"]!)])));
            cursor = (string?)page["next"];
        }
        return waiting;
    }

    /// <summary>What was tried of a note, as the service tells it.</summary>
    public async Task<JsonNode> HistoryAsync(string note, CancellationToken cancellationToken) =>
        JsonNode.Parse(await TryAsync(http => http.GetStringAsync($"/api/v1/visit-notes/{Uri.EscapeDataString(note)}/history", cancellationToken), cancellationToken)
            ?? throw new InvalidOperationException("The service does not tell a note's history."))!;

    public async ValueTask DisposeAsync()
    {
        foreach (var process in processes)
            await process.DisposeAsync();
    }

    private async Task<T?> TryAsync<T>(Func<HttpClient, Task<T>> ask, CancellationToken cancellationToken)
        where T : class
    {
        for (var attempt = 0; attempt < 10; attempt++)
        {
            try
            {
                return await ask(Any().Http);
            }
            catch (Exception broken) when (broken is HttpRequestException or IOException || (broken is OperationCanceledException && !cancellationToken.IsCancellationRequested))
            {
                await Task.Delay(200, cancellationToken);
            }
        }
        return null;
    }

    private ApiProcess Any()
    {
        lock (random)
            return processes[random.Next(processes.Count)];
    }

    [GeneratedRegex("""^chwfhir_notes\{state="(queued|writing)"\} (?<count>\d+)""", RegexOptions.Multiline)]
    private static partial Regex Notes();
}
