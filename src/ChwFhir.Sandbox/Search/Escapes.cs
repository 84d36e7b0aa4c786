using System.Text;

namespace ChwFhir.Sandbox.Search;

/// <summary>The backslash of search values, which keeps <c>,</c>, <c>|</c> and <c>$</c> from parting them.</summary>
internal static class Escapes
{
    public static IEnumerable<string> Split(string value, char at)
    {
        var start = 0;
        for (var i = 0; i < value.Length; i++)
        {
            if (value[i] == '\\')
            {
                i++;
                continue;
            }
            if (value[i] != at)
                continue;
            yield return value[start..i];
            start = i + 1;
        }
        yield return value[start..];
    }

    public static string Undo(string value)
    {
        if (!value.Contains('\\', StringComparison.Ordinal))
            return value;
        var plain = new StringBuilder(value.Length);
        for (var i = 0; i < value.Length; i++)
            plain.Append(value[i] == '\\' && i + 1 < value.Length ? value[++i] : value[i]);
        return plain.ToString();
    }
}
