using ChwFhir.Access;
using ChwFhir.Fhir.Client;
using ChwFhir.Fhir.Model;
using ChwFhir.Intake;
using ChwFhir.Mapping;
using Microsoft.Extensions.Caching.Memory;

namespace ChwFhir.WriteBack;

/// <summary>Who looks after the patient, and which of the note's words for recipients each of them answers to.</summary>
internal sealed class CareTeamReader(EhrQuestions questions, Sensitivity sensitivity) : IDisposable
{
    // Notes of one patient often come together, as when a phone finds a network again.
    private static readonly TimeSpan Remembered = TimeSpan.FromSeconds(30);
    private readonly MemoryCache seen = new(new MemoryCacheOptions { SizeLimit = 5_000 });

    private static readonly NoteIssue NotRead = new("warning", "care-team-not-read", null, "the EHR did not say who is on the patient's care team; messages name roles only");

    public async Task<(string? CareTeam, IReadOnlyList<TeamMember> Team, NoteIssue? Issue, bool MayPass)> ReadAsync(Patient chart, CancellationToken cancellationToken)
    {
        var search = await SearchAsync(chart.Id!, cancellationToken);
        var teams = search.Matches.OfType<FhirCareTeam>()
            // A team that the EHR keeps from CHWs names nobody in what they read; messages reach it by its roles.
            .Where(team => team.Status is null or FhirCareTeam.CareTeamStatus.Active or FhirCareTeam.CareTeamStatus.Proposed).Where(team => !sensitivity.IsLabelled(team))
            .OrderBy(team => team.Status == FhirCareTeam.CareTeamStatus.Active ? 0 : 1).ThenBy(team => team.Id, StringComparer.Ordinal).ToList();
        var members = teams.SelectMany(team => team.Participant)
            .Where(participant => participant.Member?.Reference is not null && !IsFamily(participant.Member.Reference))
            .GroupBy(participant => participant.Member!.Reference!)
            .Select(group => new TeamMember(group.Key, group.First().Member!.Display, [.. group.SelectMany(participant => participant.Role).SelectMany(CareRoles.Of).Distinct()]))
            .ToList();
        if (!members.Any(member => member.Roles.Contains("pcp")) && chart.GeneralPractitioner.FirstOrDefault(one => one.Reference is not null) is { } general)
            members.Add(new TeamMember(general.Reference!, general.Display, ["pcp"]));

        return (teams.FirstOrDefault() is { } first ? $"CareTeam/{first.Id}" : null, members, search.Complete ? null : NotRead, EhrQuestions.MayPass(search));
    }

    public void Dispose() => seen.Dispose();

    private async Task<FhirSearch> SearchAsync(string patient, CancellationToken cancellationToken)
    {
        if (seen.TryGetValue(patient, out FhirSearch? before))
            return before!;

        var search = await questions.SearchAsync("CareTeam", [new("patient", $"Patient/{patient}")], cancellationToken);
        if (search.Complete)
            seen.Set(patient, search, new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = Remembered });
        return search;
    }

    private static bool IsFamily(string reference) => reference.Contains("RelatedPerson/", StringComparison.Ordinal) || reference.Contains("Patient/", StringComparison.Ordinal);
}
