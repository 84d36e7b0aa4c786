using System.Net;
using System.Net.Sockets;

namespace ChwFhir.Testing;

/// <summary>Addresses that must be known before anything listens.</summary>
internal static class Ports
{
    // Below those that the system itself gives to connections on their way out, one of which might have it by the time that somebody listens.
    private const int Lowest = 20_000;
    private const int PerProcess = 500;
    private const int Blocks = 24;

    private static int _given = -1;

    /// <summary>One on which nobody listens, and which this process is not given again before it had hundreds of others.</summary>
    public static int Free()
    {
        for (var tried = 0; tried < PerProcess; tried++)
        {
            var port = Lowest + (Environment.ProcessId % Blocks * PerProcess) + (int)((uint)Interlocked.Increment(ref _given) % PerProcess);
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                return port;
            }
            catch (SocketException taken) when (taken.SocketErrorCode == SocketError.AddressAlreadyInUse)
            {
                // The next one.
            }
        }
        throw new InvalidOperationException($"Somebody listens on all of {PerProcess} ports.");
    }
}
