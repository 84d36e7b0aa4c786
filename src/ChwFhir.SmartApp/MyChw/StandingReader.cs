using System.Text.Json;
using ChwFhir.Access;
using ChwFhir.CareTeam;
using ChwFhir.Ehr;
using ChwFhir.Queue;
using ChwFhir.SmartApp.Chart;
using ChwFhir.SmartApp.Sessions;

namespace ChwFhir.SmartApp.MyChw;

/// <summary>How many visits and messages there are of a patient, and who their CHW is: from the notes of this service, so that no page waits for the chart to say it.</summary>
internal sealed class StandingReader(NoteStore store, NoteAccess access, MessageDesk desk, TeamCallers callers, EhrConnection ehr)
{
    private const int Most = 50;

    public async Task<PatientStanding> ReadAsync(Session session, string patient, CancellationToken cancellationToken)
    {
        var messages = desk.ListAsync(await callers.OfPatientAsync(session.Caller, patient, cancellationToken), new MessageQuery { Patient = patient }, cancellationToken);
        var page = await store.ListAsync(new NoteFilter(ehr.Id, patient, Limit: Most) { Kinds = StoreReader.Kinds }, cancellationToken);
        var shown = new List<StoredNote>();
        foreach (var note in page.Items)
        {
            if (!note.IsStopped && (await access.OfAsync(session.Caller, note, cancellationToken)).HasFlag(NoteRights.Whole))
                shown.Add(note);
        }
        var chw = shown.Where(note => note is { Kind: "visit-note", Retraction: null }).MaxBy(note => note.VisitTime) is { } latest ? await OfAsync(latest, cancellationToken) : null;
        var isNew = chw?.Reference is { } reference && session.Practitioner != reference && !await store.HasMetAsync(Met(session, reference), cancellationToken);
        return new PatientStanding(shown.Count, (await messages).Items.Count, chw, isNew);
    }

    /// <summary>The reader has seen who it is; they are not introduced again.</summary>
    public Task MetAsync(Session session, string chw, CancellationToken cancellationToken) => store.KeepMetAsync(Met(session, chw), cancellationToken);

    // Who met whom is nobody's business: a hash says whether, not who.
    private static string Met(Session session, string chw) => Seal.Hash($"met\n{session.Subject}\n{chw}");

    private async Task<ChwLine?> OfAsync(StoredNote note, CancellationToken cancellationToken)
    {
        var content = await store.ReadContentAsync(note.Number, cancellationToken);
        try
        {
            using var json = JsonDocument.Parse(content.Input);
            var name = Text(json.RootElement, "author", "name");
            var reference = note.Author is { } author && author.StartsWith("Practitioner/", StringComparison.Ordinal) ? author : null;
            return name is null && reference is null ? null : new ChwLine(
                name, reference, Text(json.RootElement, "author", "phone"), Text(json.RootElement, "programme", "name"), Text(json.RootElement, "programme", "start"), Text(json.RootElement, "programme", "end"), note.VisitTime);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? Text(JsonElement json, string part, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(part, out var member) && member.ValueKind == JsonValueKind.Object
        && member.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { } text && !string.IsNullOrWhiteSpace(text) ? text.Trim() : null;
}
