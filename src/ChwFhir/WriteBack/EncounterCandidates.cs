using System.Globalization;
using ChwFhir.Access;
using ChwFhir.Ehr;
using ChwFhir.Fhir.Client;
using ChwFhir.Fhir.Model;
using ChwFhir.Mapping;
using ChwFhir.Planning;
using ChwFhir.WriteBack.Inputs;
using Microsoft.Extensions.Options;

namespace ChwFhir.WriteBack;

/// <summary>Where the EHR takes no new encounter: which of its own may be the visit. Those of the visit's local day, else the programme's standing one.</summary>
internal sealed class EncounterCandidates(EhrQuestions questions, IOptions<EhrOptions> options, Sensitivity sensitivity)
{
    /// <returns>Null when the EHR gave no usable answer.</returns>
    public async Task<IReadOnlyList<EncounterCandidate>?> ReadAsync(Input input, ResolvedNote resolved, MappedNote mapped, EhrCapabilities capabilities, CancellationToken cancellationToken)
    {
        // A visit at a hospital bedside makes no encounter; where nothing is filed without one, it needs one all the same.
        var wanted = resolved.Encounter is null && !capabilities.Takes("Encounter", Interactions.Create)
            && (capabilities.RequiresEncounter || mapped.Resources.Any(resource => resource.Key == Planner.EncounterKey));
        if (!wanted || !EncounterDay.IsMeant(input.VisitTime.DateTime))
            return [];

        // The day as it was where the visit took place.
        var day = new DateTimeOffset(input.VisitTime.Date, input.VisitTime.Offset);
        var search = await questions.SearchAsync("Encounter", [new("patient", resolved.Patient), new("date", $"ge{Instant(day)}"), new("date", $"lt{Instant(day.AddDays(1))}")], cancellationToken);
        var partial = EhrQuestions.IsPartial(search);
        if (!search.Complete && !partial && (search.Trouble is not FhirAnswer.Refused refused || Answers.IsAboutEndpoint(refused)))
            return null;

        // Of some that are shown and others that are not, none can be taken for the only one: a person chooses.
        var found = search.Matches.OfType<Encounter>()
            .Where(encounter => MayBeUsed(encounter, resolved.Patient) && EncounterDay.MayOverlap(encounter, day))
            .Select(encounter => Candidate(encounter, !partial && input.IsHomeVisit && IsHomeVisit(encounter) && EncounterDay.Overlaps(encounter, day)))
            .ToList();
        if (partial || !input.IsHomeVisit || options.Value.ProgrammeEncounter is not { } reference)
            return found;
        // The standing one, which lasts all the time, may be of that day as well: it is for visits that have none of their own.
        var own = found.Where(candidate => questions.Local(reference) is not { } standing || candidate.Reference != $"Encounter/{standing.Id}").ToList();
        if (own.Any(candidate => candidate.IsHomeVisit))
            return own;

        return await questions.ReadAsync<Encounter>(reference, cancellationToken) switch
        {
            Lookup<Encounter>.Found { Resource: var there } when MayBeUsed(there, resolved.Patient) =>
                [.. found.Where(candidate => candidate.Reference != $"Encounter/{there.Id}"), Candidate(there, true)],
            Lookup<Encounter>.NoAnswer => null,
            _ => found,
        };
    }

    /// <summary>Whether an encounter is going on; null when the EHR does not tell.</summary>
    public async Task<bool?> IsOpenAsync(string reference, CancellationToken cancellationToken) =>
        await questions.ReadAsync<Encounter>(reference, cancellationToken) is Lookup<Encounter>.Found { Resource: var encounter } ? IsOpen(encounter) : null;

    private static bool MayBeUsed(Encounter encounter, string patient) =>
        encounter is { Id: not null, Status: not (Encounter.EncounterStatus.Cancelled or Encounter.EncounterStatus.EnteredInError) } && EncounterResolver.IsOf(encounter, patient);

    // What kind of visit it was would tell a CHW what the EHR keeps from them.
    private EncounterCandidate Candidate(Encounter encounter, bool isHomeVisit) =>
        new($"Encounter/{encounter.Id}", isHomeVisit) { Open = IsOpen(encounter), Words = sensitivity.IsLabelled(encounter) ? null : EncounterDay.InWords(encounter) };

    private static bool? IsOpen(Encounter encounter) => encounter.Status switch
    {
        Encounter.EncounterStatus.Arrived or Encounter.EncounterStatus.Triaged or Encounter.EncounterStatus.InProgress or Encounter.EncounterStatus.Onleave => true,
        Encounter.EncounterStatus.Planned or Encounter.EncounterStatus.Finished => false,
        _ => null,
    };

    private bool IsHomeVisit(Encounter encounter) => encounter.Type.SelectMany(type => type.Coding).Append(encounter.Class)
        .Any(coding => coding is not null && options.Value.HomeVisitEncounterTypes.Any(type => type == coding.Code || type == $"{coding.System}|{coding.Code}"));

    private static string Instant(DateTimeOffset time) => time.ToString("yyyy-MM-ddTHH:mm:sszzz", CultureInfo.InvariantCulture);
}
