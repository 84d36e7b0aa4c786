using ChwFhir.Fhir.Client;
using ChwFhir.Fhir.Model;

namespace ChwFhir.Chart;

/// <summary>Who looks after the patient, with their phones: of the care teams that are in force, and the general practitioners. What a reference leads to is read beside.</summary>
internal sealed class CareTeamReader(ChartReading chart, DateTimeOffset now)
{
    private readonly List<UnreadPiece> missing = [];

    public async Task<(IReadOnlyList<CareTeamPerson> People, IReadOnlyList<UnreadPiece> Missing)> ReadAsync(IReadOnlyList<FhirCareTeam> teams, Patient? patient)
    {
        var wanted = (from team in teams
                      where team.Status is null or FhirCareTeam.CareTeamStatus.Active && !Said.IsOver(team.Period, now)
                      from participant in team.Participant
                      where participant.Member is { } && !Said.IsOver(participant.Period, now) && !IsPatientsOwn(participant.Member)
                      select PersonAsync(participant.Member!, participant.Role.Select(Said.Text).FirstOrDefault(role => role is not null), participant.OnBehalfOf, Said.Clean(team.Name), Said.Clean(participant.Period?.Start), Said.Chart(team, Said.Clean(participant.Period?.Start ?? team.Period?.Start)))).ToList();
        if (patient is not null)
            wanted.AddRange(patient.GeneralPractitioner.Select(one => PersonAsync(one, "General practitioner", null, null, null, Said.Chart(patient, Said.Stamp(patient.Meta?.LastUpdated)))));
        var people = await Task.WhenAll(wanted);
        IReadOnlyList<CareTeamPerson> all = [.. people.Where(one => one.Name is not null || one.Organization is not null || one.Role is not null).GroupBy(one => (one.Name ?? one.Organization ?? one.Role)!.ToLowerInvariant()).Select(same => same.Aggregate(Together))];
        lock (missing)
            return (all, [.. missing.Distinct()]);
    }

    private async Task<CareTeamPerson> PersonAsync(ResourceReference member, string? role, ResourceReference? onBehalfOf, string? team, string? since, FactSource source)
    {
        var organization = onBehalfOf is null ? null : await OrganizationAsync(onBehalfOf);
        switch (await FollowAsync(member))
        {
            case Practitioner person:
                return new CareTeamPerson(Said.Name(person.Name) ?? Said.Clean(member.Display), role, organization?.Name ?? onBehalfOf?.Display, team, PhonesOf(person.Telecom, organization), since, source);
            case PractitionerRole holder:
                var who = holder.Practitioner is { } practitioner ? FollowAsync(practitioner) : Task.FromResult<Resource?>(null);
                organization ??= holder.Organization is { } where ? await OrganizationAsync(where) : null;
                var person2 = await who as Practitioner;
                return new CareTeamPerson(
                    Said.Name(person2?.Name ?? []) ?? Said.Clean(holder.Practitioner?.Display) ?? Said.Clean(member.Display), role ?? holder.Code.Concat(holder.Specialty).Select(Said.Text).FirstOrDefault(text => text is not null),
                    organization?.Name ?? Said.Clean(holder.Organization?.Display), team,
                    Said.Phones(holder.Telecom) is { Count: > 0 } own ? own : PhonesOf(person2?.Telecom ?? [], organization), since, source);
            case Organization house:
                return new CareTeamPerson(null, role, Said.Clean(house.Name) ?? Said.Clean(member.Display), team, Said.Phones(house.Telecom), since, source);
            case FhirCareTeam nested:
                return new CareTeamPerson(null, role, Said.Clean(nested.Name) ?? Said.Clean(member.Display), team, Said.Phones(nested.Telecom), since, source);
            default:
                return new CareTeamPerson(Said.Clean(member.Display), role, organization?.Name ?? Said.Clean(onBehalfOf?.Display), team, PhonesOf([], organization), since, source);
        }
    }

    private async Task<Organization?> OrganizationAsync(ResourceReference reference) => await FollowAsync(reference) as Organization;

    private async Task<Resource?> FollowAsync(ResourceReference reference)
    {
        if (reference.Reference is not { } to)
            return null;
        var (found, unread) = await chart.FollowAsync(to);
        if (unread is not null)
            lock (missing)
                missing.Add(unread);
        return found;
    }

    private static IReadOnlyList<Phone> PhonesOf(IEnumerable<ContactPoint> own, Organization? organization) =>
        Said.Phones(own) is { Count: > 0 } phones ? phones : organization is null ? [] : Said.Phones(organization.Telecom);

    // The patient and their family are on the team too, but not among those who are called.
    private static bool IsPatientsOwn(ResourceReference member) => FhirLocation.Parse(member.Reference)?.Type is "Patient" or "RelatedPerson";

    private static CareTeamPerson Together(CareTeamPerson first, CareTeamPerson next) => first with
    {
        Role = first.Role ?? next.Role,
        Organization = first.Organization ?? next.Organization,
        Team = first.Team ?? next.Team,
        Phones = first.Phones.Count > 0 ? first.Phones : next.Phones,
        Since = first.Since ?? next.Since,
    };
}
