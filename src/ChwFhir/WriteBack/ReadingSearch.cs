using System.Globalization;
using ChwFhir.Ehr;
using ChwFhir.Fhir.Client;
using ChwFhir.Fhir.Model;

namespace ChwFhir.WriteBack;

/// <summary>Looks for a vital sign by whose, what and when it is: the same reading, whatever the server made of its units and identifiers.</summary>
internal sealed class ReadingSearch(EhrQuestions questions)
{
    private const string Type = "Observation";

    /// <summary>A vital sign with a code and a moment: only of such can it be said.</summary>
    public static bool CanTell(Resource resource) => resource is Observation reading
        && reading.Category.Any(category => category.Coding.Any(coding => coding.Code == "vital-signs")) && CodeOf(reading) is not null && MomentOf(reading) is not null;

    /// <param name="taken">Readings that are others of ours: two of a visit may have one code and time.</param>
    /// <returns>What was found, and whether the search was complete; null when the EHR gives no answer just now.</returns>
    public async Task<(Observation? Found, bool Complete)?> FindAsync(Observation reading, IReadOnlySet<string> taken, string patient, EhrCapabilities capabilities, CancellationToken cancellationToken)
    {
        var (code, moment) = (CodeOf(reading)!, MomentOf(reading)!.Value);
        var search = await questions.SearchAsync(Type,
        [
            new("patient", patient), new("code", $"{SearchText.Escape(code.System!)}|{SearchText.Escape(code.Code!)}"),
            new("date", $"ge{Day(moment.AddDays(-1))}"), new("date", $"le{Day(moment.AddDays(1))}"),
            .. Companions.Of(Type, patient, capabilities).Where(one => one.Key != "patient"),
        ], cancellationToken);
        var refused = search.Trouble is FhirAnswer.Refused answer && !Answers.IsAboutEndpoint(answer);
        if (!search.Complete && !refused && !EhrQuestions.IsPartial(search))
            return null;

        var found = search.Matches.OfType<Observation>().FirstOrDefault(one => MomentOf(one) == moment && !taken.Contains($"{Type}/{one.Id}")
            && one.Status is not ObservationStatus.EnteredInError
            && one.Code?.Coding.Any(coding => reading.Code!.Coding.Any(ours => ours.System == coding.System && ours.Code == coding.Code)) is true);
        return (found, search.Complete);
    }

    private static Coding? CodeOf(Observation reading) => reading.Code?.Coding.FirstOrDefault(coding => coding is { System: not null, Code: not null });

    private static DateTimeOffset? MomentOf(Observation reading) =>
        reading.Effective is FhirDateTime { Value: { Length: > 10 } text } && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var moment) ? moment : null;

    private static string Day(DateTimeOffset moment) => moment.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
