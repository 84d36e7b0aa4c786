using System.Text.RegularExpressions;

namespace ChwFhir.Intake;

/// <summary>A reference taken apart: <c>Patient/eXYZ</c>, or the absolute URL of one.</summary>
internal sealed partial record FhirReference(string? Base, string Type, string Id)
{
    public static bool TryParse(string text, out FhirReference reference)
    {
        var match = Form().Match(text);
        var baseUrl = match.Groups["base"];
        reference = new FhirReference(baseUrl.Success ? baseUrl.Value : null, match.Groups["type"].Value, match.Groups["id"].Value);
        return match.Success;
    }

    /// <summary>Whether both may be the same resource; where one has no base URL only type and id can say.</summary>
    public bool MayBe(FhirReference other) => Type == other.Type && Id == other.Id && (Base is null || other.Base is null || Base == other.Base);

    /// <summary>The form as a regular expression for the schema.</summary>
    public static string Pattern(params string[] types) =>
        $@"(https?://[^\s?#]+/)?({(types.Length == 0 ? "[A-Z][A-Za-z]{1,40}" : string.Join('|', types))})/[A-Za-z0-9\-.]{{1,64}}(/_history/[A-Za-z0-9\-.]{{1,64}})?";

    [GeneratedRegex(@"\A(?<base>https?://[^\s?#]+/)?(?<type>[A-Z][A-Za-z]{1,40})/(?<id>[A-Za-z0-9\-.]{1,64})(/_history/[A-Za-z0-9\-.]{1,64})?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
