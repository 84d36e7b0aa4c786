using System.Text.RegularExpressions;

namespace ChwFhir.SmartApp;

/// <summary><c>Type/id</c>, as FHIR allows both, and nothing else.</summary>
internal static partial class FhirName
{
    public static bool Is(string text) => Name().IsMatch(text);

    public static bool IsId(string text) => Id().IsMatch(text);

    [GeneratedRegex(@"\A[A-Z][A-Za-z]{1,40}/[A-Za-z0-9.-]{1,64}\z")]
    private static partial Regex Name();

    [GeneratedRegex(@"\A[A-Za-z0-9.-]{1,64}\z")]
    private static partial Regex Id();
}
