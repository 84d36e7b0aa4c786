namespace ChwFhir.Fhir.Model;

/// <summary>Text of a JSON string with escapes. Half a surrogate pair, which .NET's reader refuses, becomes the replacement character.</summary>
internal static class JsonStrings
{
    public static string Lenient(ReadOnlySpan<byte> escaped) => Unescape(escaped, out _);

    public static string Unescape(ReadOnlySpan<byte> escaped, out bool broken)
    {
        var text = new StringBuilder(escaped.Length);
        while (escaped.IndexOf((byte)'\\') is var at and >= 0)
        {
            text.Append(Encoding.UTF8.GetString(escaped[..at]));
            if (escaped[at + 1] == 'u')
            {
                text.Append((char)int.Parse(escaped.Slice(at + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
                escaped = escaped[(at + 6)..];
                continue;
            }

            text.Append((char)escaped[at + 1] switch { 'n' => '\n', 'r' => '\r', 't' => '\t', 'b' => '\b', 'f' => '\f', var other => other });
            escaped = escaped[(at + 2)..];
        }

        text.Append(Encoding.UTF8.GetString(escaped));

        return Whole(text.ToString(), out broken);
    }

    private static string Whole(string text, out bool broken)
    {
        broken = false;
        for (var at = 0; at < text.Length && !broken; at++)
        {
            if (char.IsHighSurrogate(text[at]) && at + 1 < text.Length && char.IsLowSurrogate(text[at + 1]))
                at++;
            else
                broken = char.IsSurrogate(text[at]);
        }

        return broken ? Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)) : text;
    }
}
