using System.Threading.Channels;
using Npgsql;

namespace ChwFhir.Queue.Databases;

/// <summary>
/// Carries "a lane may be due" between instances by LISTEN and NOTIFY, on connections of its own. Said after the commit and not in it: a commit
/// that notifies waits for every other one that does. What is said while the server is away is lost; whoever listens looks again from time to time.
/// </summary>
internal sealed class PostgresBell(string connectionString) : IDisposable
{
    private static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan AfterTrouble = TimeSpan.FromSeconds(1);

    // However often it is asked within one breath, it is said once.
    private readonly Channel<bool> _asked = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly CancellationTokenSource _closed = new();
    private readonly List<Task> _running = [];
    private volatile int _ourselves;

    public void Tell() => _asked.Writer.TryWrite(true);

    public void Listen(Action ring)
    {
        _running.Add(Task.Run(() => KeepAsync((connection, closed) => ListenAsync(connection, ring, closed))));
        _running.Add(Task.Run(() => KeepAsync(TellAsync)));
    }

    public void Dispose()
    {
        _closed.Cancel();
        Task.WaitAll(_running);
        _closed.Dispose();
    }

    private async Task KeepAsync(Func<NpgsqlConnection, CancellationToken, Task> useAsync)
    {
        var closed = _closed.Token;
        while (!closed.IsCancellationRequested)
        {
            try
            {
                await using var connection = new NpgsqlConnection(connectionString);
                await connection.OpenAsync(closed).ConfigureAwait(false);
                await useAsync(connection, closed).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (closed.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (StorageTrouble.Is(e))
            {
                await Task.Delay(AfterTrouble, TimeProvider.System, closed).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task ListenAsync(NpgsqlConnection connection, Action ring, CancellationToken closed)
    {
        connection.Notification += (_, said) =>
        {
            if (said.PID != _ourselves) ring();
        };
        await ExecuteAsync(connection, "LISTEN chwfhir_work", closed).ConfigureAwait(false);
        // For what was said before anybody listened.
        ring();
        while (true) await connection.WaitAsync(closed).ConfigureAwait(false);
    }

    private async Task TellAsync(NpgsqlConnection connection, CancellationToken closed)
    {
        _ourselves = connection.ProcessID;
        while (true)
        {
            await _asked.Reader.ReadAsync(closed).ConfigureAwait(false);
            await ExecuteAsync(connection, "NOTIFY chwfhir_work", closed).ConfigureAwait(false);
            await Task.Delay(Breath, TimeProvider.System, closed).ConfigureAwait(false);
        }
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken closed)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(closed).ConfigureAwait(false);
    }
}
