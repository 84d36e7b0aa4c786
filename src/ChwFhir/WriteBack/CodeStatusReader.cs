using ChwFhir.Access;
using ChwFhir.Fhir.Model;
using ChwFhir.Mapping;

namespace ChwFhir.WriteBack;

/// <summary>The code status that stands in the chart (as an advance-directive Consent), so that a patient's wish is never read as an order.</summary>
internal sealed class CodeStatusReader(EhrQuestions questions, Sensitivity sensitivity)
{
    public async Task<(bool Read, CodeStatus? Status, bool MayPass)> ReadAsync(string patient, CancellationToken cancellationToken)
    {
        var search = await questions.SearchAsync("Consent", [new("patient", patient)], cancellationToken);
        var latest = search.Matches.OfType<Consent>()
            .Where(consent => consent.Status == Consent.ConsentState.Active)
            .Select(consent => (Words: Words(consent), consent.DateTime, IsWithheld: sensitivity.IsLabelled(consent)))
            .Where(found => found.Words is not null)
            .OrderByDescending(found => found.DateTime, StringComparer.Ordinal)
            .FirstOrDefault();
        // The document is the CHW's as well: what the EHR keeps from them is as if it could not be read.
        if (latest.IsWithheld)
            return (false, null, false);
        return (search.Complete, latest.Words is { } words ? new CodeStatus(words, latest.DateTime) : null, EhrQuestions.MayPass(search));
    }

    private static string? Words(Consent consent) => consent.Category
        .Concat(consent.Provision?.Code ?? [])
        .Where(concept => concept.Coding.Any(coding => coding.Code == "dnr" || Says(coding.Display)) || Says(concept.Text))
        .Select(concept => concept.Text ?? concept.Coding.Select(coding => coding.Display).FirstOrDefault(display => display is not null) ?? "do not resuscitate")
        .FirstOrDefault();

    private static bool Says(string? text) => text is not null
        && (text.Contains("resuscit", StringComparison.OrdinalIgnoreCase) || text.Contains("code status", StringComparison.OrdinalIgnoreCase) || text.Contains("full code", StringComparison.OrdinalIgnoreCase));
}
