using ChwFhir.Access;
using ChwFhir.Chart;
using ChwFhir.Ehr;
using ChwFhir.Fhir.Client;
using ChwFhir.Fhir.Model;
using ChwFhir.Queue;
using ChwFhir.SmartApp.Patients;
using ChwFhir.SmartApp.Sessions;

namespace ChwFhir.SmartApp.Chart;

/// <summary>The panel of somebody who signed in without the EHR; where it is open, the patients of their own notes. Names come by the service's own sign-in at the EHR.</summary>
internal sealed class PanelReader(NoteStore store, EhrConnection ehr, PatientAccess access, Sensitivity sensitivity, PanelLines lines)
{
    private const int MostNotes = 200;
    private const int MostPatients = 100;

    /// <summary>Null while only the EHR could tell who they are, and it does not answer.</summary>
    public async Task<IReadOnlyList<PatientLine>?> ReadAsync(Session session, CancellationToken cancellationToken)
    {
        var panel = await access.PatientsAsync(session.Caller, cancellationToken);
        if (!panel.IsKnown)
            return null;

        IReadOnlyList<string> patients = [.. (panel.Patients ?? (session.Practitioner is { } self ? await VisitedAsync(self, cancellationToken) : [])).Take(MostPatients)];
        var people = Task.WhenAll(patients.Select(patient => PersonAsync(session, patient, cancellationToken)));
        var known = await lines.ReadAsync(session.Caller, patients, cancellationToken);
        // Who is visited next stands first; the rest by name.
        return
        [
            .. (await people).Select(person => new PatientLine(person.Patient, person.Name, person.Born, known.GetValueOrDefault(person.Patient)))
                .OrderBy(line => line.Known?.NextVisit is null).ThenBy(line => line.Known?.NextVisit, StringComparer.Ordinal).ThenBy(line => line.Name is null).ThenBy(line => line.Name, StringComparer.OrdinalIgnoreCase),
        ];
    }

    /// <summary>Of these the ones whose name has all the words.</summary>
    public static IReadOnlyList<PatientLine> Named(IReadOnlyList<PatientLine> lines, string words) => [.. lines.Where(line => line.Name is { } name && PanelLines.IsNamed(name, words))];

    private async Task<HashSet<string>> VisitedAsync(string author, CancellationToken cancellationToken)
    {
        var notes = await store.ListAsync(new NoteFilter(ehr.Id, Author: author, Limit: MostNotes), cancellationToken);
        return notes.Items.Where(note => note.Patient.StartsWith("Patient/", StringComparison.Ordinal) && !note.IsStopped).Select(note => note.Patient).ToHashSet(StringComparer.Ordinal);
    }

    private async Task<(string Patient, string? Name, string? Born)> PersonAsync(Session session, string patient, CancellationToken cancellationToken)
    {
        var answer = await ehr.Client.ReadAsync("Patient", patient["Patient/".Length..], cancellationToken);
        var who = (answer as FhirAnswer.Done)?.Resource is Patient person && !sensitivity.IsWithheld(UserChart.Eyes(session), person) ? person : null;
        return (patient, who is null ? null : People.Name(who.Name), who?.BirthDate);
    }
}
