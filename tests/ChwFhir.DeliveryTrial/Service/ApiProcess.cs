using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;

namespace ChwFhir.DeliveryTrial.Service;

/// <summary>The built service as a process: started, killed with SIGKILL, started again on the same port. <c>timeout</c> bounds its life even when the trial is killed.</summary>
/// <param name="command">None for the service, <c>sandbox</c> for the sandbox EHR alone.</param>
/// <param name="ready">Answers as soon as it listens.</param>
internal sealed class ApiProcess(string name, string folder, int port, IEnumerable<(string Name, string Value)> settings, string[] command, string ready) : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly string log = Path.Combine(folder, $"{name.Replace(' ', '-')}.log");
    private Process? process;

    public HttpClient Http { get; } = new(new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(2), PooledConnectionIdleTimeout = TimeSpan.FromSeconds(2) })
    {
        BaseAddress = new Uri($"http://127.0.0.1:{port}"),
        Timeout = TimeSpan.FromSeconds(20),
    };

    /// <summary>Returns when it answers. A start that ends by itself (the database is not there again yet) is made again, as any supervisor of processes does.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        process = Launch();
        for (var patience = Stopwatch.StartNew(); !await IsReadyAsync(cancellationToken); await Task.Delay(50, cancellationToken))
        {
            if (patience.Elapsed > Patience)
                throw new InvalidOperationException($"The {name} did not come up:\n{await File.ReadAllTextAsync(log, cancellationToken)}");
            if (!process.HasExited)
                continue;
            process.Dispose();
            process = Launch();
        }
    }

    /// <summary><c>kill -9</c>: it gets no chance to finish anything.</summary>
    public async Task KillAsync()
    {
        if (process is not { } running)
            return;
        process = null;
        running.Kill(entireProcessTree: true);
        await running.WaitForExitAsync();
        running.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        process?.Dispose();
        Http.Dispose();
    }

    private async Task<bool> IsReadyAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await Http.GetAsync(ready, cancellationToken);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception notYet) when (notYet is HttpRequestException || (notYet is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return false;
        }
    }

    private Process Launch()
    {
        Directory.CreateDirectory(folder);
        var program = Path.Combine(AppContext.BaseDirectory, "ChwFhir.Api.dll");
        var start = new ProcessStartInfo("timeout", ["--signal=KILL", "2400", "sh", "-c", "exec \"$@\" >>\"$CHWFHIR_LOG\" 2>&1", "sh", "dotnet", program, .. command]) { WorkingDirectory = folder };
        start.Environment["CHWFHIR_LOG"] = log;
        start.Environment["DOTNET_ENVIRONMENT"] = "Development";
        start.Environment["ASPNETCORE_URLS"] = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}");
        start.Environment["Storage__Directory"] = folder;
        foreach (var (setting, value) in settings)
            start.Environment[setting] = value;
        return Process.Start(start)!;
    }
}
