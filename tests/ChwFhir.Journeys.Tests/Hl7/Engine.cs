using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ChwFhir.Journeys.Hl7;

/// <summary>An integration engine at the other end of a socket.</summary>
internal sealed class Engine : IDisposable
{
    private readonly TcpClient client = new();
    private NetworkStream stream = null!;

    public static async Task<Engine> ConnectAsync(IPEndPoint to)
    {
        var engine = new Engine();
        await engine.client.ConnectAsync(to);
        engine.stream = engine.client.GetStream();
        return engine;
    }

    public Task<string?> AskAsync(string message) => AskAsync((byte[])[0x0B, .. Encoding.UTF8.GetBytes(message), 0x1C, 0x0D]);

    public async Task<string?> AskAsync(byte[] bytes)
    {
        await SendAsync(bytes);
        return await HearAsync();
    }

    public async Task SendAsync(byte[] bytes) => await stream.WriteAsync(bytes);

    /// <summary>The next answer without its frame; null when the other side has hung up.</summary>
    public async Task<string?> HearAsync()
    {
        using var over = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var heard = new List<byte>();
        var one = new byte[1];
        try
        {
            while (await stream.ReadAsync(one, over.Token) == 1)
            {
                heard.Add(one[0]);
                if (heard is [0x0B, .., 0x1C, 0x0D])
                    return Encoding.UTF8.GetString([.. heard[1..^2]]);
            }
        }
        catch (IOException)
        {
            // Hung up.
        }

        return null;
    }

    public void Dispose()
    {
        stream.Dispose();
        client.Dispose();
    }
}
