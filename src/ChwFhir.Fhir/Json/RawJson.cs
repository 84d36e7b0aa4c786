namespace ChwFhir.Fhir.Model;

/// <summary>JSON that is kept as it was read, without the space between its parts.</summary>
internal static class RawJson
{
    public static void Write(Utf8JsonWriter to, byte[] json)
    {
        // Half a surrogate pair cannot be parsed, only copied; it stands in an escape.
        if (!to.Options.Indented || json.AsSpan().IndexOf("\\u"u8) >= 0)
        {
            to.WriteRawValue(json, skipInputValidation: true);
            return;
        }

        using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = to.Options.MaxDepth });
        document.RootElement.WriteTo(to);
    }

    /// <summary>The same JSON without the space between its parts; strings and numbers keep each character.</summary>
    public static byte[] Compact(ReadOnlySpan<byte> json)
    {
        var compact = new byte[json.Length];
        var length = 0;
        var inString = false;
        for (var at = 0; at < json.Length; at++)
        {
            var one = json[at];
            if (!inString && one is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t')
                continue;
            compact[length++] = one;
            if (one == '"')
                inString = !inString;
            else if (one == '\\' && inString)
                compact[length++] = json[++at];
        }

        return length == compact.Length ? compact : compact[..length];
    }
}
