using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using ChwFhir.Api.Hl7;
using ChwFhir.Api.Host;
using ChwFhir.Intake;
using Microsoft.Extensions.Options;

namespace ChwFhir.Api.Mllp;

/// <summary>
/// Listens for HL7 v2 over MLLP. A message is answered when it is on disk; one after the other on a connection, connections side by side. At a stop no new message
/// is read, and what was read is answered.
/// </summary>
internal sealed partial class MllpListener(Hl7Exchange exchange, IOptions<MllpOptions> options, IOptions<IntakeOptions> intake, TimeProvider time, ILogger<MllpListener> log) : IHostedService, IDisposable
{
    private readonly MllpOptions _options = options.Value;
    private readonly ConcurrentDictionary<long, Task> _connections = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly OncePerMinute _turnedAway = new(time);
    private readonly OncePerMinute _dropped = new(time);
    private TcpListener? _listener;
    private Task _accepting = Task.CompletedTask;

    /// <summary>Where it listens; null while it does not.</summary>
    public IPEndPoint? EndPoint => _listener?.LocalEndpoint as IPEndPoint;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (_options.Port is not { } port)
            return Task.CompletedTask;

        var address = IPAddress.Parse(_options.Address);
        var listener = new TcpListener(address, port);
        try
        {
            listener.Start();
        }
        catch (SocketException failure)
        {
            listener.Dispose();
            throw new ApiStartException(failure.SocketErrorCode == SocketError.AddressAlreadyInUse
                ? FormattableString.Invariant($"Mllp__Port: {port} is in use: free it, or choose another.")
                : FormattableString.Invariant($"Mllp__Address, Mllp__Port: {address} port {port} cannot be listened on ({failure.SocketErrorCode}). Give an address of this machine and a free port."));
        }

        _listener = listener;
        Log.Listens(log, EndPoint!);
        if (!IPAddress.IsLoopback(address))
            Log.IsOpen(log);
        _accepting = AcceptAsync(listener);
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        _listener?.Stop();
        await _accepting;
        if (_turnedAway.Rest() is > 0 and var away)
            Log.IsFull(log, away, _options.MaxConnections);
        await Task.WhenAll(_connections.Values).WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (_dropped.Rest() is > 0 and var dropped)
            Log.Dropped(log, dropped);
    }

    public void Dispose()
    {
        _listener?.Dispose();
        _stopping.Dispose();
    }

    private async Task AcceptAsync(TcpListener listener)
    {
        for (var number = 1L; !_stopping.IsCancellationRequested; number++)
        {
            Socket socket;
            try
            {
                socket = await listener.AcceptSocketAsync(_stopping.Token);
            }
            catch (Exception failure) when (failure is OperationCanceledException or ObjectDisposedException)
            {
                return;
            }
            catch (SocketException)
            {
                // That one caller has gone again.
                continue;
            }

            if (_connections.Count >= _options.MaxConnections)
            {
                if (_turnedAway.Add() is > 0 and var away)
                    Log.IsFull(log, away, _options.MaxConnections);
                socket.Dispose();
                continue;
            }

            var mine = number;
            var serving = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _connections[mine] = serving.Task;
            _ = Task.Run(async () =>
            {
                try
                {
                    await new MllpConnection(exchange, _options, intake.Value.MaxBytesWithAttachments, time, mine, _dropped, log).ServeAsync(socket, _stopping.Token);
                }
                finally
                {
                    _connections.TryRemove(mine, out _);
                    serving.SetResult();
                }
            }, CancellationToken.None);
        }
    }

    internal static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "HL7 v2 is taken over MLLP at {EndPoint}.")]
        public static partial void Listens(ILogger log, IPEndPoint endPoint);

        [LoggerMessage(2, LogLevel.Warning, "MLLP is open to other machines. It has neither passwords nor encryption: let only a tunnel or a closed network reach it.")]
        public static partial void IsOpen(ILogger log);

        [LoggerMessage(3, LogLevel.Warning, "MLLP: {Count} connections were turned away since this was last said: at most {Connections} may be open.")]
        public static partial void IsFull(ILogger log, int count, int connections);

        [LoggerMessage(6, LogLevel.Warning, "MLLP: {Count} messages were dropped since this was last said: they broke off within their first segment, so that they could not be answered.")]
        public static partial void Dropped(ILogger log, int count);
    }
}
