using ChwFhir.Chart;
using ChwFhir.Ehr;
using ChwFhir.Queue;
using ChwFhir.SmartApp.Chart;
using ChwFhir.SmartApp.Held;
using ChwFhir.SmartApp.Know;
using ChwFhir.SmartApp.Pages;
using ChwFhir.SmartApp.Patients;

namespace ChwFhir.SmartApp.Visits;

/// <summary>The page of a note: everything that it ever said and may be shown, what it holds back, and what became of it.</summary>
internal sealed class NoteScreen(ToldVisits told, NoteStore store, EhrConnection ehr, KnowReader know, HeldDesk held, Screens screens)
{
    /// <param name="note">Its reader may see it: that was asked before.</param>
    /// <param name="version">Which of its contents; null: the newest.</param>
    /// <param name="said">What became of a decision about what it holds back.</param>
    public async Task<IResult> ShowAsync(PatientHere here, NoteLine note, int? version, HeldSaid? said, CancellationToken cancellationToken)
    {
        var status = know.CodeStatusAsync(here);
        var stored = note is { IsWithheld: false, Kind: "visit-note" or "questionnaire-response" } ? await store.FindAsync(ehr.Id, note.Id, cancellationToken) : null;
        var reading = new Reading(note, stored is null ? [] : await told.VersionsAsync(here.Caller, stored, cancellationToken));
        return await screens.ShowAsync<NotePage>(
            here, said is { IsTrouble: true } ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK, (nameof(NotePage.Reading), reading), (nameof(NotePage.Version), version),
            (nameof(NotePage.Status), status), (nameof(NotePage.Held), note.IsWithheld ? null : await held.ListAsync(here.Caller, note.Id, cancellationToken)), (nameof(NotePage.HeldSaid), said));
    }
}
