using System.Text;
using System.Text.RegularExpressions;

namespace ChwFhir.Intake.Printed;

/// <summary>The charset that a page says of itself in its first bytes.</summary>
internal static partial class HtmlCharset
{
    private const int Looked = 1024;

    public static string? Of(ReadOnlySpan<byte> page)
    {
        var head = Encoding.Latin1.GetString(page[..Math.Min(page.Length, Looked)]);
        return Meta().Match(head) is { Success: true } meta && meta.Groups["name"].Value is var name && !name.StartsWith("utf-16", StringComparison.OrdinalIgnoreCase) ? name : null;
    }

    [GeneratedRegex(@"<meta[^>]{0,200}?charset\s*=\s*[""']?\s*(?<name>[A-Za-z0-9_-]{2,40})", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Meta();
}
