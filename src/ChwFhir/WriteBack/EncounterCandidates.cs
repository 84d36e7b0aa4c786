using System.Globalization;
using ChwFhir.Ehr;
using ChwFhir.Fhir.Client;
using ChwFhir.Fhir.Model;
using ChwFhir.Intake;
using ChwFhir.Mapping;
using ChwFhir.Planning;
using Microsoft.Extensions.Options;

namespace ChwFhir.WriteBack;

/// <summary>Where the EHR takes no new encounter: which of its own may be the visit. Those of the visit's local day, else the programme's standing one.</summary>
internal sealed class EncounterCandidates(EhrQuestions questions, IOptions<EhrOptions> options)
{
    /// <returns>Null when the EHR gave no usable answer.</returns>
    public async Task<IReadOnlyList<EncounterCandidate>?> ReadAsync(VisitNote note, ResolvedNote resolved, MappedNote mapped, EhrCapabilities capabilities, CancellationToken cancellationToken)
    {
        var wanted = mapped.Resources.Any(resource => resource.Key == Planner.EncounterKey) && !capabilities.Takes("Encounter", Interactions.Create);
        if (!wanted)
            return [];

        // The day as it was where the visit took place.
        var day = new DateTimeOffset(note.Visit.Start.Date, note.Visit.Start.Offset);
        var search = await questions.SearchAsync("Encounter", [new("patient", resolved.Patient), new("date", $"ge{Instant(day)}"), new("date", $"lt{Instant(day.AddDays(1))}")], cancellationToken);
        var partial = EhrQuestions.IsPartial(search);
        if (!search.Complete && !partial && (search.Trouble is not FhirAnswer.Refused refused || Answers.IsAboutEndpoint(refused)))
            return null;

        // Of some that are shown and others that are not, none can be taken for the only one: a person chooses.
        var found = search.Matches.OfType<Encounter>()
            .Where(encounter => encounter.Status is not (Encounter.EncounterStatus.Cancelled or Encounter.EncounterStatus.EnteredInError) && EncounterResolver.IsOf(encounter, resolved.Patient))
            .Select(encounter => new EncounterCandidate($"Encounter/{encounter.Id}", !partial && IsHomeVisit(encounter)))
            .ToList();
        if (partial || found.Any(candidate => candidate.IsHomeVisit) || options.Value.ProgrammeEncounter is not { } reference)
            return found;

        return await questions.ReadAsync<Encounter>(reference, cancellationToken) switch
        {
            Lookup<Encounter>.Found { Resource: var standing } when EncounterResolver.IsOf(standing, resolved.Patient) => [.. found, new EncounterCandidate($"Encounter/{standing.Id}", true)],
            Lookup<Encounter>.NoAnswer => null,
            _ => found,
        };
    }

    private bool IsHomeVisit(Encounter encounter) => encounter.Type.SelectMany(type => type.Coding).Append(encounter.Class)
        .Any(coding => coding is not null && options.Value.HomeVisitEncounterTypes.Any(type => type == coding.Code || type == $"{coding.System}|{coding.Code}"));

    private static string Instant(DateTimeOffset time) => time.ToString("yyyy-MM-ddTHH:mm:sszzz", CultureInfo.InvariantCulture);
}
