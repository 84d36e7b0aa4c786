using System.Text.RegularExpressions;

namespace ChwFhir.Intake.FhirDocuments;

/// <summary>Paths of FHIR (<c>Bundle.entry[3].resource.birthDate</c>) as JSON Pointers.</summary>
internal static partial class Pointers
{
    public static string Of(string path)
    {
        var dot = path.IndexOfAny(['.', '[']);
        return dot < 0 ? "" : "/" + Index().Replace(path[dot..].TrimStart('.'), "/$1").Replace('.', '/').TrimStart('/');
    }

    [GeneratedRegex(@"\[(\d+)\]", RegexOptions.CultureInvariant)]
    private static partial Regex Index();
}
