namespace ChwFhir.Api.Commands;

/// <summary>Where a command finds the service that runs on this machine.</summary>
internal static class ServiceAddress
{
    // What a service listens on is not always an address that can be called.
    public static Uri Of(string urls)
    {
        var first = urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)[0];
        return new Uri(first.Replace("//*", "//localhost", StringComparison.Ordinal).Replace("//+", "//localhost", StringComparison.Ordinal)
            .Replace("//0.0.0.0", "//localhost", StringComparison.Ordinal).Replace("//[::]", "//localhost", StringComparison.Ordinal).TrimEnd('/') + "/");
    }
}
