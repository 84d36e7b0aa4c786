namespace ChwFhir.Intake.Ccda.Entries;

/// <summary>A status that is an observation of its own (LOINC 33999-4, SNOMED values).</summary>
internal static class Statuses
{
    public static string? Observed(CdaElement statement)
    {
        foreach (var relation in statement.Children("entryRelationship"))
        {
            var observation = relation["observation"];
            if (observation.Exists && IsStatus(observation) && Word(observation["value"]) is { } word)
                return word;
        }
        return null;
    }

    private static bool IsStatus(CdaElement observation)
    {
        if (observation["code"].Code == "33999-4")
            return true;
        foreach (var template in observation.Children("templateId"))
        {
            if (template.Root is "2.16.840.1.113883.10.20.22.4.6" or "2.16.840.1.113883.10.20.1.47" or "2.16.840.1.113883.10.20.1.50" or "1.3.6.1.4.1.19376.1.5.3.1.4.1.1")
                return true;
        }
        return false;
    }

    private static string? Word(CdaElement value) => value.Code switch
    {
        "55561003" or "246455001" or "263855007" => "active",
        "73425007" or "277022003" or "73425009" => "inactive",
        "413322009" => "resolved",
        "421139008" => "on-hold",
        _ => (CleanText.OneLine(value.Attribute("displayName")) ?? value.Words)?.ToUpperInvariant() switch
        {
            "ACTIVE" => "active",
            "INACTIVE" or "NO LONGER ACTIVE" => "inactive",
            "RESOLVED" => "resolved",
            "ON HOLD" => "on-hold",
            _ => null,
        },
    };
}
