using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace ChwFhir.Journeys.SmartApp.WriteVisit;

/// <summary>The way between a phone and the service: while it is off nothing answers there, for pages and workers alike.</summary>
internal sealed class Airwaves : IAsyncDisposable
{
    private readonly int port;
    private readonly int service;
    private readonly ConcurrentDictionary<TcpClient, bool> open = new();
    private TcpListener? listener;

    private Airwaves(int port, int service) => (this.port, this.service) = (port, service);

    public static Airwaves On(int port, int service)
    {
        var airwaves = new Airwaves(port, service);
        airwaves.TurnOn();
        return airwaves;
    }

    public void TurnOn()
    {
        listener = new TcpListener(IPAddress.Loopback, port);
        listener.Server.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        listener.Start();
        _ = AcceptAsync(listener);
    }

    public void TurnOff()
    {
        listener!.Stop();
        foreach (var one in open.Keys)
            one.Close();
    }

    public ValueTask DisposeAsync()
    {
        TurnOff();
        listener?.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task AcceptAsync(TcpListener here)
    {
        try
        {
            while (true)
                _ = CarryAsync(await here.AcceptTcpClientAsync());
        }
        catch (Exception off) when (off is SocketException or ObjectDisposedException)
        {
            // Turned off.
        }
    }

    private async Task CarryAsync(TcpClient phone)
    {
        using var there = new TcpClient();
        open[phone] = open[there] = true;
        try
        {
            await there.ConnectAsync(IPAddress.Loopback, service);
            await Task.WhenAny(phone.GetStream().CopyToAsync(there.GetStream()), there.GetStream().CopyToAsync(phone.GetStream()));
        }
        catch (Exception cut) when (cut is IOException or SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // Cut off.
        }
        finally
        {
            phone.Close();
            open.TryRemove(phone, out _);
            open.TryRemove(there, out _);
        }
    }
}
