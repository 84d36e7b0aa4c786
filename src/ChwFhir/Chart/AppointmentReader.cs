using ChwFhir.Fhir.Model;
using ChwFhir.Intake;

namespace ChwFhir.Chart;

/// <summary>The last appointment and the next ones: of the chart's appointments and encounters, and what the CHW has said of the next visit.</summary>
internal static class AppointmentReader
{
    private const int MostToCome = 6;

    public static IReadOnlyList<AppointmentFact> Read(IReadOnlyList<Appointment> appointments, IReadOnlyList<Encounter> encounters, IReadOnlyList<OwnNote> notes, string ours, DateTimeOffset now)
    {
        var kept = encounters.SelectMany(one => one.Appointment.Select(reference => reference.Reference?.Split('/')[^1])).OfType<string>().ToHashSet(StringComparer.Ordinal);
        var toCome = appointments.Where(one => one.Start > now && IsToCome(one.Status)).Select(one => Of(one, "next"))
            .Concat(encounters.Where(one => one.Status is Encounter.EncounterStatus.Planned && Said.Moment(one.Period?.Start) > now && !IsOurs(one, ours)).Select(one => Of(one, "next")))
            .Concat(OfTheChw(notes, now))
            .OrderBy(one => Said.Order(one.Start));
        var last = appointments.Where(one => one.Start <= now && (one.Id is null || !kept.Contains(one.Id)) && HasBeen(one.Status)).Select(one => Of(one, "last"))
            .Concat(encounters.Where(one => Said.Moment(one.Period?.Start) <= now && HasBeen(one.Status) && !IsOurs(one, ours)).Select(one => Of(one, "last")))
            .NewestFirst(one => one.Start).Take(1);
        return [.. last, .. toCome.DistinctBy(one => (one.Start, one.Text, one.With)).Take(MostToCome)];
    }

    private static IEnumerable<AppointmentFact> OfTheChw(IReadOnlyList<OwnNote> notes, DateTimeOffset now)
    {
        foreach (var note in notes.Where(note => note.Said?.Visit is { Status: VisitStatus.Planned } visit && visit.Start > now))
            yield return new AppointmentFact("next", Said.Stamp(note.Said!.Visit.Start), null, Said.Clean(note.Said.Author.Name), null, "planned", null, note.Source);
        if (notes.FirstOrDefault(note => note.IsVisit) is { Said: { FollowUp: { NextVisit: { } next } follow } said } last && Said.Order(next) >= now.AddHours(-12))
            yield return new AppointmentFact("next", next, Said.Clean(follow.Text), Said.Clean(said.Author.Name), null, "planned", null, last.Source);
    }

    private static AppointmentFact Of(Appointment one, string when)
    {
        var others = one.Participant.Where(participant => participant.Actor?.Reference?.Contains("Patient/", StringComparison.Ordinal) is not true).ToList();
        return new AppointmentFact(
            when, Said.Stamp(one.Start), Said.Text(one.AppointmentType) ?? one.ServiceType.Select(Said.Text).FirstOrDefault(text => text is not null) ?? Said.Clean(one.Description) ?? one.ReasonCode.Select(Said.Text).FirstOrDefault(text => text is not null),
            others.Where(participant => participant.Actor?.Reference?.Contains("Location/", StringComparison.Ordinal) is not true).Select(participant => Said.Clean(participant.Actor?.Display)).FirstOrDefault(name => name is not null),
            others.Where(participant => participant.Actor?.Reference?.Contains("Location/", StringComparison.Ordinal) is true).Select(participant => Said.Clean(participant.Actor?.Display)).FirstOrDefault(name => name is not null),
            one.Status?.GetLiteral(), Said.Clean(one.PatientInstruction), Said.Chart(one, Said.Stamp(one.Start)));
    }

    private static AppointmentFact Of(Encounter one, string when) => new(
        when, Said.Clean(one.Period?.Start), Encounters.Text(one), one.Participant.Select(participant => Said.Clean(participant.Individual?.Display)).FirstOrDefault(name => name is not null), Encounters.Where(one), one.Status?.GetLiteral(), null,
        Said.Chart(one, Said.Clean(one.Period?.Start)));

    private static bool IsToCome(Appointment.AppointmentStatus? status) => status is not (Appointment.AppointmentStatus.Cancelled or Appointment.AppointmentStatus.EnteredInError or Appointment.AppointmentStatus.Noshow or Appointment.AppointmentStatus.Fulfilled);

    private static bool HasBeen(Appointment.AppointmentStatus? status) => status is not (Appointment.AppointmentStatus.Cancelled or Appointment.AppointmentStatus.EnteredInError or Appointment.AppointmentStatus.Proposed or Appointment.AppointmentStatus.Waitlist);

    private static bool HasBeen(Encounter.EncounterStatus? status) => status is not (Encounter.EncounterStatus.Cancelled or Encounter.EncounterStatus.EnteredInError or Encounter.EncounterStatus.Planned);

    private static bool IsOurs(Encounter one, string ours) => one.Identifier.Any(identifier => identifier.System == ours);
}
