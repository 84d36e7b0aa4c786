using ChwFhir.Ehr;

namespace ChwFhir.WriteBack;

/// <summary>Parameters without which a strict server answers no search of a type, or only a part. A lenient one is not burdened with them.</summary>
internal static class Companions
{
    public static IEnumerable<KeyValuePair<string, string>> Of(string type, string patient, EhrCapabilities capabilities)
    {
        if (!capabilities.RequiresEncounter)
            return [];
        return CategoryOf(type) is { } category && capabilities.SearchesBy(type, "category")
            ? [new("patient", patient), new("category", category)]
            : [new("patient", patient)];
    }

    private static string? CategoryOf(string type) => type switch
    {
        "DocumentReference" => "clinical-note",
        "Observation" => "vital-signs",
        "Condition" => "problem-list-item",
        _ => null,
    };
}
