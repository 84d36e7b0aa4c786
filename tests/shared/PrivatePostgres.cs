using System.Diagnostics;
using System.Globalization;

namespace ChwFhir.Testing;

/// <summary>
/// A PostgreSQL of the test's own, from the machine's binaries: on a free loopback port, in a temporary folder, as a user other than root,
/// bounded in time and stopped by its process id. It may be killed and started again in between.
/// </summary>
internal sealed class PrivatePostgres : IAsyncDisposable
{
    private const string User = "chwfhir";

    private readonly string folder;
    private readonly string[] settings;
    private Process server = null!;
    private int databases;

    private PrivatePostgres(string folder, int port, string[] settings) => (this.folder, Port, this.settings) = (folder, port, settings);

    /// <summary>Folder of <c>initdb</c> and <c>postgres</c> (Debian's, or the environment variable <c>CHWFHIR_POSTGRES</c>); null when there is none.</summary>
    public static string? Binaries { get; } = new[] { Environment.GetEnvironmentVariable("CHWFHIR_POSTGRES"), "/usr/lib/postgresql/15/bin" }
        .FirstOrDefault(folder => !string.IsNullOrEmpty(folder) && File.Exists(Path.Combine(folder, "initdb")));

    public int Port { get; }

    /// <param name="settings">As <c>max_connections=200</c>.</param>
    public static async Task<PrivatePostgres> StartAsync(params string[] settings)
    {
        // Directly below /tmp: the user of the server must be able to reach it.
        var folder = Directory.CreateTempSubdirectory("chwfhir-postgres-").FullName;
        var postgres = new PrivatePostgres(folder, Ports.Free(), settings);
        try
        {
            if (Environment.IsPrivilegedProcess) await RunAsync("chown", "postgres", folder);
            await RunAsync([.. AsUser, Tool("initdb"), "-D", postgres.Data, "-U", User, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]);
            await postgres.StartAgainAsync();
            return postgres;
        }
        catch
        {
            await postgres.DisposeAsync();
            throw;
        }
    }

    /// <summary>Makes an empty database.</summary>
    /// <returns>Its connection string.</returns>
    public async Task<string> NewDatabaseAsync()
    {
        var name = $"t{Interlocked.Increment(ref databases)}";
        await SqlAsync("postgres", $"CREATE DATABASE {name}");
        return ConnectionString(name);
    }

    public string ConnectionString(string database) => $"Host=127.0.0.1;Port={Port};Database={database};Username={User}";

    /// <summary>Runs one statement, past the service. Gives what psql prints: a row a line, columns split by <c>|</c>.</summary>
    public Task<string> SqlAsync(string database, string sql) =>
        RunAsync(Tool("psql"), "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-h", "127.0.0.1", "-p", Number(Port), "-U", User, "-d", database, "-c", sql);

    /// <summary>What <c>pg_dump</c> makes of a database: as a backup has it.</summary>
    public Task<string> DumpAsync(string database) => RunAsync(Tool("pg_dump"), "-h", "127.0.0.1", "-p", Number(Port), "-U", User, "-d", database);

    /// <summary>Kills the server as the system would, without a chance to say goodbye; returns when it is gone.</summary>
    public async Task KillAsync()
    {
        if (await PidAsync() is { } pid) await RunAsync("kill", "-KILL", pid);
        await server.WaitForExitAsync();
    }

    /// <summary>Starts it on the same folder and port; returns when it takes connections.</summary>
    public async Task StartAgainAsync()
    {
        var patience = Stopwatch.StartNew();
        while (true)
        {
            server?.Dispose();
            // The shell's `timeout` bounds the server's life even when the test process is killed.
            server = Start(["timeout", "--signal=KILL", "2700", .. AsUser, Tool("postgres"), "-D", Data, "-p", Number(Port),
                "-c", "listen_addresses=127.0.0.1", "-c", $"unix_socket_directories={folder}", "-c", "max_connections=300", "-c", "logging_collector=off", .. settings.SelectMany(setting => new[] { "-c", setting })]);
            var said = Drain(server);
            while (!server.HasExited && patience.Elapsed < TimeSpan.FromSeconds(60))
            {
                if (await IsReadyAsync()) return;
                await Task.Delay(50);
            }
            // Right after a kill the children of the old server may still hold its memory.
            if (patience.Elapsed > TimeSpan.FromSeconds(30)) throw new InvalidOperationException($"PostgreSQL did not start: {await said}");
            await Task.Delay(200);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (server is { HasExited: false })
        {
            // SIGINT: the fast shutdown, which does not wait for its clients.
            if (await PidAsync() is { } pid) await RunAsync("kill", "-INT", pid);
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
            try
            {
                await server.WaitForExitAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                server.Kill(entireProcessTree: true);
            }
        }
        server?.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>Where its files lie.</summary>
    public string Data => Path.Combine(folder, "data");

    // initdb and postgres refuse to run as root.
    private static string[] AsUser => Environment.IsPrivilegedProcess ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups", "--"] : [];

    private static string Tool(string name) => Path.Combine(Binaries ?? throw new InvalidOperationException("PostgreSQL is not installed."), name);

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private async Task<string?> PidAsync()
    {
        var file = Path.Combine(Data, "postmaster.pid");
        return File.Exists(file) && (await File.ReadAllLinesAsync(file)) is [var pid, ..] ? pid : null;
    }

    private async Task<bool> IsReadyAsync()
    {
        using var asking = Start([Tool("pg_isready"), "-q", "-h", "127.0.0.1", "-p", Number(Port), "-U", User, "-d", "postgres"]);
        _ = Drain(asking);
        await asking.WaitForExitAsync();
        return asking.ExitCode == 0;
    }

    private static async Task<string> RunAsync(params string[] words)
    {
        using var process = Start(words);
        var said = Drain(process);
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? await said : throw new InvalidOperationException($"{words[0]} ended with {process.ExitCode}: {await said}");
    }

    private static Process Start(string[] words) => Process.Start(new ProcessStartInfo(words[0], words[1..])
    {
        RedirectStandardOutput = true,
        RedirectStandardError = true,
        WorkingDirectory = "/",
    })!;

    private static async Task<string> Drain(Process process)
    {
        var texts = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        return string.Concat(texts);
    }
}
