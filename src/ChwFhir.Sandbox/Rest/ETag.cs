using System.Globalization;

namespace ChwFhir.Sandbox.Rest;

internal static class ETag
{
    /// <summary>The version in <c>W/"3"</c>, <c>"3"</c> or <c>3</c>; -1 for anything else.</summary>
    public static int Version(string tag)
    {
        var text = tag.StartsWith("W/", StringComparison.Ordinal) ? tag[2..] : tag;
        return int.TryParse(text.Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : -1;
    }
}
