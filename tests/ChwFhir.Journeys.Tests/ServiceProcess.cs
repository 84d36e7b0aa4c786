using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using ChwFhir.Testing;

namespace ChwFhir.Journeys;

/// <summary>A service over one folder and port that outlives its processes: it may be killed (SIGKILL) and started again.</summary>
internal sealed class ServiceProcess : IAsyncDisposable
{
    private readonly int port = Ports.Free();
    private readonly int sandboxPort = Ports.Free();
    private readonly string folder;
    private readonly (string Name, string Value)[] settings;
    private ApiProcess? process;

    /// <param name="folder">What it keeps lies here.</param>
    /// <param name="ehr">FHIR base of the EHR; null brings up the embedded sandbox, which then lies in the same folder.</param>
    /// <param name="settings">Further settings, as environment variables.</param>
    public ServiceProcess(string folder, Uri? ehr, params (string Name, string Value)[] settings)
    {
        this.folder = folder;
        (string, string) where = ehr is null ? ("Ehr__Sandbox__Url", $"http://localhost:{sandboxPort}") : ("Ehr__BaseUrl", ehr.AbsoluteUri);
        this.settings = [where, .. settings];
        Http = new HttpClient(new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(2) })
        {
            BaseAddress = new Uri($"http://127.0.0.1:{port}"),
            Timeout = TimeSpan.FromSeconds(20),
        };
    }

    /// <summary>FHIR base of the embedded sandbox, when there is one.</summary>
    public Uri SandboxBase => new($"http://localhost:{sandboxPort}/api/FHIR/R4");

    /// <summary>Survives the processes.</summary>
    public HttpClient Http { get; }

    /// <summary>What the present process said on its console.</summary>
    public string Output => process?.Output ?? "";

    /// <summary>Starts the process; returns when it answers.</summary>
    public async Task StartAsync() => process = await ApiProcess.StartAsync(folder, port, settings);

    /// <summary>kill -9.</summary>
    public async Task KillAsync()
    {
        await process!.DisposeAsync();
        process = null;
    }

    /// <summary>The status of a POST of a note; null when the service died under it.</summary>
    public async Task<HttpStatusCode?> PostAsync(string note, CancellationToken cancellationToken)
    {
        try
        {
            using var content = new StringContent(note, Encoding.UTF8, "application/json");
            using var answer = await Http.PostAsync("/api/v1/visit-notes", content, cancellationToken);
            return answer.StatusCode;
        }
        catch (Exception broken) when (broken is HttpRequestException or IOException or SocketException || (broken is TaskCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return null;
        }
    }

    /// <summary>Posts a note that must be taken, waits until it settles and gives its NoteStatus.</summary>
    public async Task<JsonObject> WriteAsync(string note, CancellationToken cancellationToken)
    {
        using var content = new StringContent(note, Encoding.UTF8, "application/json");
        using var answer = await Http.PostAsync("/api/v1/visit-notes", content, cancellationToken);
        var body = await answer.Content.ReadAsStringAsync(cancellationToken);
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Accepted), body);
        return await SettledAsync(answer.Headers.Location!, cancellationToken);
    }

    public async Task<JsonObject> SettledAsync(Uri note, CancellationToken cancellationToken)
    {
        for (var patience = Stopwatch.StartNew(); ; await Task.Delay(50, cancellationToken))
        {
            var status = JsonNode.Parse(await Http.GetStringAsync(note, cancellationToken))!.AsObject();
            if ((string?)status["state"] is "written" or "needs-attention")
                return status;
            if (patience.Elapsed > TimeSpan.FromSeconds(60))
                Assert.Fail($"The note did not settle: {status.ToJsonString()}\n{Output}");
        }
    }

    /// <summary>Every note's status, over all pages.</summary>
    public async Task<IReadOnlyList<JsonObject>> ListAsync(CancellationToken cancellationToken)
    {
        List<JsonObject> notes = [];
        for (string? next = "", query; next is not null;)
        {
            query = next.Length == 0 ? "/api/v1/visit-notes?limit=100" : $"/api/v1/visit-notes?limit=100&cursor={Uri.EscapeDataString(next)}";
            var page = JsonNode.Parse(await Http.GetStringAsync(query, cancellationToken))!;
            notes.AddRange(page["items"]!.AsArray().Select(item => item!.AsObject()));
            next = (string?)page["next"];
        }
        return notes;
    }

    public async ValueTask DisposeAsync()
    {
        if (process is not null)
            await KillAsync();
        Http.Dispose();
    }
}
