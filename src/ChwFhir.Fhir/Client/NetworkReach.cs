using System.Net;
using System.Net.Sockets;

namespace ChwFhir.Fhir.Client;

/// <summary>From where an IP address can be reached.</summary>
internal enum NetworkReach
{
    /// <summary>From everywhere.</summary>
    Public,

    /// <summary>Inside a house or a cloud: 10/8, 172.16/12, 192.168/16, 100.64/10, fc00::/7.</summary>
    Private,

    /// <summary>This machine.</summary>
    Loopback,

    /// <summary>The same wire (a cloud's metadata service lives there), nobody in particular, or nothing at all.</summary>
    Nowhere,
}

internal static class NetworkReaches
{
    private static readonly (IPNetwork Network, NetworkReach Reach)[] Known =
    [
        .. Of(NetworkReach.Loopback, "127.0.0.0/8", "::1/128"),
        .. Of(NetworkReach.Private, "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "fc00::/7"),
        // 168.63.129.16 looks public and is a cloud's own service inside each of its machines; fd00:ec2::254 is another's.
        // 64:ff9b:1::/48 and 2001::/32 carry an IPv4 address where only the network that translates them finds it.
        .. Of(NetworkReach.Nowhere, "0.0.0.0/8", "169.254.0.0/16", "168.63.129.16/32", "192.0.0.0/24", "198.18.0.0/15", "224.0.0.0/4", "240.0.0.0/4", "::/128", "fe80::/10", "fec0::/10", "ff00::/8", "fd00:ec2::254/128", "64:ff9b:1::/48", "100::/64", "2001::/32"),
    ];

    public static NetworkReach Of(IPAddress address)
    {
        var plain = Inner(address);
        // The narrowest network knows best.
        return Known.Where(one => one.Network.BaseAddress.AddressFamily == plain.AddressFamily && one.Network.Contains(plain))
            .OrderByDescending(one => one.Network.PrefixLength).Select(one => (NetworkReach?)one.Reach).FirstOrDefault() ?? NetworkReach.Public;
    }

    private static IEnumerable<(IPNetwork, NetworkReach)> Of(NetworkReach reach, params IEnumerable<string> networks) => networks.Select(network => (IPNetwork.Parse(network), reach));

    // IPv4 dressed as IPv6: mapped, compatible, translated (64:ff9b::/96), 6to4 (2002::/16).
    private static IPAddress Inner(IPAddress address)
    {
        if (address.AddressFamily != AddressFamily.InterNetworkV6)
            return address;
        if (address.IsIPv4MappedToIPv6)
            return address.MapToIPv4();

        var bytes = address.GetAddressBytes();
        if (bytes is [0x20, 0x02, ..])
            return new IPAddress(bytes.AsSpan(2, 4));
        var translated = bytes is [0, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0, ..];
        var compatible = bytes.AsSpan(0, 12).IndexOfAnyExcept((byte)0) < 0 && bytes.AsSpan(12).IndexOfAnyExcept((byte)0) >= 0 && !IPAddress.IsLoopback(address);
        return translated || compatible ? new IPAddress(bytes.AsSpan(12)) : address;
    }
}
