using ChwFhir.Access;
using ChwFhir.CareTeam;
using ChwFhir.Ehr;
using ChwFhir.Fhir.Client;
using ChwFhir.Fhir.Model;
using ChwFhir.SmartApp.Chart;
using ChwFhir.SmartApp.Patients;
using ChwFhir.SmartApp.Speech;
using Microsoft.Extensions.Options;

namespace ChwFhir.SmartApp.MyChw;

/// <summary>Puts together who a patient's CHWs are: their notes, the care team and staff of the chart as this reader may see them, and what the programme says.</summary>
internal sealed class ChwCardReader(UserChart charts, Cards cards, Sensitivity sensitivity, IOptions<CareTeamOptions> team)
{
    private const int MostPeople = 3;
    private const int LargestPhoto = 2 * 1024 * 1024;

    // NUCC: community health worker.
    private const string Chw = "172V00000X";
    private static readonly string[] Pictures = ["image/jpeg", "image/png", "image/webp"];

    public async Task<ChwCards> ReadAsync(PatientHere here, CancellationToken cancellationToken)
    {
        var client = charts.Of(here.Session);
        var line = (await here.StandingTask).Chw;
        var (members, silent) = await OnTeamAsync(client, here, cancellationToken);
        IEnumerable<(string? Reference, string? Name)> known = line is null ? [] : [(line.Reference, line.Name)];
        var people = known.Concat(members).DistinctBy(one => one.Reference ?? one.Name).Take(MostPeople).ToList();
        var read = await Task.WhenAll(people.Select(one => CardAsync(client, here, one.Reference, one.Name, line is not null && one.Reference == line.Reference ? line : null, cancellationToken)));
        var (language, programme) = (here.Words.Language, cards.Programme);
        return new ChwCards([.. read.Select(one => one.Card)], programme.Does.GetValueOrDefault(language) ?? [], programme.DoesNot.GetValueOrDefault(language) ?? [], silent || read.Any(one => one.Silent));
    }

    /// <summary>Of the programme's file, else of the chart.</summary>
    public async Task<(byte[] Bytes, string Type)?> PhotoAsync(PatientHere here, string practitioner, CancellationToken cancellationToken)
    {
        if (cards.PhotoOf(practitioner) is { } kept)
            return kept;
        var (person, _) = await PersonAsync(charts.Of(here.Session), here, practitioner, cancellationToken);
        return person is not null && PhotoOf(person) is { } photo ? (photo.Data!, photo.ContentType!) : null;
    }

    private async Task<(ChwCard Card, bool Silent)> CardAsync(FhirClient client, PatientHere here, string? reference, string? name, ChwLine? line, CancellationToken cancellationToken)
    {
        var (person, noPerson) = reference is null ? (null, false) : await PersonAsync(client, here, reference, cancellationToken);
        var (role, noRole) = reference is null ? (null, false) : await RoleAsync(client, here, reference, cancellationToken);
        var said = reference is null ? null : cards.Programme.People.GetValueOrDefault(reference);
        var supervisor = said?.Supervisor ?? cards.Programme.Supervisor;
        IEnumerable<string?> phones = [said?.Phone, line?.Phone, .. Phones(role?.Telecom), .. Phones(person?.Telecom)];
        return (new ChwCard(
            said?.Name ?? (person is null ? null : People.Name(person.Name)) ?? name, reference, (said?.Photo ?? (person is null ? null : PhotoOf(person)?.ContentType)) is not null,
            line?.Programme, line?.ProgrammeStart, line?.ProgrammeEnd, role?.Organization?.Display, Languages(here.Words, said, person), [.. phones.OfType<string>().DistinctBy(Digits)], Reach(here.Words, said, role),
            supervisor?.Name, supervisor?.Phone, line?.LastVisit), noPerson || noRole);
    }

