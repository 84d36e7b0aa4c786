using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;

namespace ChwFhir.Journeys;

/// <summary>The built service as a process that may be killed (SIGKILL) and started again over the same folder and port.</summary>
internal sealed class ServiceProcess : IAsyncDisposable
{
    private readonly string folder;
    private readonly Dictionary<string, string> settings;
    private readonly int port = FreePort();
    private readonly HttpClient http;
    private readonly StringBuilder output = new();
    private Process? process;

    /// <param name="folder">The working folder; the store lies in its App_Data.</param>
    /// <param name="ehr">FHIR base of the EHR; null brings up the embedded sandbox, which then lies in the same store.</param>
    /// <param name="settings">Further settings, as environment variables.</param>
    public ServiceProcess(string folder, Uri? ehr, params (string Name, string Value)[] settings)
    {
        this.folder = folder;
        this.settings = settings.ToDictionary(setting => setting.Name, setting => setting.Value);
        if (ehr is not null)
            this.settings["Ehr__BaseUrl"] = ehr.AbsoluteUri;
        else
            this.settings.TryAdd("Ehr__Sandbox__Url", $"http://127.0.0.1:{FreePort()}");
        http = new HttpClient(new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(2) })
        {
            BaseAddress = new Uri($"http://127.0.0.1:{port}"),
            Timeout = TimeSpan.FromSeconds(20),
        };
    }

    /// <summary>FHIR base of the embedded sandbox, when there is one.</summary>
    public Uri SandboxBase => new($"{settings["Ehr__Sandbox__Url"]}/api/FHIR/R4");

    public HttpClient Http => http;

    /// <summary>Everything that the process said on its console.</summary>
    public string Output
    {
        get
        {
            lock (output)
                return output.ToString();
        }
    }

    /// <summary>Starts the process; returns when it answers.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "ChwFhir.Api.dll"), "--urls", $"http://127.0.0.1:{port}"])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["DOTNET_ENVIRONMENT"] = "Development";
        foreach (var (name, value) in settings)
            start.Environment[name] = value;
        process = Process.Start(start)!;
        process.OutputDataReceived += Keep;
        process.ErrorDataReceived += Keep;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();

        for (var patience = Stopwatch.StartNew(); patience.Elapsed < TimeSpan.FromSeconds(60); await Task.Delay(50, cancellationToken))
        {
            if (process.HasExited)
                break;
            try
            {
                using var answer = await http.GetAsync("/health/live", cancellationToken);
                if (answer.IsSuccessStatusCode)
                    return;
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }
        }
        throw new InvalidOperationException($"The service did not start:\n{Output}");
    }

    /// <summary>kill -9.</summary>
    public void Kill()
    {
        process!.Kill();
        process.WaitForExit();
        process.Dispose();
        process = null;
    }

    /// <summary>The status of a POST of a note; null when the service died under it.</summary>
    public async Task<HttpStatusCode?> PostAsync(string note, CancellationToken cancellationToken)
    {
        try
        {
            using var content = new StringContent(note, Encoding.UTF8, "application/json");
            using var answer = await http.PostAsync("/api/v1/visit-notes", content, cancellationToken);
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
        using var answer = await http.PostAsync("/api/v1/visit-notes", content, cancellationToken);
        var body = await answer.Content.ReadAsStringAsync(cancellationToken);
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Accepted), body);
        return await SettledAsync(answer.Headers.Location!, cancellationToken);
    }

    public async Task<JsonObject> SettledAsync(Uri note, CancellationToken cancellationToken)
    {
        for (var patience = Stopwatch.StartNew(); ; await Task.Delay(50, cancellationToken))
        {
            var status = JsonNode.Parse(await http.GetStringAsync(note, cancellationToken))!.AsObject();
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
            var page = JsonNode.Parse(await http.GetStringAsync(query, cancellationToken))!;
            notes.AddRange(page["items"]!.AsArray().Select(item => item!.AsObject()));
            next = (string?)page["next"];
        }
        return notes;
    }

    public ValueTask DisposeAsync()
    {
        if (process is { HasExited: false })
            Kill();
        http.Dispose();
        return ValueTask.CompletedTask;
    }

    private void Keep(object sender, DataReceivedEventArgs line)
    {
        lock (output)
            output.AppendLine(line.Data);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
