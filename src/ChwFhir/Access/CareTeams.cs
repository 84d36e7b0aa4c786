using ChwFhir.Ehr;
using ChwFhir.Fhir.Client;
using ChwFhir.Fhir.Model;
using ChwFhir.Intake;
using Microsoft.Extensions.Options;

namespace ChwFhir.Access;

/// <summary>What the EHR's care teams say of who looks after whom, remembered for a while.</summary>
internal sealed class CareTeams(EhrConnection ehr, IOptions<AccessOptions> options, TimeProvider time)
{
    private const int MaxPages = 20;
    private readonly Remembered<Teams> byMember = new(options.Value.PanelRefresh, options.Value.PanelKeep, time);
    private readonly Remembered<Members> byPatient = new(options.Value.PanelRefresh, options.Value.PanelKeep, time);

    /// <summary>The care teams that somebody is on. Null while the EHR does not answer.</summary>
    public Task<Teams?> OfMemberAsync(string practitioner, CancellationToken cancellationToken) => byMember.GetAsync(practitioner, () => AskOfMemberAsync(practitioner), cancellationToken);

    /// <summary>Who looks after a patient: care teams and the general practitioners of the chart. Null while the EHR does not answer.</summary>
    public Task<Members?> OfPatientAsync(string patient, CancellationToken cancellationToken) => byPatient.GetAsync(patient, () => AskOfPatientAsync(patient), cancellationToken);

    private async Task<Teams?> AskOfMemberAsync(string practitioner)
    {
        if (ehr.Endpoint.ReadsPausedUntil is not null || await ehr.CapabilitiesAsync(CancellationToken.None) is not { } capabilities)
            return null;
        if (!capabilities.SearchesBy("CareTeam", "participant"))
            return Teams.NotServed;

        var search = await ehr.Client.SearchAsync("CareTeam", [new("participant", practitioner)], MaxPages, CancellationToken.None);
        if (search.Trouble is FhirAnswer.Refused { Status: 400 or 403 or 404 or 405 or 501 })
            return Teams.NotServed;
        if (search.Trouble is not null)
            return null;
        // A server that does not know the parameter may have left it out.
        var teams = search.Matches.OfType<FhirCareTeam>().Where(team => IsInForce(team) && MembersOf(team).Contains(practitioner)).ToList();
        return new Teams(
            teams.Select(team => Local(team.Subject?.Reference, "Patient")).OfType<string>().ToHashSet(StringComparer.Ordinal),
            teams.SelectMany(MembersOf).Where(member => member != practitioner).ToHashSet(StringComparer.Ordinal), IsServed: true);
    }

    private async Task<Members?> AskOfPatientAsync(string patient)
    {
        if (ehr.Endpoint.ReadsPausedUntil is not null)
            return null;
        var teams = ehr.Client.SearchAsync("CareTeam", [new("patient", patient)], MaxPages, CancellationToken.None);
        var chart = await ehr.Client.ReadAsync("Patient", patient["Patient/".Length..], CancellationToken.None);
        var search = await teams;
        if (search.Trouble is not (null or FhirAnswer.Refused) || chart is not (FhirAnswer.Done or FhirAnswer.Refused))
            return null;

        var members = search.Matches.OfType<FhirCareTeam>().Where(team => IsInForce(team) && Local(team.Subject?.Reference, "Patient") == patient).SelectMany(AnyMembersOf);
        var general = chart is FhirAnswer.Done { Resource: Patient person } ? person.GeneralPractitioner.Select(one => Local(one.Reference, "Practitioner") ?? Local(one.Reference, "PractitionerRole")).OfType<string>() : [];
        return new Members(members.Concat(general).ToHashSet(StringComparer.Ordinal));
    }

    private static bool IsInForce(FhirCareTeam team) => team.Status is null or FhirCareTeam.CareTeamStatus.Active;

    private IEnumerable<string> MembersOf(FhirCareTeam team) => team.Participant.SelectMany(one => new[] { one.Member?.Reference, one.OnBehalfOf?.Reference }).Select(reference => Local(reference, "Practitioner")).OfType<string>();

    // Somebody may stand on a team in a role of theirs.
    private IEnumerable<string> AnyMembersOf(FhirCareTeam team) => MembersOf(team).Concat(team.Participant.Select(one => Local(one.Member?.Reference, "PractitionerRole")).OfType<string>());

    private string? Local(string? reference, string type) =>
        reference is not null && FhirReference.TryParse(reference, out var parsed) && parsed.Type == type && (parsed.Base is null || parsed.Base.TrimEnd('/') == ehr.Id) ? $"{type}/{parsed.Id}" : null;

    /// <param name="Patients"><c>Patient/x</c>.</param>
    /// <param name="Colleagues"><c>Practitioner/x</c>: who else is on these teams.</param>
    /// <param name="IsServed">False: the EHR has no such search.</param>
    internal sealed record Teams(IReadOnlySet<string> Patients, IReadOnlySet<string> Colleagues, bool IsServed)
    {
        public static readonly Teams NotServed = new(new HashSet<string>(), new HashSet<string>(), false);
    }

    /// <param name="All"><c>Practitioner/x</c>, and <c>PractitionerRole/x</c> where somebody is named in a role.</param>
    internal sealed record Members(IReadOnlySet<string> All);
}
