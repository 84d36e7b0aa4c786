using System.Globalization;
using System.Text.Json;
using ChwFhir.Access;
using ChwFhir.CareTeam;
using ChwFhir.Ehr;
using ChwFhir.Fhir.Client;
using ChwFhir.Fhir.Model;
using ChwFhir.Queue;
using ChwFhir.SmartApp.Chart;
using ChwFhir.SmartApp.Inbox;
using ChwFhir.SmartApp.Messages;
using ChwFhir.SmartApp.Sessions;

namespace ChwFhir.SmartApp.Huddle;

/// <summary>Who comes today and has a CHW: appointments of the EHR, and what the last visit and the inbox say of each.</summary>
internal sealed class HuddleReader(
    NoteStore store, EhrConnection ehr, UserChart charts, PatientAccess access, NoteAccess notes, MessageDesk desk, TeamCallers callers, TeamNames names, PeopleSeen people, TimeProvider clock)
{
    private const int MostNotes = 200;
    private const int MostOfOne = 5;
    private const int MostPages = 5;
    private const int MostLines = 40;
    private const int MostAsked = 40;
    private const int MostOpen = 100;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    public async System.Threading.Tasks.Task<HuddleSheet> ReadAsync(OpenSession session, CancellationToken cancellationToken)
    {
        var caller = session.Body.Caller;
        var panel = await access.PatientsAsync(caller, cancellationToken);
        if (!panel.IsKnown || await callers.OfAsync(caller, cancellationToken) is not { } reader)
            return new HuddleSheet(null, false, false);

        var visits = await VisitsAsync(caller, panel, null, cancellationToken);
        var (appointments, answered) = await TodayAsync(session, [.. visits.Keys.Take(MostAsked)], cancellationToken);
        // Who comes today may have been visited long before the clinic's latest visits.
        foreach (var patient in appointments.Keys.Where(patient => !visits.ContainsKey(patient) && panel.Has(patient)).Take(MostAsked).ToList())
        {
            foreach (var (visited, visit) in await VisitsAsync(caller, panel, patient, cancellationToken))
                visits.TryAdd(visited, visit);
        }
        var today = appointments.Where(one => visits.ContainsKey(one.Key)).ToDictionary();
        var shown = (today.Count > 0 ? visits.Where(visit => today.ContainsKey(visit.Key)) : visits).Take(MostLines).ToList();

        var called = await names.OfAsync(shown.Select(visit => visit.Value.Author), cancellationToken);
        var who = await people.OfAsync(session, shown.Select(visit => visit.Key));
        var lines = new List<HuddleLine>();
        foreach (var (patient, visit) in shown)
        {
            var (insight, quote) = Insight((await store.ReadContentAsync(visit.Number, cancellationToken)).Input);
            // The sheet is printed and lies about: what is for a few only is neither told nor counted on it.
            var open = (await desk.ListAsync(reader, new MessageQuery { Patient = patient, Limit = MostOpen }, cancellationToken)).Items.Where(message => !message.Held).OrderBy(InboxGroup.Rank).ToList();
            var (at, what) = today.GetValueOrDefault(patient);
            lines.Add(new HuddleLine(
                patient, who.GetValueOrDefault(patient), at, what, visit.Author is { } author ? called.GetValueOrDefault(author) : null, visit.VisitTime, insight, quote,
                open.Count, open.FirstOrDefault(), open.Exists(message => message.Late)));
        }
        return new HuddleSheet([.. lines.OrderBy(line => line.At ?? DateTimeOffset.MaxValue).ThenByDescending(line => line.Open).ThenByDescending(line => line.LastVisit)], today.Count > 0, answered);
    }

    // Their last visit by a CHW, the latest first: of those whom this session may see, and of notes that it may read.
    private async System.Threading.Tasks.Task<Dictionary<string, StoredNote>> VisitsAsync(Caller caller, PatientSet panel, string? patient, CancellationToken cancellationToken)
    {
        var page = await store.ListAsync(new NoteFilter(ehr.Id, patient, Limit: patient is null ? MostNotes : MostOfOne) { Kinds = ["visit-note"], Scope = panel.Patients is { } some ? new NoteScope([.. some], [], []) : null }, cancellationToken);
        var visits = new Dictionary<string, StoredNote>(StringComparer.Ordinal);
        foreach (var note in page.Items.Where(note => note is { Kind: "visit-note", IsStopped: false, Retraction: null } && note.Patient.StartsWith("Patient/", StringComparison.Ordinal)).OrderByDescending(note => note.VisitTime))
        {
            if (!visits.ContainsKey(note.Patient) && panel.Has(note.Patient) && (await notes.OfAsync(caller, note, cancellationToken)).HasFlag(NoteRights.Whole))
                visits.Add(note.Patient, note);
        }
        return visits;
    }

    // One question for the whole day; a server that wants a patient is asked for each.
    private async System.Threading.Tasks.Task<(Dictionary<string, (DateTimeOffset? At, string? What)> Found, bool Answered)> TodayAsync(OpenSession session, IReadOnlyList<string> patients, CancellationToken cancellationToken)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        enough.CancelAfter(Patience);
        var client = charts.Of(session);
        var now = clock.GetLocalNow();
        KeyValuePair<string, string>[] day = [new("date", "ge" + Instant(new DateTimeOffset(now.Date, now.Offset))), new("date", "lt" + Instant(new DateTimeOffset(now.Date.AddDays(1), now.Offset)))];
        try
        {
            KeyValuePair<string, string>[] whole = session.Body.Roles.All(role => role == Role.Clinician) && session.Body.Practitioner is { } self ? [new("practitioner", self), .. day] : day;
            var found = await client.SearchAsync("Appointment", whole, MostPages, enough.Token);
            if (found.Trouble is null)
                return (Of(found.Matches), true);
            if (found.Trouble is not FhirAnswer.Refused)
                return ([], false);
            var each = await System.Threading.Tasks.Task.WhenAll(patients.Select(patient => client.SearchAsync("Appointment", [new("patient", patient["Patient/".Length..]), .. day], 1, enough.Token)));
            return (Of(each.SelectMany(one => one.Matches)), each.All(one => one.Trouble is null));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return ([], false);
        }
    }

    private static Dictionary<string, (DateTimeOffset? At, string? What)> Of(IEnumerable<Resource> found)
    {
        var today = new Dictionary<string, (DateTimeOffset? At, string? What)>(StringComparer.Ordinal);
        foreach (var one in found.OfType<Appointment>().Where(IsKept).OrderBy(one => one.Start))
        {
            var what = one.AppointmentType?.Text ?? one.ServiceType.Select(type => type.Text ?? type.Coding.FirstOrDefault()?.Display).FirstOrDefault(text => text is not null) ?? one.Description;
            foreach (var patient in one.Participant.Select(participant => participant.Actor?.Reference).OfType<string>().Where(reference => reference.Contains("Patient/", StringComparison.Ordinal)))
                today.TryAdd($"Patient/{patient.Split('/')[^1]}", (one.Start, what));
        }
        return today;
    }

    private static bool IsKept(Appointment one) => one.Status is not (Appointment.AppointmentStatus.Cancelled or Appointment.AppointmentStatus.EnteredInError or Appointment.AppointmentStatus.Noshow or Appointment.AppointmentStatus.Proposed);

    // Insights are what the CHW chose to say first, and no hold can be on them.
    private static (string? Text, bool IsQuote) Insight(ReadOnlyMemory<byte> input)
    {
        try
        {
            using var json = JsonDocument.Parse(input);
            if (json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("insights", out var all) && all.ValueKind == JsonValueKind.Array && all.GetArrayLength() > 0 && all[0].TryGetProperty("text", out var text))
                return (text.GetString(), all[0].TryGetProperty("quote", out var quote) && quote.ValueKind == JsonValueKind.True);
        }
        catch (JsonException)
        {
            // Not a note of our own form; it has no insights.
        }
        return default;
    }

    private static string Instant(DateTimeOffset time) => time.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);
}
