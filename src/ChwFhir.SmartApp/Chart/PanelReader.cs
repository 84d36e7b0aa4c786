using ChwFhir.Access;
using ChwFhir.Ehr;
using ChwFhir.Fhir.Client;
using ChwFhir.Fhir.Model;
using ChwFhir.Queue;
using ChwFhir.SmartApp.Sessions;

namespace ChwFhir.SmartApp.Chart;

/// <summary>The patients of somebody who signed in without the EHR: those of their own notes, as far as they may see them. Names come by the service's own sign-in at the EHR.</summary>
internal sealed class PanelReader(NoteStore store, EhrConnection ehr, PatientAccess access)
{
    private const int MostNotes = 200;
    private const int MostPatients = 50;

    public async Task<IReadOnlyList<PatientLine>> ReadAsync(Session session, CancellationToken cancellationToken)
    {
        if (session.Practitioner is not { } self)
            return [];

        var notes = await store.ListAsync(new NoteFilter(ehr.Id, Author: self, Limit: MostNotes), cancellationToken);
        var lines = new List<Task<PatientLine>>();
        foreach (var patient in notes.Items.Where(note => note.Patient.StartsWith("Patient/", StringComparison.Ordinal)).GroupBy(note => note.Patient))
        {
            if (lines.Count < MostPatients && await access.MayReadAsync(session.Caller, patient.Key, cancellationToken) == PatientAnswer.Yes)
                lines.Add(LineAsync(patient.Key, patient.Max(note => note.VisitTime), cancellationToken));
        }
        return [.. (await Task.WhenAll(lines)).OrderBy(line => line.Name is null).ThenBy(line => line.Name, StringComparer.CurrentCulture)];
    }

    private async Task<PatientLine> LineAsync(string patient, DateTimeOffset lastVisit, CancellationToken cancellationToken)
    {
        var answer = await ehr.Client.ReadAsync("Patient", patient["Patient/".Length..], cancellationToken);
        var who = (answer as FhirAnswer.Done)?.Resource as Patient;
        return new PatientLine(patient, who is null ? null : People.Name(who.Name), who?.BirthDate, lastVisit);
    }
}