    private async Task<(IReadOnlyList<(string? Reference, string? Name)> People, bool Silent)> OnTeamAsync(FhirClient client, PatientHere here, CancellationToken cancellationToken)
    {
        if (!UserChart.May(here.Session, "CareTeam", Interactions.Search))
            return ([], false);
        var found = await client.SearchAsync("CareTeam", [new("patient", here.Id)], 2, cancellationToken);
        return ([
            .. from one in found.Matches.OfType<FhirCareTeam>()
               where one.Status is null or FhirCareTeam.CareTeamStatus.Active && one.Subject?.Reference?.EndsWith(here.Reference, StringComparison.Ordinal) is true && !sensitivity.IsWithheld(UserChart.Eyes(here.Session), one)
               from member in one.Participant
               where member.Role.Any(role => role.Coding.Any(coding => coding.Code == Chw)) && member.Member?.Reference?.StartsWith("Practitioner/", StringComparison.Ordinal) is true
               select (member.Member!.Reference, member.Member.Display),
        ], found.Trouble is not null and not FhirAnswer.Refused);
    }

    private static async Task<(Practitioner? Person, bool Silent)> PersonAsync(FhirClient client, PatientHere here, string reference, CancellationToken cancellationToken)
    {
        if (!UserChart.May(here.Session, "Practitioner", Interactions.Read))
            return (null, false);
        var answer = await client.ReadAsync("Practitioner", reference["Practitioner/".Length..], cancellationToken);
        return ((answer as FhirAnswer.Done)?.Resource as Practitioner, answer is not (FhirAnswer.Done or FhirAnswer.Refused));
    }

    private static async Task<(PractitionerRole? Role, bool Silent)> RoleAsync(FhirClient client, PatientHere here, string reference, CancellationToken cancellationToken)
    {
        if (!UserChart.May(here.Session, "PractitionerRole", Interactions.Search))
            return (null, false);
        var found = await client.SearchAsync("PractitionerRole", [new("practitioner", reference)], 1, cancellationToken);
        var roles = found.Matches.OfType<PractitionerRole>().Where(role => role.Active is not false && role.Practitioner?.Reference?.EndsWith(reference, StringComparison.Ordinal) is true);
        return (roles.OrderByDescending(role => role.Code.Any(code => code.Coding.Any(coding => coding.Code == Chw))).FirstOrDefault(), found.Trouble is not null and not FhirAnswer.Refused);
    }

    private List<string> Reach(Wording words, CardPerson? said, PractitionerRole? role)
    {
        List<string> ways = [.. new[] { said?.Reach.GetValueOrDefault(words.Language) ?? cards.Programme.Reach.GetValueOrDefault(words.Language), role?.AvailabilityExceptions }.OfType<string>()];
        foreach (var time in said?.Reach.Count > 0 ? [] : role?.AvailableTime ?? [])
        {
            var days = string.Join(", ", time.DaysOfWeek.Select(day => words.Of("card.day", day?.GetLiteral() ?? "")));
            var hours = time.AllDay is true ? words["card.all-day"] : time is { AvailableStartTime: { Length: >= 5 } from, AvailableEndTime: { Length: >= 5 } to } ? $"{from[..5]}–{to[..5]}" : "";
            if (days.Length + hours.Length > 0)
                ways.Add($"{days} {hours}".Trim());
        }
        if (team.Value.AfterHoursPhone is { Length: > 0 } phone)
            ways.Add(words.Say("card.after-hours", phone));
        return ways;
    }

    private static List<string> Languages(Wording words, CardPerson? said, Practitioner? person) => [.. (said?.Languages is { Count: > 0 } named ? named
        : person?.Communication.Select(one => one.Coding.FirstOrDefault()?.Code ?? one.Text).OfType<string>() ?? []).Select(code => words.Of("tongue", code.Split('-')[0])).Distinct()];

    private static IEnumerable<string?> Phones(IEnumerable<ContactPoint>? points) =>
        points?.Where(point => point is { System: ContactPoint.ContactPointSystem.Phone, Use: not (ContactPoint.ContactPointUse.Old or ContactPoint.ContactPointUse.Home) }).Select(point => point.Value?.Trim()).Where(phone => phone?.Any(char.IsAsciiDigit) is true) ?? [];

    private static string Digits(string phone) => string.Concat(phone.Where(char.IsAsciiDigit));

    private static Attachment? PhotoOf(Practitioner person) => person.Photo.FirstOrDefault(photo => photo is { Data.Length: > 0 and <= LargestPhoto, ContentType: { } type } && Pictures.Contains(type));
}
