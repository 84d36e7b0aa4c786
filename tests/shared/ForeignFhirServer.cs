using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;

namespace ChwFhir.Testing;

/// <summary>
/// A real FHIR R4 server that this project did not write (Medplum's router, in memory, in Node), started as a process of its own on a free
/// loopback port and killed with its fixture. What it can be told: the head of tests/foreign-fhir-server/server.mjs.
/// </summary>
internal sealed class ForeignFhirServer : IAsyncDisposable
{
    private readonly Process process;

    private ForeignFhirServer(Process process, Uri baseUrl)
    {
        this.process = process;
        BaseUrl = baseUrl;
        Http = new HttpClient { BaseAddress = new Uri(baseUrl, "/"), Timeout = TimeSpan.FromSeconds(60) };
    }

    /// <summary>FHIR base without a trailing slash.</summary>
    public Uri BaseUrl { get; }

    /// <summary>A client of the test's own, past every fault of the service.</summary>
    public HttpClient Http { get; }

    public static async Task<ForeignFhirServer> StartAsync(params (string Name, string Value)[] settings)
    {
        var folder = Needs.ForeignFhir();
        var port = Ports.Free();
        // The shell's `timeout` bounds the server's life even when the test process is killed.
        var start = new ProcessStartInfo("timeout", ["--signal=KILL", "1800", "node", "--max-old-space-size=2048", Path.Combine(folder, "server.mjs")])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["PORT"] = port.ToString(CultureInfo.InvariantCulture);
        foreach (var (name, value) in settings)
            start.Environment[name] = value;
        var process = Process.Start(start)!;
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (await process.StandardOutput.ReadLineAsync(patience.Token) is { } line)
            if (line.StartsWith("listening ", StringComparison.Ordinal))
            {
                _ = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None);
                return new ForeignFhirServer(process, new Uri(line["listening ".Length..]));
            }
        throw new InvalidOperationException("The foreign FHIR server ended before it listened.");
    }

    /// <summary>Replaces the injected faults, for example <c>503:.05,lost:.05</c>; empty for none.</summary>
    public Task FaultsAsync(string faults) => PostAsync("/__faults", faults);

    /// <summary>Replaces what is refused, for example <c>CarePlan.create,system.transaction:405</c>.</summary>
    public Task DenyAsync(string deny) => PostAsync("/__deny", deny);

    public Task ResetAsync() => PostAsync("/__reset", "");

    public async Task<JsonObject> StatsAsync() => JsonNode.Parse(await Http.GetStringAsync("/__stats"))!.AsObject();

    public async Task<JsonObject> PutAsync(string json)
    {
        var resource = JsonNode.Parse(json)!.AsObject();
        using var content = new StringContent(json, null, "application/fhir+json");
        using var answer = await Http.PutAsync($"{BaseUrl.AbsolutePath}/{resource["resourceType"]}/{resource["id"]}", content);
        answer.EnsureSuccessStatusCode();
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!.AsObject();
    }

    public async Task<JsonObject> TransactAsync(string bundleJson)
    {
        using var content = new StringContent(bundleJson, null, "application/fhir+json");
        using var answer = await Http.PostAsync(BaseUrl.AbsolutePath, content);
        var body = await answer.Content.ReadAsStringAsync();
        if (!answer.IsSuccessStatusCode)
            throw new InvalidOperationException($"The foreign server refused the bundle: {(int)answer.StatusCode} {body[..Math.Min(body.Length, 2000)]}");
        return JsonNode.Parse(body)!.AsObject();
    }

    public async Task<JsonObject> ReadAsync(string reference) => JsonNode.Parse(await Http.GetStringAsync($"{BaseUrl.AbsolutePath}/{reference}"))!.AsObject();

    /// <summary>Every match of a search, over all pages.</summary>
    public async Task<IReadOnlyList<JsonObject>> SearchAsync(string query)
    {
        List<JsonObject> found = [];
        for (string? next = $"{BaseUrl.AbsolutePath}/{query}"; next is not null;)
        {
            var page = JsonNode.Parse(await Http.GetStringAsync(next))!;
            found.AddRange(page["entry"]?.AsArray().Where(entry => (string?)entry!["search"]?["mode"] is "match" or null).Select(entry => entry!["resource"]!.AsObject()) ?? []);
            next = (string?)page["link"]?.AsArray().FirstOrDefault(link => (string?)link!["relation"] == "next")?["url"];
        }
        return found;
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        if (!process.HasExited)
            process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
    }

    private async Task PostAsync(string path, string text)
    {
        using var content = new StringContent(text);
        using var answer = await Http.PostAsync(path, content);
        answer.EnsureSuccessStatusCode();
    }
}
