using ChwFhir.Fhir.Client;
using ChwFhir.Fhir.Model;

namespace ChwFhir.Chart;

/// <summary>Why the patient is in a programme: what the visits say of it, and the reasons that the chart's care teams and episodes give.</summary>
internal static class ProgrammeReader
{
    public static IReadOnlyList<ProgrammeFacts> Read(IReadOnlyList<OwnNote> notes, IReadOnlyList<FhirCareTeam> teams, IReadOnlyList<EpisodeOfCare> episodes, IReadOnlyList<Condition> conditions, PlainWords plain, DateTimeOffset now) =>
    [
        .. notes.Where(note => note.Said?.Programme is not null).DistinctBy(note => note.Said!.Programme!.Id)
            .Select(note => new ProgrammeFacts(Said.Clean(note.Said!.Programme!.Name) ?? note.Said.Programme.Id, note.Said.Programme.Start, note.Said.Programme.End, [], note.Source)),
        .. from team in teams
           where team.Status is null or FhirCareTeam.CareTeamStatus.Active && !Said.IsOver(team.Period, now)
           let reasons = Reasons(team.ReasonCode, team.ReasonReference, conditions, plain)
           where reasons.Count > 0
           select new ProgrammeFacts(Said.Clean(team.Name) ?? team.Category.Select(Said.Text).FirstOrDefault(text => text is not null), team.Period?.Start, team.Period?.End, reasons, Said.Chart(team, team.Period?.Start)),
        .. from episode in episodes
           where episode.Status is EpisodeOfCare.EpisodeOfCareStatus.Active or EpisodeOfCare.EpisodeOfCareStatus.Planned or EpisodeOfCare.EpisodeOfCareStatus.Onhold or EpisodeOfCare.EpisodeOfCareStatus.Waitlist or null
           select new ProgrammeFacts(
               episode.Type.Select(Said.Text).FirstOrDefault(text => text is not null) ?? Said.Clean(episode.ManagingOrganization?.Display), episode.Period?.Start, episode.Period?.End,
               Reasons([], episode.Diagnosis.Select(one => one.Condition).OfType<ResourceReference>(), conditions, plain), Said.Chart(episode, episode.Period?.Start)),
    ];

    private static List<ReasonFact> Reasons(IEnumerable<CodeableConcept> codes, IEnumerable<ResourceReference> references, IReadOnlyList<Condition> conditions, PlainWords plain) =>
    [
        .. codes.Select(code => Said.Text(code) is { } text ? new ReasonFact(text, plain.OfProblem(code)) : null)
            .Concat(references.Select(reference => conditions.FirstOrDefault(one => FhirLocation.Parse(reference.Reference)?.Id == one.Id)?.Code is { } code && Said.Text(code) is { } text
                ? new ReasonFact(text, plain.OfProblem(code)) : Said.Clean(reference.Display) is { } display ? new ReasonFact(display, plain.OfProblem(new CodeableConcept { Text = display })) : null))
            .OfType<ReasonFact>().DistinctBy(reason => reason.Text),
    ];
}
