using System.Net;
using System.Net.Sockets;

namespace ChwFhir.Journeys.SmartApp;

internal static class Ports
{
    /// <summary>One that nobody had a moment ago: an address that must be known before anything listens.</summary>
    public static int Free()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
