namespace ChwFhir.Fhir.Client;

/// <summary>Addresses that a server hands out are followed on its own origin only: elsewhere they would carry the token away.</summary>
internal static class SameOrigin
{
    public static Uri? Resolve(Uri root, string? text)
    {
        // Absolute links are taken letter by letter, some servers sign theirs; so nothing may stand in them that could end a request line.
        if (string.IsNullOrEmpty(text) || text.Any(letter => letter is <= ' ' or > '~'))
        {
            return null;
        }

        var verbatim = new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true };
        var isHttp = text.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || text.StartsWith("https://", StringComparison.OrdinalIgnoreCase);
        var address = isHttp && Uri.TryCreate(text, verbatim, out var absolute) ? absolute : Uri.TryCreate(root, text, out var relative) ? relative : null;
        var same = address is not null && address.Scheme == root.Scheme && address.Port == root.Port && address.Host.Equals(root.Host, StringComparison.OrdinalIgnoreCase) && address.UserInfo.Length == 0;
        return same ? address : null;
    }
}
