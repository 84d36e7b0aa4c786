namespace ChwFhir.Fhir.Smart;

/// <summary>Whether an address that a server handed out may be spoken to at all, by its letters alone; where it leads is seen when it is connected to.</summary>
public static class SmartAddress
{
    /// <returns>What is wrong, as the end of a sentence; null where nothing is.</returns>
    /// <param name="home">The address that the site has set: plain http is for a server on this machine only.</param>
    public static string? Fault(Uri home, string text)
    {
        if (text.Any(letter => letter is <= ' ' or > '~') || !Uri.TryCreate(text, UriKind.Absolute, out var address) || address.Scheme is not ("https" or "http") || address.Host.Length == 0)
            return "is no absolute https address";
        if (address.UserInfo.Length > 0 || text.Contains('@', StringComparison.Ordinal) && text.IndexOf('@', StringComparison.Ordinal) < EndOfAuthority(text))
            return "names a user";
        if (address.Fragment.Length > 0)
            return "has a fragment";
        return address.Scheme == "https" || (home is { Scheme: "http", IsLoopback: true } && address.IsLoopback) ? null : "is not https";
    }

    public static bool SameOrigin(Uri one, Uri other) =>
        one.Scheme == other.Scheme && one.Port == other.Port && one.IdnHost.Equals(other.IdnHost, StringComparison.OrdinalIgnoreCase);

    private static int EndOfAuthority(string text)
    {
        var end = text.IndexOfAny(['/', '?', '#'], text.IndexOf("//", StringComparison.Ordinal) + 2);
        return end < 0 ? text.Length : end;
    }
}
