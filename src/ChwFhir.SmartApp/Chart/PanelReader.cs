using ChwFhir.Access;
using ChwFhir.Chart;
using ChwFhir.Ehr;
using ChwFhir.Queue;
using ChwFhir.SmartApp.Inbox;
using ChwFhir.SmartApp.Patients;
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
        return sought is null ? await PageAsync(session, patients, number, cancellationToken) : await FoundAsync(session, patients, sought, cancellationToken);
    }

    // Pages are cut by what this service knows itself: who is visited next, then who was seen longest ago. Names come when they come, and whoever is named late stands on their page all the same.
    private async Task<PanelPage> PageAsync(OpenSession session, IReadOnlyCollection<string> patients, int number, CancellationToken cancellationToken)
    {
        var known = await lines.ReadAsync(session.Body.Caller, patients, cancellationToken);
        var pages = Math.Max(1, (patients.Count + APage - 1) / APage);
        number = Math.Clamp(number, 1, pages);
        List<string> here =
        [
            .. patients.OrderBy(patient => known.GetValueOrDefault(patient)?.NextVisit is null).ThenBy(patient => known.GetValueOrDefault(patient)?.NextVisit, StringComparer.Ordinal)
                .ThenBy(patient => known.GetValueOrDefault(patient)?.LastVisit).ThenBy(patient => patient, StringComparer.Ordinal)
                .Skip((number - 1) * APage).Take(APage),
        ];

        var who = await people.OfAsync(session, here);
        var shown = here.Select(patient => Line(patient, who, known)).OrderBy(line => line.Died is not null).ThenBy(line => line.Known?.NextVisit is null).ThenBy(line => line.Known?.NextVisit, StringComparer.Ordinal);
        return new PanelPage([.. ByName(shown)], patients.Count, number, pages, (number - 1) * APage + 1, Unread(here, who));
    }

    private async Task<PanelPage> FoundAsync(OpenSession session, IReadOnlyCollection<string> patients, string sought, CancellationToken cancellationToken)
    {
        var who = await people.SearchAsync(session, patients, OfASearch, cancellationToken);
        List<PatientLine> found = [.. ByName(patients.Select(patient => Line(patient, who, null)).Where(line => line.Name is { } name && PanelLines.IsNamed(name, sought)).OrderBy(line => line.Died is not null))];
        var known = await lines.ReadAsync(session.Body.Caller, [.. found.Take(APage).Select(line => line.Patient)], cancellationToken);
        return new PanelPage([.. found.Take(APage).Select(line => line with { Known = known.GetValueOrDefault(line.Patient) })], found.Count, 1, Math.Max(1, (found.Count + APage - 1) / APage), 1, Unread(patients, who));
    }

    private static PatientLine Line(string patient, IReadOnlyDictionary<string, Part<Person>> who, IReadOnlyDictionary<string, PanelLine>? known)
    {
        var person = who.GetValueOrDefault(patient)?.Items.FirstOrDefault();
        return new PatientLine(patient, person?.Name, person?.Born, known?.GetValueOrDefault(patient)) { Died = person is { IsDead: true } ? person.Died ?? "true" : null };
    }

    private static IOrderedEnumerable<PatientLine> ByName(IOrderedEnumerable<PatientLine> lines) =>
        lines.ThenBy(line => line.Name is null).ThenBy(line => line.Name, StringComparer.OrdinalIgnoreCase).ThenBy(line => line.Patient, StringComparer.Ordinal);

    private static int Unread(IEnumerable<string> patients, IReadOnlyDictionary<string, Part<Person>> who) => patients.Count(patient => who.GetValueOrDefault(patient) is null or { State: PartState.NoAnswer });

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
