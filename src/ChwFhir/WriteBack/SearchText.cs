namespace ChwFhir.WriteBack;

/// <summary>Values in search parameters: <c>,</c> <c>|</c> <c>$</c> and <c>\</c> have a meaning there.</summary>
internal static class SearchText
{
    public static string Escape(string value) => value
        .Replace(@"\", @"\\", StringComparison.Ordinal).Replace(",", @"\,", StringComparison.Ordinal)
        .Replace("|", @"\|", StringComparison.Ordinal).Replace("$", @"\$", StringComparison.Ordinal);
}
