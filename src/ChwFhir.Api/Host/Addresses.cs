using System.Net;

namespace ChwFhir.Api.Host;

/// <summary>The addresses of the service itself, looked at before anything listens.</summary>
internal static class Addresses
{
    /// <summary>A line for each that cannot be meant.</summary>
    public static IEnumerable<string> Faults(IConfiguration settings) =>
    [
        .. Listening(settings["urls"]),
        .. settings.GetSection("Kestrel:Endpoints").GetChildren().SelectMany(endpoint => Listening(endpoint["Url"])),
        .. Public(settings["PublicUrl"]),
    ];

    // Kestrel takes a port that is no number for a part of the name, and listens on every address of the machine for any name but localhost.
    public static IEnumerable<string> Listening(string? urls) =>
        from url in (urls ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        where !IsMeant(url)
        select $"'{url}' cannot be listened on: give localhost or an address of this machine with --urls or ASPNETCORE_URLS, as http://localhost:5080, or http://*:5080 for all its addresses.";

    private static bool IsMeant(string url)
    {
        try
        {
            var address = BindingAddress.Parse(url);
            return address is { Scheme: "http" or "https", IsUnixPipe: true } or { Scheme: "http" or "https", IsNamedPipe: true }
                || (address is { Scheme: "http" or "https", Port: >= 0 and <= IPEndPoint.MaxPort } && IsOfThisMachine(address.Host));
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private static bool IsOfThisMachine(string host) =>
        host is "*" or "+" || host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || IPAddress.TryParse(host, out _);

    private static IEnumerable<string> Public(string? text)
    {
        var good = string.IsNullOrEmpty(text)
            || (Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" && url is { Host.Length: > 0, Query: "", Fragment: "", UserInfo: "" });
        return good ? [] : ["PublicUrl: the outside address, as https://chw.example.org, without user, query and fragment."];
    }
}
