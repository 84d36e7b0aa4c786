using ChwFhir.Access;
using ChwFhir.Ehr;
using ChwFhir.Fhir.Client;
using ChwFhir.Fhir.Model;
using ChwFhir.Queue;
using ChwFhir.SmartApp.Patients;
using ChwFhir.SmartApp.Sessions;

namespace ChwFhir.SmartApp.Chart;

/// <summary>The panel of somebody who signed in without the EHR; where it is open, the patients of their own notes. Names come by the service's own sign-in at the EHR.</summary>
internal sealed class PanelReader(NoteStore store, EhrConnection ehr, PatientAccess access, Sensitivity sensitivity)
{
    private const int MostNotes = 200;
    private const int MostPatients = 100;

    /// <summary>Null while only the EHR could tell who they are, and it does not answer.</summary>
    public async Task<IReadOnlyList<PatientLine>?> ReadAsync(Session session, CancellationToken cancellationToken)
    {
        var panel = await access.PatientsAsync(session.Caller, cancellationToken);
        if (!panel.IsKnown)
            return null;

        var visits = session.Practitioner is { } self ? await VisitsAsync(self, cancellationToken) : [];
        var lines = await Task.WhenAll((panel.Patients ?? visits.Keys.ToHashSet()).Take(MostPatients).Select(patient => LineAsync(session, patient, visits.TryGetValue(patient, out var last) ? last : null, cancellationToken)));
        return [.. lines.OrderBy(line => line.Name is null).ThenBy(line => line.Name, StringComparer.OrdinalIgnoreCase)];
    }

    private async Task<Dictionary<string, DateTimeOffset>> VisitsAsync(string author, CancellationToken cancellationToken)
    {
        var notes = await store.ListAsync(new NoteFilter(ehr.Id, Author: author, Limit: MostNotes), cancellationToken);
        return notes.Items.Where(note => note.Patient.StartsWith("Patient/", StringComparison.Ordinal) && !note.IsStopped).GroupBy(note => note.Patient).ToDictionary(notes => notes.Key, notes => notes.Max(note => note.VisitTime));
    }

    private async Task<PatientLine> LineAsync(Session session, string patient, DateTimeOffset? lastVisit, CancellationToken cancellationToken)
    {
        var answer = await ehr.Client.ReadAsync("Patient", patient["Patient/".Length..], cancellationToken);
        var who = (answer as FhirAnswer.Done)?.Resource is Patient person && !sensitivity.IsWithheld(UserChart.Eyes(session), person) ? person : null;
        return new PatientLine(patient, who is null ? null : People.Name(who.Name), who?.BirthDate, lastVisit);
    }
}
