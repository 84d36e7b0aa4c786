using ChwFhir.Access;
using ChwFhir.Chart;
using ChwFhir.Ehr;
using ChwFhir.Queue;
using ChwFhir.SmartApp.Inbox;
using ChwFhir.SmartApp.Sessions;

namespace ChwFhir.SmartApp.Chart;

/// <summary>The panel of somebody who signed in without the EHR; where it is open, the patients of their own notes. Names come by the service's own sign-in at the EHR.</summary>
internal sealed class PanelReader(NoteStore store, EhrConnection ehr, PatientAccess access, PeopleSeen people, PanelLines lines)
{
    public const int APage = 50;
    private const int NotesAtOnce = 200;
    private const int MostPages = 10;
    private static readonly TimeSpan OfASearch = TimeSpan.FromSeconds(8);

    /// <summary>Null while only the EHR could tell who they are, and it does not answer.</summary>
    /// <param name="sought">Words of a name: all patients are looked through for them, whichever page they stand on.</param>
    public async Task<PanelPage?> ReadAsync(OpenSession session, string? sought, int number, CancellationToken cancellationToken)
    {
        var panel = await access.PatientsAsync(session.Body.Caller, cancellationToken);
        if (!panel.IsKnown)
            return null;

        IReadOnlyCollection<string> patients = panel.Patients ?? (session.Body.Practitioner is { } self ? await VisitedAsync(self, cancellationToken) : new HashSet<string>());
        var asked = people.OfAsync(session, patients, sought is null ? null : OfASearch);
        var known = sought is null ? await lines.ReadAsync(session.Body.Caller, patients, cancellationToken) : new Dictionary<string, PanelLine>();
        var who = await asked;

        // Who is visited next stands first; the rest by name.
        var all = patients.Select(patient => (Patient: patient, Who: who.GetValueOrDefault(patient)?.Items.FirstOrDefault()))
            .Select(one => new PatientLine(one.Patient, one.Who?.Name, one.Who?.Born, known.GetValueOrDefault(one.Patient)) { Died = one.Who is { IsDead: true } died ? died.Died ?? "true" : null })
            .Where(line => sought is null || (line.Name is { } name && PanelLines.IsNamed(name, sought)))
            .OrderBy(line => line.Died is not null).ThenBy(line => line.Known?.NextVisit is null).ThenBy(line => line.Known?.NextVisit, StringComparer.Ordinal).ThenBy(line => line.Name is null).ThenBy(line => line.Name, StringComparer.OrdinalIgnoreCase)
            .ThenBy(line => line.Patient, StringComparer.Ordinal).ToList();
        var pages = Math.Max(1, (all.Count + APage - 1) / APage);
        number = Math.Clamp(number, 1, pages);
        List<PatientLine> shown = [.. all.Skip((number - 1) * APage).Take(APage)];
        if (sought is not null)
        {
            known = await lines.ReadAsync(session.Body.Caller, [.. shown.Select(line => line.Patient)], cancellationToken);
            shown = [.. shown.Select(line => line with { Known = known.GetValueOrDefault(line.Patient) })];
        }
        return new PanelPage(shown, all.Count, number, pages, (number - 1) * APage + 1, patients.Count(patient => who.GetValueOrDefault(patient) is null or { State: PartState.NoAnswer }));
    }

    private async Task<HashSet<string>> VisitedAsync(string author, CancellationToken cancellationToken)
    {
        HashSet<string> visited = new(StringComparer.Ordinal);
        string? cursor = null;
        for (var page = 0; page < MostPages; page++)
        {
            var notes = await store.ListAsync(new NoteFilter(ehr.Id, Author: author, Limit: NotesAtOnce, Cursor: cursor), cancellationToken);
            visited.UnionWith(notes.Items.Where(note => note.Patient.StartsWith("Patient/", StringComparison.Ordinal) && !note.IsStopped).Select(note => note.Patient));
            if ((cursor = notes.Next) is null)
                break;
        }
        return visited;
    }
}
