using ChwFhir.Fhir.Model;

namespace ChwFhir.Chart;

/// <summary>What kinds of advance directives there are, by the codes of documents and of statements about them (LOINC, as PACIO ADI and US Core use them).</summary>
internal static class DirectiveKinds
{
    private const string Loinc = "http://loinc.org";

    private static readonly Dictionary<string, string> ByCode = new(StringComparer.Ordinal)
    {
        ["42348-3"] = "other", // Advance healthcare directives
        ["75320-2"] = "other",
        ["84095-9"] = "dnr", // Do not resuscitate
        ["81334-5"] = "advance-care-plan", // Patient personal advance care plan
        ["92664-2"] = "other", // Power of attorney and living will
        ["93037-0"] = "polst", // Portable medical order form
        ["100821-8"] = "polst", // National POLST form
        ["81352-7"] = "polst",
        ["64298-3"] = "healthcare-proxy", // Power of attorney
        ["81335-2"] = "healthcare-proxy",
        ["81377-4"] = "healthcare-proxy",
        ["86533-7"] = "living-will", // Patient living will
        ["45473-6"] = "other", // Advance healthcare directive completed
        ["81351-9"] = "dnr",
        ["75786-4"] = "other",
    };

    /// <summary>Types of documents.</summary>
    public static readonly IReadOnlyList<string> DocumentTypes = ["42348-3", "84095-9", "81334-5", "92664-2", "93037-0", "100821-8", "64298-3", "86533-7"];

    /// <summary>Statements that there is one, or is none.</summary>
    public static readonly IReadOnlyList<string> ObservationCodes = ["75320-2", "45473-6", "81352-7", "81351-9", "81335-2", "75786-4", "64298-3", "42348-3", "86533-7"];

    /// <summary>Null when it is none.</summary>
    public static string? Of(params IEnumerable<CodeableConcept?> concepts)
    {
        var kinds = concepts.SelectMany(concept => concept?.Coding ?? []).Where(coding => coding.System is Loinc && coding.Code is not null && ByCode.ContainsKey(coding.Code)).Select(coding => ByCode[coding.Code!]).ToList();
        return kinds.FirstOrDefault(kind => kind != "other") ?? kinds.FirstOrDefault();
    }
}
