namespace ChwFhir.CareTeam;

/// <summary>Where mail goes out. Prints without its password.</summary>
internal sealed record SmtpServer(string Host, int Port, string From, string? User, string? Password)
{
    public bool IsOfThisMachine => Host is "localhost" or "127.0.0.1" or "[::1]";

    /// <summary>Null when it is no such address.</summary>
    public static SmtpServer? Read(string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var address) || address.Scheme != "smtp" || address.Host.Length == 0)
            return null;
        if (!address.Query.StartsWith("?from=", StringComparison.Ordinal))
            return null;

        var from = Uri.UnescapeDataString(address.Query["?from=".Length..]);
        var user = address.UserInfo.Split(':', 2);
        return MailAddresses.IsOne(from)
            ? new SmtpServer(address.Host, address.Port > 0 ? address.Port : 587, from,
                user[0].Length > 0 ? Uri.UnescapeDataString(user[0]) : null, user.Length > 1 ? Uri.UnescapeDataString(user[1]) : null)
            : null;
    }

    public override string ToString() => $"{Host}:{Port}";
}
