using ChwFhir.Fhir.Model;

namespace ChwFhir.Chart;

/// <summary>What the chart says of resuscitation: an active Consent, or the latest Observation. Read with the reader's own eyes, when they read.</summary>
public static class CodeStatusInChart
{
    // LOINC 100822-6 is the panel of a code status order, SNOMED CT 304251008 and its children are the resuscitation statuses.
    private static readonly HashSet<string> Codes = ["100822-6", "304251008", "304252001", "304253006", "450475007", "450476008"];

    internal static readonly ChartQuestion Observations =
        new("Observation", ChartQuestion.With(("code", "http://loinc.org|100822-6,http://snomed.info/sct|304251008"))) { IsExtra = true };

    /// <summary>None and whole: the chart was read and has none. None and not whole: it could not be read.</summary>
    public static async Task<ChartPart<CodeStatusFact>> ReadAsync(ChartReading chart)
    {
        var (consents, observations) = (chart.SearchAsync<Consent>(ChartQuestions.Consents with { IsExtra = false }), chart.SearchAsync<Observation>(Observations));
        var (agreed, told) = (await consents, await observations);
        return new ChartPart<CodeStatusFact>(Read(agreed.Items, told.Items) is { } found ? [found] : [], [.. agreed.Missing, .. told.Missing]);
    }

    internal static CodeStatusFact? Read(IReadOnlyList<Consent> consents, IReadOnlyList<Observation> observations) => consents
        .Where(one => one.Status == Consent.ConsentState.Active && Words(one) is not null).Select(one => new CodeStatusFact(Words(one)!, Said.Clean(one.DateTime), Said.Chart(one, Said.Clean(one.DateTime))))
        .Concat(observations.Where(Stands).Where(one => Said.Text(one.Value as CodeableConcept) is not null || one.Value is FhirString { Value: not null })
            .Select(one => new CodeStatusFact(Said.Text(one.Value as CodeableConcept) ?? ((FhirString)one.Value!).Value!, Said.Date(one.Effective), Said.Chart(one, Said.Date(one.Effective)))))
        .NewestFirst(one => one.Date).FirstOrDefault();

    private static bool Stands(Observation one) => one.Status is ObservationStatus.Final or ObservationStatus.Amended or ObservationStatus.Corrected
        && (one.Code?.Coding.Any(coding => coding.Code is { } code && Codes.Contains(code)) is true || Says(one.Code?.Text));

    private static string? Words(Consent consent) => consent.Category.Concat(consent.Provision?.Code ?? [])
        .Where(concept => concept.Coding.Any(coding => coding.Code == "dnr" || Says(coding.Display)) || Says(concept.Text))
        .Select(concept => Said.Text(concept)).FirstOrDefault(text => text is not null);

    private static bool Says(string? text) => text is not null
        && (text.Contains("resuscit", StringComparison.OrdinalIgnoreCase) || text.Contains("code status", StringComparison.OrdinalIgnoreCase) || text.Contains("full code", StringComparison.OrdinalIgnoreCase));
}
