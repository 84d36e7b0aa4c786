namespace ChwFhir.Fhir.Client;

/// <summary>
/// Addresses that somebody else names (a server's own endpoints, <c>iss</c>, links, <c>fhirServer</c>), judged by their letters alone. Where one leads is judged
/// when it is connected to: <see cref="OutsideHandler"/>.
/// </summary>
public static class OutsideAddress
{
    /// <returns>What is wrong, as the end of a sentence; null where nothing is.</returns>
    /// <param name="home">The address that the site has set: plain http is for a server on this machine only.</param>
    public static string? Fault(Uri home, string text)
    {
        if (text.Any(letter => letter is <= ' ' or > '~' or '\\') || !Uri.TryCreate(text, UriKind.Absolute, out var address) || address.Scheme is not ("https" or "http") || address.Host.Length == 0)
            return "is no absolute https address";
        if (Authority(text).Contains('@', StringComparison.Ordinal))
            return "names a user";
        if (address.Fragment.Length > 0 || text.Contains('#', StringComparison.Ordinal))
            return "has a fragment";
        return address.Scheme == "https" || (home is { Scheme: "http", IsLoopback: true } && address.IsLoopback) ? null : "is not https";
    }

    public static bool SameOrigin(Uri one, Uri other) =>
        one.Scheme == other.Scheme && one.Port == other.Port && one.IdnHost.Equals(other.IdnHost, StringComparison.OrdinalIgnoreCase);

    /// <summary>It is the base, or stands under it, however its dots and slashes are written.</summary>
    public static bool IsUnder(Uri fhirBase, Uri address)
    {
        if (!SameOrigin(fhirBase, address) || address.UserInfo.Length > 0)
            return false;

        var path = address.AbsolutePath;
        // A path that a server would first have to put right may end anywhere on it.
        if (path.Contains("%2e", StringComparison.OrdinalIgnoreCase) || path.Contains("%2f", StringComparison.OrdinalIgnoreCase) || path.Contains('\\', StringComparison.Ordinal) || path.Split('/').Any(part => part is "." or ".."))
            return false;
        var root = fhirBase.AbsolutePath.TrimEnd('/');
        return path.StartsWith(root, StringComparison.Ordinal) && (path.Length == root.Length || path[root.Length] == '/');
    }

    private static string Authority(string text)
    {
        var start = text.IndexOf("//", StringComparison.Ordinal) + 2;
        var end = text.IndexOfAny(['/', '?', '#'], start);
        return end < 0 ? text[start..] : text[start..end];
    }
}
