using ChwFhir.Fhir.Model;

namespace ChwFhir.WriteBack;

/// <summary>
/// From a care team's role to the word that a message is addressed to. Care teams are coded freely (SNOMED CT, NUCC, local codes), so the words
/// of code and text decide; the first that fits counts, special before general.
/// </summary>
internal static class CareRoles
{
    private static readonly (string Word, string[] Says)[] Table =
    [
        ("supervisor", ["supervisor"]),
        ("chw", ["community health worker", "chw", "promotor", "health navigator", "peer"]),
        ("palliative-care", ["palliative", "hospice"]),
        ("oncology", ["oncolog"]),
        ("social-work", ["social work"]),
        ("pharmacy", ["pharmac"]),
        ("spiritual-care", ["chaplain", "spiritual", "pastoral", "clergy"]),
        ("nurse", ["nurse", "nursing", "care manager"]),
        ("pcp", ["primary care", "pcp", "general practi", "family medicine", "family practi", "family physician", "general internal medicine"]),
        ("front-desk", ["front desk", "reception", "scheduler", "registrar", "clerk"]),
    ];

    public static IEnumerable<string> Of(CodeableConcept role)
    {
        var text = string.Join(' ', role.Coding.Select(coding => $"{coding.Display} {coding.Code}").Append(role.Text));
        foreach (var (word, says) in Table)
        {
            if (!says.Any(saying => text.Contains(saying, StringComparison.OrdinalIgnoreCase)))
                continue;
            yield return word;
            yield break;
        }
    }
}
