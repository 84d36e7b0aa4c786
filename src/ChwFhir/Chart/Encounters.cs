using ChwFhir.Fhir.Model;

namespace ChwFhir.Chart;

/// <summary>What an encounter is, by its class where that is HL7's, else by what its EHR calls it: sites have classes of their own.</summary>
public static class Encounters
{
    private static readonly (string Kind, string[] Words)[] ByWords =
    [
        ("emergency", ["emergency", "urgencias"]),
        ("observation", ["observation"]),
        ("admission", ["inpatient", "hospital admission", "admission to", "hospitalization"]),
    ];

    /// <summary><c>admission</c>, <c>emergency</c>, <c>observation</c>; null for all that is no stay.</summary>
    public static string? StayOf(Encounter encounter) => encounter.Class?.Code switch
    {
        "IMP" or "ACUTE" or "NONACUTE" or "SS" => "admission",
        "EMER" => "emergency",
        "OBSENC" => "observation",
        "AMB" or "HH" or "VR" or "FLD" or "PRENC" => null,
        _ => ByName(encounter),
    };

    public static string? Text(Encounter encounter) =>
        Said.Clean(string.Join(", ", encounter.Type.Select(Said.Text).OfType<string>().Distinct().Take(3))) ?? Said.Text(encounter.ServiceType) ?? Said.Clean(encounter.Class?.Display) ?? Said.Clean(encounter.Class?.Code);

    public static string? Reason(Encounter encounter) =>
        encounter.ReasonCode.Select(Said.Text).Concat(encounter.ReasonReference.Select(one => Said.Clean(one.Display))).Concat(encounter.Diagnosis.Select(one => Said.Clean(one.Condition?.Display))).FirstOrDefault(text => text is not null);

    public static string? Where(Encounter encounter) => encounter.Location.Select(one => Said.Clean(one.Location?.Display)).FirstOrDefault(text => text is not null) ?? Said.Clean(encounter.ServiceProvider?.Display);

    private static string? ByName(Encounter encounter)
    {
        var words = string.Join(' ', encounter.Type.Select(Said.Text).Append(encounter.Class?.Display).OfType<string>()).ToLowerInvariant();
        return ByWords.FirstOrDefault(kind => kind.Words.Any(word => words.Contains(word, StringComparison.Ordinal))).Kind;
    }
}
