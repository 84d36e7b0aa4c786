using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ChwFhir.Fhir.Tests.Client;

/// <summary>A real HTTP server, down to the socket, that answers as told: also by cutting its answer or saying nothing.</summary>
internal sealed class ScriptedServer : IDisposable
{
    private const byte TlsHandshake = 0x16;

    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentQueue<SeenRequest> seen = new();
    private readonly CancellationTokenSource stopping = new();
    private readonly Func<SeenRequest, Reply> script;
    private readonly TimeProvider time;
    private int count;
    private bool stopped;

    public ScriptedServer(Func<SeenRequest, Reply> script, TimeProvider? time = null)
    {
        this.script = script;
        this.time = time ?? TimeProvider.System;
        listener.Start();
        Origin = $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";
        Base = new Uri($"{Origin}/fhir");
        _ = AcceptAsync();
    }

    public string Origin { get; }

    public Uri Base { get; }

    public IReadOnlyList<SeenRequest> Seen => [.. seen];

    /// <summary>Called when a request that gets no (whole) answer has been read.</summary>
    public Action WhenSilent { get; set; } = () => { };

    public void Dispose()
    {
        if (!Interlocked.Exchange(ref stopped, true))
        {
            stopping.Cancel();
            listener.Dispose();
            stopping.Dispose();
        }
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var socket = await listener.AcceptSocketAsync(stopping.Token);
                // A script may block; the next caller is let in all the same.
                _ = Task.Run(() => ServeAsync(socket));
            }
        }
        catch (Exception ended) when (ended is OperationCanceledException or SocketException or ObjectDisposedException)
        {
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        try
        {
            using var stream = new NetworkStream(socket, ownsSocket: true);
            while (await ReadAsync(stream) is { } request)
            {
                seen.Enqueue(request);
                var reply = script(request);
                await AnswerAsync(socket, stream, reply);
                if (reply.Ending != Ending.Whole)
                {
                    return;
                }
            }
        }
        catch (Exception ended) when (ended is IOException or OperationCanceledException or ObjectDisposedException)
        {
        }
    }

    private async Task AnswerAsync(Socket socket, NetworkStream stream, Reply reply)
    {
        if (reply.Status != 0)
        {
            var body = reply.Ending == Ending.Whole ? reply.Body : reply.Body[..(reply.Body.Length / 2)];
            var head = new StringBuilder($"HTTP/1.1 {reply.Status} Status\r\nContent-Length: {reply.Body.Length}\r\n");
            foreach (var (name, value) in reply.Headers)
            {
                head.Append(CultureInfo.InvariantCulture, $"{name}: {value}\r\n");
            }

            await stream.WriteAsync((byte[])[.. Encoding.ASCII.GetBytes($"{head}\r\n"), .. body], stopping.Token);
        }

        if (reply.Ending == Ending.Reset)
        {
            socket.LingerState = new LingerOption(true, 0);
        }

        if (reply.Ending is Ending.Silence or Ending.HalfThenSilence)
        {
            WhenSilent();
            _ = await stream.ReadAsync(new byte[1], stopping.Token);
        }
    }

    private async Task<SeenRequest?> ReadAsync(NetworkStream stream)
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            if (await stream.ReadAsync(one, stopping.Token) == 0)
            {
                return null;
            }

            if (head.Length == 0 && one[0] == TlsHandshake)
            {
                return null;
            }

            head.Append((char)one[0]);
        }

        var lines = head.ToString().Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        var headers = lines.Skip(1).Select(line => line.Split(": ", 2)).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.OrdinalIgnoreCase);
        var body = new byte[headers.TryGetValue("Content-Length", out var length) ? int.Parse(length, CultureInfo.InvariantCulture) : 0];
        await stream.ReadExactlyAsync(body, stopping.Token);
        var words = lines[0].Split(' ');
        return new SeenRequest(Interlocked.Increment(ref count), words[0], words[1], headers, Encoding.UTF8.GetString(body), time.GetUtcNow());
    }
}
