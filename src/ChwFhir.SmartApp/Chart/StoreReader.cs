using System.Text.Json;
using ChwFhir.Access;
using ChwFhir.CareTeam;
using ChwFhir.Chart;
using ChwFhir.Ehr;
using ChwFhir.Intake;
using ChwFhir.Queue;
using ChwFhir.SmartApp.Patients;
using ChwFhir.SmartApp.Sessions;
using ChwFhir.WriteBack.Inputs;

namespace ChwFhir.SmartApp.Chart;

/// <summary>What the service itself holds of a page's patient, and of nobody else.</summary>
internal sealed class StoreReader(NoteStore store, EhrConnection ehr, MessageDesk desk, TeamCallers callers, NoteAccess access, RestrictedNotes restricted)
{
    /// <summary>What a patient's pages count and show as a note.</summary>
    public static readonly IReadOnlyList<string> Kinds = ["visit-note", "after-visit-summary", "questionnaire-response"];

    private const int MostNotes = 50;
    private const int APage = 200;
    private const int MostOpen = 200;
    private const int MostClosed = 20;

    /// <summary>Notes and summaries, the latest visit first.</summary>
    /// <param name="cursor"><see cref="SomeNotes.Next"/> of the page before; null: the latest.</param>
    public async Task<SomeNotes> NotesAsync(PatientHere here, string? cursor, CancellationToken cancellationToken)
    {
        var page = await store.ListAsync(new NoteFilter(ehr.Id, here.Reference, Limit: MostNotes, Cursor: cursor) { Kinds = Kinds }, cancellationToken);
        var lines = new List<NoteLine>();
        foreach (var note in page.Items)
        {
            if (await IsShownAsync(here, note, cancellationToken))
                lines.Add(await LineAsync(here, note, cancellationToken));
        }
        return new SomeNotes([.. lines.OrderByDescending(line => line.VisitTime).ThenByDescending(line => line.Number)], page.Next);
    }

    /// <summary>What of the chart is written by notes that follow on later pages, as <c>DocumentReference/x</c>.</summary>
    public async Task<IReadOnlySet<string>> WrittenByOlderAsync(PatientHere here, SomeNotes page, CancellationToken cancellationToken)
    {
        HashSet<string> written = new(StringComparer.Ordinal);
        for (var cursor = page.Next; cursor is not null;)
        {
            var older = await store.ListAsync(new NoteFilter(ehr.Id, here.Reference, Limit: APage, Cursor: cursor) { Kinds = Kinds }, cancellationToken);
            written.UnionWith(older.Items.SelectMany(note => note.Resources).Where(row => row.State != ResourceState.Kept).Select(row => row.Reference).OfType<string>());
            cursor = older.Next;
        }
        return written;
    }

    /// <summary>Null when there is none by this id, or it is another patient's: both look alike from outside.</summary>
    public async Task<NoteLine?> NoteAsync(PatientHere here, string id, CancellationToken cancellationToken)
    {
        return await store.FindAsync(ehr.Id, id, cancellationToken) is { } note && await IsShownAsync(here, note, cancellationToken) ? await LineAsync(here, note, cancellationToken) : null;
    }

    /// <summary>The same by the number under which an open page listens to it.</summary>
    public async Task<NoteLine?> NoteAsync(PatientHere here, long number, CancellationToken cancellationToken) =>
        await store.ReadAsync(number, cancellationToken) is { } note && note.Ehr == ehr.Id && await IsShownAsync(here, note, cancellationToken) ? await LineAsync(here, note, cancellationToken) : null;

    /// <summary>Those that this caller may read: open ones, the most pressing first, then the latest closed ones.</summary>
    public async Task<IReadOnlyList<MessageView>> MessagesAsync(PatientHere here, CancellationToken cancellationToken) => (await MessagesAsync(here, null, cancellationToken)).Messages;

    /// <summary>The same with the place of the closed ones that follow; from such a place on closed ones alone.</summary>
    public async Task<(IReadOnlyList<MessageView> Messages, string? Older)> MessagesAsync(PatientHere here, string? cursor, CancellationToken cancellationToken)
    {
        var caller = await callers.OfPatientAsync(here.Caller, here.Reference, cancellationToken);
        IReadOnlyList<MessageView> open = cursor is null ? (await desk.ListAsync(caller, new MessageQuery { Patient = here.Reference, Limit = MostOpen }, cancellationToken)).Items : [];
        var closed = await desk.ListAsync(caller, new MessageQuery { Patient = here.Reference, State = "closed", Limit = MostClosed, Cursor = cursor }, cancellationToken);
        return ([.. open.Concat(closed.Items).Where(message => message.Patient == here.Reference)], closed.Next);
    }

    public static TeamCaller CallerOf(Session session) => TeamCallers.Of(session.Caller);

    // The page's patient's, and of those none that waits for a supervisor to release it.
    private async Task<bool> IsShownAsync(PatientHere here, StoredNote note, CancellationToken cancellationToken) =>
        note.Patient == here.Reference && !note.IsStopped && Kinds.Contains(note.Kind)
        && (await access.OfAsync(here.Caller, note, cancellationToken)).HasFlag(NoteRights.Whole);

    private async Task<NoteLine> LineAsync(PatientHere here, StoredNote note, CancellationToken cancellationToken)
    {
        var content = await store.ReadContentAsync(note.Number, cancellationToken);
        var isWithheld = restricted.IsWithheld(here.Caller, content);
        var said = note.Kind == "visit-note" ? Said(content.Input) : default;
        return new NoteLine(
            note.Number, note.Id, note.Kind, note.State, note.VisitTime, note.ReceivedAt, note.NextAttemptAt, said.Author ?? note.Author, note.Author, said.VisitKind, said.VisitStatus, isWithheld ? null : content.Document,
            isWithheld ? [] : note.Resources, note.Retraction is not null)
        {
            IsWithheld = isWithheld,
            Revision = note.Revision,
            AmendmentWaits = note is { IsAmended: true, Retraction: null },
            IsUncompared = note.Issues.Any(issue => issue.Code == "patient-uncompared"),
        };
    }

    // Only what no hold can be on: who came, how, and whether the visit took place.
    private static (string? Author, string? VisitKind, string? VisitStatus) Said(ReadOnlyMemory<byte> input)
    {
        try
        {
            using var json = JsonDocument.Parse(input);
            return (Text(json.RootElement, "author", "name"), Text(json.RootElement, "visit", "kind"), Text(json.RootElement, "visit", "status"));
        }
        catch (JsonException)
        {
            return default;
        }
    }

    private static string? Text(JsonElement json, string part, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(part, out var member) && member.ValueKind == JsonValueKind.Object
        && member.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
