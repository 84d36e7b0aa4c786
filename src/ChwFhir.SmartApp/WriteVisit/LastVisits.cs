using System.Text.Json;
using ChwFhir.Access;
using ChwFhir.Chart;
using ChwFhir.Ehr;
using ChwFhir.Intake;
using ChwFhir.Queue;
using ChwFhir.SmartApp.Patients;

namespace ChwFhir.SmartApp.WriteVisit;

/// <summary>The visits before, as far as whoever writes may read them.</summary>
internal sealed class LastVisits(NoteStore store, EhrConnection ehr, NoteAccess access, OpenNotes open)
{
    private const int Most = 20;

    // As they were taken then: what the site asks for today was not asked for yet.
    private static readonly IntakeOptions AsTaken = new() { RequirePatientCheck = false };

    public async Task<FormFields> PrefillAsync(PatientHere here, CancellationToken cancellationToken)
    {
        List<(VisitNote Note, string? Programme)> notes = [];
        var page = await store.ListAsync(new NoteFilter(ehr.Id, here.Reference, Limit: Most) { Kinds = ["visit-note"] }, cancellationToken);
        foreach (var stored in page.Items.Where(note => note is { Kind: "visit-note", IsStopped: false, Retraction: null } && note.Patient == here.Reference).OrderByDescending(note => note.VisitTime))
        {
            if (!(await access.OfAsync(here.Caller, stored, cancellationToken)).HasFlag(NoteRights.Whole))
                continue;
            var content = await store.ReadContentAsync(stored.Number, cancellationToken);
            var input = content.Input;
            if (VisitNoteReader.Read(input, AsTaken) is VisitNoteReading.Read { Note: var note })
                // What another CHW holds back is for a few: it is in nobody else's form.
                notes.Add((NoteAccess.IsTheirOwn(here.Caller, stored) ? note : open.Of(note, content), note.Programme is null ? null : Programme(input)));
        }
        return Prefill.Of([.. notes.Select(one => one.Note)], notes.Select(one => one.Programme).FirstOrDefault(programme => programme is not null), ToldVisits.IsOfTheTeam(here.Caller));
    }

    private static string? Programme(ReadOnlyMemory<byte> input)
    {
        using var json = JsonDocument.Parse(input);
        return json.RootElement.TryGetProperty("programme", out var programme) ? programme.GetRawText() : null;
    }
}
