using System.Net.Sockets;
using System.Text;

namespace ChwFhir.Journeys.Attacks;

/// <summary>Requests that no client would send: byte by byte, as an attacker writes them.</summary>
internal static class RawHttp
{
    /// <summary>What comes back until the server has said all or closes.</summary>
    public static async Task<string> SendAsync(Uri server, string request, TimeSpan? patience = null)
    {
        using var connection = new TcpClient();
        await connection.ConnectAsync(server.Host, server.Port);
        await using var stream = connection.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(request));
        return await AnswerAsync(stream, patience ?? TimeSpan.FromSeconds(10));
    }

    public static async Task<string> AnswerAsync(NetworkStream stream, TimeSpan patience)
    {
        using var enough = new CancellationTokenSource(patience);
        var text = new StringBuilder();
        var buffer = new byte[16 * 1024];
        try
        {
            for (int read; (read = await stream.ReadAsync(buffer, enough.Token)) > 0;)
                text.Append(Encoding.UTF8.GetString(buffer, 0, read));
        }
        catch (IOException)
        {
            text.Append("\n[reset]");
        }
        catch (OperationCanceledException)
        {
            text.Append("\n[open]");
        }
        return text.ToString();
    }

    public static string Get(string path, string more = "") => $"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{more}\r\n";

    public static int StatusOf(string answer) => answer.StartsWith("HTTP/1.1 ", StringComparison.Ordinal) ? int.Parse(answer.AsSpan(9, 3)) : 0;
}
