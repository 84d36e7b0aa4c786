using System.Diagnostics;
using System.Globalization;
using ChwFhir.Testing;

namespace ChwFhir.Journeys.Tests.Sandbox.Smart;

/// <summary>An app on SMART's own client library (tests/smart-client), in a process of its own.</summary>
internal sealed class ForeignApp : IAsyncDisposable
{
    private readonly Process process;

    private ForeignApp(Process process) => this.process = process;

    public static async Task<ForeignApp> StartAsync(int port, params (string Name, string Value)[] settings)
    {
        // The shell's `timeout` bounds its life even when the test process is killed.
        var start = new ProcessStartInfo("timeout", ["--signal=KILL", "600", "node", Path.Combine(Needs.SmartClient(), "app.mjs")]) { RedirectStandardOutput = true };
        start.Environment["PORT"] = port.ToString(CultureInfo.InvariantCulture);
        foreach (var (name, value) in settings)
            start.Environment[name] = value;
        var process = Process.Start(start)!;
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (await process.StandardOutput.ReadLineAsync(patience.Token) is { } line)
            if (line.StartsWith("listening ", StringComparison.Ordinal))
                return new ForeignApp(process);
        throw new InvalidOperationException("The foreign app ended before it listened.");
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
            process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
    }
}
