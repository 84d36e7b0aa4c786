using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace ChwFhir.Journeys;

/// <summary>
/// The built service as a process of its own, for tests that kill it. <c>timeout</c> bounds its life even when the test run is killed.
/// Start it again with the same folder and port to see what it kept.
/// </summary>
internal sealed class ApiProcess : IAsyncDisposable
{
    private readonly Process process;
    private readonly ConcurrentQueue<string> output;

    private ApiProcess(Process process, Uri baseUrl, ConcurrentQueue<string> output)
    {
        this.process = process;
        this.output = output;
        BaseUrl = baseUrl;
        Http = new HttpClient { BaseAddress = baseUrl, Timeout = TimeSpan.FromSeconds(30) };
    }

    public Uri BaseUrl { get; }

    public HttpClient Http { get; }

    /// <summary>What it wrote to the console so far.</summary>
    public string Output => string.Join('\n', output);

    /// <summary>Starts the service and waits until it answers.</summary>
    /// <param name="folder">What it keeps lies here.</param>
    /// <param name="settings">As environment variables, for example <c>("Ehr__BaseUrl", "http://…")</c>.</param>
    public static async Task<ApiProcess> StartAsync(string folder, int port, params (string Name, string Value)[] settings)
    {
        var (process, output) = Launch([("ASPNETCORE_URLS", $"http://127.0.0.1:{port}"), ("Storage__Directory", folder), .. settings]);
        var service = new ApiProcess(process, new Uri($"http://127.0.0.1:{port}"), output);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!await service.AnswersAsync(patience.Token))
        {
            if (process.HasExited || patience.IsCancellationRequested)
            {
                await service.DisposeAsync();
                throw new InvalidOperationException($"The service did not come up:\n{service.Output}");
            }
            await Task.Delay(50);
        }
        return service;
    }

    /// <summary>Runs a start that is expected to end by itself: its exit code and what it said.</summary>
    public static Task<(int ExitCode, string Output)> RunToEndAsync(params (string Name, string Value)[] settings) => RunToEndAsync([], settings);

    /// <summary>Runs a command: what stands behind the program's name, its exit code and what it said.</summary>
    public static async Task<(int ExitCode, string Output)> RunToEndAsync(string[] arguments, params (string Name, string Value)[] settings)
    {
        var (process, output) = Launch(settings, arguments);
        using (process)
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
            try
            {
                await process.WaitForExitAsync(patience.Token);
            }
            finally
            {
                if (!process.HasExited)
                    process.Kill(entireProcessTree: true);
            }
            return (process.ExitCode, string.Join('\n', output));
        }
    }

    /// <summary><c>kill -9</c>: it gets no chance to finish anything.</summary>
    public async Task KillAsync()
    {
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        if (!process.HasExited)
            await KillAsync();
        process.Dispose();
    }

    private async Task<bool> AnswersAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await Http.GetAsync("/health/ready", cancellationToken);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception notYet) when (notYet is HttpRequestException or OperationCanceledException)
        {
            return false;
        }
    }

    private static (Process Process, ConcurrentQueue<string> Output) Launch(IEnumerable<(string Name, string Value)> settings, params string[] arguments)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "ChwFhir.Api.dll");
        var start = new ProcessStartInfo("timeout", ["--signal=KILL", "1800", "dotnet", program, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        start.Environment["DOTNET_ENVIRONMENT"] = "Development";
        start.Environment["Ehr__Sandbox__Url"] = "http://localhost:0";
        foreach (var (name, value) in settings)
            start.Environment[name] = value;
        var output = new ConcurrentQueue<string>();
        var process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, line) => output.Enqueue(line.Data ?? "");
        process.ErrorDataReceived += (_, line) => output.Enqueue(line.Data ?? "");
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return (process, output);
    }
}
