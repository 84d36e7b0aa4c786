using System.Globalization;
using ChwFhir.Access;
using ChwFhir.CareTeam;
using ChwFhir.Ehr;
using ChwFhir.Fhir;
using ChwFhir.Fhir.Model;
using ChwFhir.Intake;
using ChwFhir.Mapping;
using ChwFhir.Planning;
using ChwFhir.Queue;
using ChwFhir.WriteBack.Inputs;

namespace ChwFhir.Chart;

/// <summary>Everything that this service holds of a patient and its reader may see, as FHIR: what every note, summary and screening became, and the messages. Held parts are not in it.</summary>
public sealed class Records(OwnNotes notes, MessageDesk desk, TeamCallers callers, VisitNoteJourney journey, NoteStore store, EhrConnection ehr, Sensitivity sensitivity, TimeProvider time)
{
    private const int MostNotes = 5000;

    public async Task<Bundle> ReadAsync(Caller caller, string patient, CancellationToken cancellationToken)
    {
        var record = await GatherAsync(caller, patient, cancellationToken);
        var bundle = new Bundle { Type = Bundle.BundleType.Collection, Timestamp = time.GetUtcNow() };
        bundle.Entry.AddRange(record.Entries.Select(entry => new Bundle.EntryComponent { FullUrl = entry.FullUrl, Resource = entry.Resource }));
        return bundle;
    }

    /// <summary>The same, resource by resource. Who asks has asked before whether the caller may see the patient.</summary>
    public async Task<PatientRecord> GatherAsync(Caller caller, string patient, CancellationToken cancellationToken)
    {
        // Oldest first, so that of what lives across visits the last word stands.
        var byName = new Dictionary<string, RecordEntry>(StringComparer.Ordinal);
        var firstTold = new Dictionary<string, long>(StringComparer.Ordinal);
        var (heldBack, notMapped) = (0, 0);
        foreach (var note in (await notes.ReadAsync(caller, patient, MostNotes, 0, cancellationToken)).Reverse().Select(own => own.Stored))
        {
            heldBack += note.Resources.Count(row => row.How == KeepWithService.Held);
            if (await journey.BundleAsync(note.Id, cancellationToken) is not { } mapped)
            {
                notMapped++;
                continue;
            }
            foreach (var entry in FhirJson.Read<Bundle>(mapped).Resource?.Entry ?? [])
            {
                if (entry is not { Resource: { } resource, FullUrl: { } fullUrl })
                    continue;
                var name = NameOf(resource) ?? fullUrl;
                // By the note that told it first: that stays when another tells it again.
                var first = firstTold[name] = Math.Min(note.Number, firstTold.GetValueOrDefault(name, long.MaxValue));
                byName[name] = new RecordEntry(IsInputItself(note, resource) ? RecordIds.OfInput(note.Number) : RecordIds.OfPart(first, fullUrl), fullUrl, resource, note.VisitTime, note.UpdatedAt, note.Version);
            }
        }
        var reader = await callers.OfPatientAsync(caller, patient, cancellationToken);
        foreach (var message in await MessagesAsync(reader, patient, cancellationToken))
        {
            foreach (var said in MessageRecord.Of(message))
            {
                var at = said.Resource is Communication { Sent: { } sent } && DateTimeOffset.TryParse(sent, CultureInfo.InvariantCulture, out var when) ? when : message.SentAt;
                byName.TryAdd(said.FullUrl!, new RecordEntry(RecordIds.OfMessage(message.Id, said.FullUrl!), said.FullUrl!, said.Resource!, at, at, 1));
            }
        }
        var shown = byName.Values.Where(entry => !sensitivity.IsWithheld(caller, entry.Resource)).ToList();
        return new PatientRecord(shown, byName.Count - shown.Count, heldBack, notMapped);
    }

    /// <summary>Null when nothing here has this id.</summary>
    public async Task<RecordOwner?> OwnerAsync(string id, CancellationToken cancellationToken)
    {
        if (!RecordIds.TryRead(id, out var number, out var isMessage))
            return null;
        if (isMessage)
            return await store.FindMessageAsync(ehr.Id, number, cancellationToken) is { } message ? new RecordOwner(message.Patient, false, false) : null;
        return await store.ReadAsync(number, cancellationToken) is { IsStopped: false } note && note.Ehr == ehr.Id
            ? new RecordOwner(note.Patient, note.Retraction is not null, note.State is NoteState.Queued or NoteState.Writing)
            : null;
    }

    /// <summary>Whose a resource is that bears an identifier of this service; null when that cannot be told by it.</summary>
    /// <param name="value">Of the identifier: the note's id or the patient's stands before the first slash.</param>
    public async Task<string?> OwnerByIdentifierAsync(string value, CancellationToken cancellationToken) => value.Split('/', 2) switch
    {
        [{ Length: > 0 } first, ..] when await store.FindAsync(ehr.Id, first, cancellationToken) is { } note => note.Patient,
        [{ Length: > 0 } first, _] when FhirReference.TryParse($"Patient/{first}", out _) => $"Patient/{first}",
        _ => null,
    };

    public static RecordEntry? Find(PatientRecord record, string type, string id) =>
        record.Entries.FirstOrDefault(entry => entry.Resource.TypeName == type && RecordIds.AreSame(entry.Id, id));

    // The document of a note or summary, and a completed screening: what whoever handed it in asks for again.
    private static bool IsInputItself(StoredNote note, Resource resource) => resource switch
    {
        QuestionnaireResponse => note.Kind == ScreeningInput.Kind,
        DocumentReference document => note.Kind != ScreeningInput.Kind && document.Identifier.Any(own => own.Value == $"{note.Id}/{DocumentNames.Of(note.Edition)}" || own.Value == $"{note.Id}/{DocumentNames.Of(1)}"),
        _ => false,
    };

    private static string? NameOf(Resource resource)
    {
        var identifiers = resource switch
        {
            Goal goal => goal.Identifier,
            Condition condition => condition.Identifier,
            CarePlan plan => plan.Identifier,
            ServiceRequest request => request.Identifier,
            FhirTask task => task.Identifier,
            RelatedPerson person => person.Identifier,
            _ => [],
        };
        return identifiers.FirstOrDefault(one => one.Value is not null) is { } own ? $"{resource.TypeName} {own.System}|{own.Value}" : null;
    }

    // Those that a note tells are in what the note became.
    private async Task<IReadOnlyList<MessageView>> MessagesAsync(TeamCaller reader, string patient, CancellationToken cancellationToken)
    {
        List<MessageView> all = [];
        foreach (var state in (string[])["open", "closed"])
        {
            string? cursor = null;
            do
            {
                var page = await desk.ListAsync(reader, new MessageQuery { Patient = patient, State = state, Limit = 200, Cursor = cursor }, cancellationToken);
                all.AddRange(page.Items.Where(message => message.Patient == patient && !message.Held));
                cursor = page.Next;
            }
            while (cursor is not null && all.Count < MostNotes);
        }
        return all;
    }
}
