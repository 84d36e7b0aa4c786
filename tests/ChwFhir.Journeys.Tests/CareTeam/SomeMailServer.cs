using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ChwFhir.Journeys.CareTeam;

/// <summary>A mail server on loopback that speaks as much SMTP (RFC 5321) as a client needs, and keeps what it was given.</summary>
internal sealed class SomeMailServer : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource over = new();
    private readonly ConcurrentQueue<(string To, string Text)> mails = new();
    private readonly Task serving;

    public SomeMailServer()
    {
        listener.Start();
        serving = ServeAsync();
    }

    public string Url => $"smtp://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}?from=chw@clinic.example";

    /// <summary>What it says to a mail that was sent: 250 takes it.</summary>
    public volatile string AtTheEnd = "250 taken";

    /// <summary>Mails that came wholly, taken or not.</summary>
    public IReadOnlyList<(string To, string Text)> Mails => [.. mails];

    public async Task<IReadOnlyList<(string To, string Text)>> MailedAsync(int times)
    {
        var start = Stopwatch.GetTimestamp();
        while (mails.Count < times)
        {
            if (Stopwatch.GetElapsedTime(start) > TimeSpan.FromSeconds(20))
                throw new TimeoutException($"{mails.Count} mails came, not {times}.");
            await Task.Delay(10);
        }
        return Mails;
    }

    public async ValueTask DisposeAsync()
    {
        await over.CancelAsync();
        listener.Dispose();
        await serving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        over.Dispose();
    }

    private async Task ServeAsync()
    {
        while (!over.IsCancellationRequested)
            _ = AnswerAsync(await listener.AcceptTcpClientAsync(over.Token));
    }

    private async Task AnswerAsync(TcpClient client)
    {
        using (client)
        using (var reader = new StreamReader(client.GetStream(), Encoding.Latin1))
        using (var writer = new StreamWriter(client.GetStream(), Encoding.Latin1) { NewLine = "\r\n", AutoFlush = true })
        {
            var to = "";
            await writer.WriteLineAsync("220 clinic.example");
            while (await reader.ReadLineAsync(over.Token) is { } line)
            {
                if (line.StartsWith("RCPT TO:", StringComparison.OrdinalIgnoreCase))
                    to = line["RCPT TO:".Length..].Trim('<', '>', ' ');
                if (line == "DATA")
                {
                    await writer.WriteLineAsync("354 go on");
                    var text = new StringBuilder();
                    while (await reader.ReadLineAsync(over.Token) is { } part && part != ".")
                        text.AppendLine(part);
                    mails.Enqueue((to, text.ToString()));
                    await writer.WriteLineAsync(AtTheEnd);
                }
                else
                {
                    await writer.WriteLineAsync(line == "QUIT" ? "221 bye" : "250 clinic.example");
                }
            }
        }
    }
}
