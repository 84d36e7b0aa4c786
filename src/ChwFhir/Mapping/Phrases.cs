using System.Runtime.CompilerServices;

namespace ChwFhir.Mapping;

/// <summary>Short phrases out of parts of which some are not there.</summary>
internal static class Phrases
{
    internal static string Joined(params ReadOnlySpan<string?> parts)
    {
        var joined = new DefaultInterpolatedStringHandler(0, 0, null, stackalloc char[256]);
        var between = "";

        foreach (var part in parts)
        {
            if (string.IsNullOrWhiteSpace(part))
                continue;
            joined.AppendLiteral(between);
            joined.AppendLiteral(part);
            between = ", ";
        }

        return joined.ToStringAndClear();
    }

    /// <summary>"one", "one and two", "one, two and three".</summary>
    internal static string And(IReadOnlyList<string> parts) => parts.Count < 2 ? string.Concat(parts) : $"{string.Join(", ", parts.SkipLast(1))} and {parts[^1]}";

    /// <summary>What there is to say of it stands in brackets; where there is nothing, none do.</summary>
    internal static string With(string what, string facts) => facts.Length > 0 ? $"{what} ({facts})" : what;

    /// <summary>A word of the contract as people write it: <c>social-work</c> is "social work".</summary>
    internal static string Plain(string word) => word == "chw" ? "CHW" : word.Replace('-', ' ');

    internal static string Capital(string text) => text.Length == 0 ? text : $"{char.ToUpperInvariant(text[0])}{text[1..]}";
}
