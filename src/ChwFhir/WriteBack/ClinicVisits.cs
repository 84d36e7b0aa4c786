using System.Globalization;
using ChwFhir.Ehr;
using ChwFhir.Fhir.Client;
using ChwFhir.Fhir.Model;
using ChwFhir.Intake;
using ChwFhir.Intake.Summaries;
using ChwFhir.WriteBack.Inputs;
using Microsoft.Extensions.Options;

namespace ChwFhir.WriteBack;

/// <summary>The EHR's own encounter of a visit that a summary is of: by its number, else the only one of that patient, day and provider.</summary>
internal sealed class ClinicVisits(EhrQuestions questions, EhrConnection ehr, IOptions<EhrOptions> options)
{
    /// <param name="author">The responsible clinician, as the EHR knows them.</param>
    /// <returns>Neither: the EHR has none, or it cannot be told which one.</returns>
    public async Task<(string? Reference, Resolution? Ending)> FindAsync(Input input, string patient, string? author, CancellationToken cancellationToken)
    {
        if (input.Summary is not { Encounter: { } visit } summary || await ehr.CapabilitiesAsync(cancellationToken) is not { } capabilities || !capabilities.Takes("Encounter", Interactions.Search))
            return (null, null);

        foreach (var number in visit.Identifiers)
        {
            switch (await questions.FindAsync<Encounter>("Encounter", new PersonRef { Identifier = number }, cancellationToken))
            {
                case Lookup<Encounter>.Found { Resource: var found } when MayBe(found, patient): return ($"Encounter/{found.Id}", null);
                case Lookup<Encounter>.NoAnswer: return (null, new Resolution.NoAnswer());
            }
        }
        return visit.Start is null || !EncounterDay.IsMeant(input.VisitTime.DateTime) ? (null, null) : await OfThatDayAsync(input.VisitTime, Names(summary, visit), patient, author, cancellationToken);
    }

    private async Task<(string? Reference, Resolution? Ending)> OfThatDayAsync(DateTimeOffset time, IReadOnlyList<string> names, string patient, string? author, CancellationToken cancellationToken)
    {
        var day = new DateTimeOffset(time.Date, time.Offset);
        var search = await questions.SearchAsync("Encounter", [new("patient", patient), new("date", $"ge{Instant(day)}"), new("date", $"lt{Instant(day.AddDays(1))}")], cancellationToken);
        if (EhrQuestions.MayPass(search))
            return (null, new Resolution.NoAnswer());
        // Of some that are shown and others that are not, none can be taken for the only one.
        if (!search.Complete)
            return (null, null);

        var found = search.Matches.OfType<Encounter>().Where(encounter => MayBe(encounter, patient) && !IsHomeVisit(encounter) && EncounterDay.Overlaps(encounter, day)).ToList();
        var theirs = found.Where(encounter => IsWith(encounter, names, author)).ToList();
        return (theirs, found) switch
        {
            ([var only], _) => ($"Encounter/{only.Id}", null),
            ([], [{ Participant.Count: 0 } only]) => ($"Encounter/{only.Id}", null),
            ([], [var only]) when names.Count == 0 && author is null => ($"Encounter/{only.Id}", null),
            _ => (null, null),
        };
    }

    private static IReadOnlyList<string> Names(AfterVisitSummary summary, SummaryEncounter visit) =>
        [.. summary.Authors.Select(one => one.Name).Append(visit.Provider).OfType<string>().Select(FoldedName.Of).Where(name => name.Length > 0).Distinct()];

    private bool IsWith(Encounter encounter, IReadOnlyList<string> names, string? author) => encounter.Participant.Any(participant => participant.Individual is { } who
        && ((author is not null && who.Reference is { } reference && questions.Local(reference) is { } local && $"{local.Type}/{local.Id}" == author)
            || (who.Display is { } display && names.Any(name => IsSame(name, FoldedName.Of(display))))));

    // "Jane Doe" and "Jane Doe, MD" are one.
    private static bool IsSame(string one, string other) => one == other || (other.Length > 0 && (one.Contains(other, StringComparison.Ordinal) || other.Contains(one, StringComparison.Ordinal)));

    private static bool MayBe(Encounter encounter, string patient) =>
        encounter is { Id: not null, Status: not (Encounter.EncounterStatus.Cancelled or Encounter.EncounterStatus.EnteredInError) } && EncounterResolver.IsOf(encounter, patient);

    private bool IsHomeVisit(Encounter encounter) => encounter.Class?.Code == "HH" || encounter.Type.SelectMany(type => type.Coding).Append(encounter.Class)
        .Any(coding => coding is not null && options.Value.HomeVisitEncounterTypes.Any(type => type == coding.Code || type == $"{coding.System}|{coding.Code}"));

    private static string Instant(DateTimeOffset time) => time.ToString("yyyy-MM-ddTHH:mm:sszzz", CultureInfo.InvariantCulture);
}
