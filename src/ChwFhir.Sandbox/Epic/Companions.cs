using ChwFhir.Sandbox.Search;

namespace ChwFhir.Sandbox.Epic;

/// <summary>What must stand beside what in a search.</summary>
internal static class Companions
{
    private static readonly string[] Control = ["_count", "_format", "_pretty", "_include", "_revinclude", "_sort", "_total", "_summary"];

    // Found by themselves, without a patient.
    private static readonly string[] OfNoPatient = ["Patient", "Practitioner", "PractitionerRole", "Organization", "Location", "Medication", "Questionnaire", "Binary", "Group", "Endpoint", "List", "Device", "Substance"];

    private const string CarePlanKinds = "This resource requires a category for searching. Use 38717003 for longitudinal, 734163000 for encounter, 736271009 for outpatient, 736353004 for inpatient, "
        + "738906000 for dental, 736378000 for oncology, or 719091000000102 for questionnaires due.";

    public static void Check(string type, IReadOnlyList<(string Name, string Value)> asked)
    {
        var names = asked.Select(pair => pair.Name.Split(':')[0]).ToHashSet(StringComparer.Ordinal);
        names.ExceptWith(Control);
        if (names.Count == 0)
            throw Numbers.Refused(400, "4110");
        if (names.Contains("_id") || (names.Contains("identifier") && type is "Patient" or "Encounter"))
            return;
        if (asked.Where(pair => pair.Name.Split(':')[0] is "patient" or "subject").Select(pair => pair.Value.Split('/')[^1]).Distinct().Count() > 1)
            throw Numbers.Refused(400, "4112", "More than one patient.");
        var hasPatient = names.Contains("patient") || names.Contains("subject");
        if (!hasPatient && !OfNoPatient.Contains(type) && SearchParameters.Find(type, "patient") is not null)
            throw Numbers.Refused(400, "4111", "A patient is required.", "patient");
        switch (type)
        {
            case "Observation" when !names.Contains("code") && !names.Contains("category"):
                throw Numbers.RequiredMissing("Must have either code or category.", "code/category");
            case "CarePlan" when !names.Contains("category"):
                throw Numbers.BusinessRule(CarePlanKinds, "category");
            case "Patient" when !names.Overlaps(["name", "family", "given", "birthdate", "telecom"]):
                throw Numbers.Refused(400, "4112", "Not enough to look for a patient by.");
        }
    }
}
