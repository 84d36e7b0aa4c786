namespace ChwFhir.Mapping;

/// <summary>Short phrases out of parts of which some are not there.</summary>
internal static class Phrases
{
    internal static string Joined(params ReadOnlySpan<string?> parts) => string.Join(", ", parts.ToArray().Where(part => !string.IsNullOrWhiteSpace(part)));

    /// <summary>A word of the contract as people write it: <c>social-work</c> is "social work".</summary>
    internal static string Plain(string word) => word == "chw" ? "CHW" : word.Replace('-', ' ');

    internal static string Capital(string text) => text.Length == 0 ? text : $"{char.ToUpperInvariant(text[0])}{text[1..]}";
}
