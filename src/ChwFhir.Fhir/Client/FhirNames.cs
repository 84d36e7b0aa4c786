using System.Text.RegularExpressions;

namespace ChwFhir.Fhir.Client;

/// <summary>What may stand in a request's path: nothing that could lead to another one.</summary>
internal static partial class FhirNames
{
    internal static bool IsType(string text) => TypePattern().IsMatch(text);

    internal static string Type(string text) =>
        IsType(text) ? text : throw new ArgumentException("Not the name of a FHIR resource type.", nameof(text));

    /// <summary>Ids are taken as the server made them, a little more freely than FHIR allows; the value stays out of the message, it may be a patient's.</summary>
    internal static string Id(string text) =>
        text.Length is > 0 and <= 256 && text is not ("." or "..") ? Uri.EscapeDataString(text) : throw new ArgumentException("Not the id of a FHIR resource.", nameof(text));

    [GeneratedRegex("^[A-Z][A-Za-z]{0,63}$")]
    private static partial Regex TypePattern();
}
