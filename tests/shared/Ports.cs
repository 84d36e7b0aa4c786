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

    // Not by the process id alone: two lanes of tests may have the same remainder, and one then takes the port of a service that the other is starting again.
    private static readonly Lazy<Block> Mine = new(Block.Take);

    private static int _given = -1;

    /// <summary>One on which nobody listens, which no other process of tests is given, and this one not again before it had hundreds of others.</summary>
    public static int Free()
    {
        for (var tried = 0; tried < PerProcess; tried++)
        {
            var port = Lowest + (Mine.Value.Number * PerProcess) + (int)((uint)Interlocked.Increment(ref _given) % PerProcess);
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

    /// <summary>A process's own ports: its file stays open, and so locked, for as long as the process lives, however it ends.</summary>
    private sealed record Block(int Number, FileStream Held)
    {
        public static Block Take()
        {
            for (var tried = 0; tried < Blocks; tried++)
            {
                var number = (Environment.ProcessId + tried) % Blocks;
                try
                {
                    return new(number, new(Path.Combine(Path.GetTempPath(), $"chwfhir-test-ports-{number}"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
                }
                catch (Exception taken) when (taken is IOException or UnauthorizedAccessException)
                {
                    // The next one.
                }
            }
            throw new InvalidOperationException($"Other processes of tests have all of {Blocks} blocks of ports.");
        }
    }
}
