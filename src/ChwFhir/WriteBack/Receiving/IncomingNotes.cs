using ChwFhir.Access;
using ChwFhir.CareTeam;
using ChwFhir.Ehr;
using ChwFhir.Intake;
using ChwFhir.Mapping;
using ChwFhir.Queue;
using ChwFhir.WriteBack.Inputs;

namespace ChwFhir.WriteBack.Receiving;

/// <summary>What was read, with whose patient it is and what the EHR says of the people in it: ready for the store.</summary>
internal sealed class IncomingNotes(EhrConnection ehr, QuickLook quickLook, PatientAccess patients, NoteMessages messages, MappingOptions mapping)
{
    private static readonly TimeSpan LongestLook = TimeSpan.FromSeconds(1);

    /// <param name="mayLook">False: whoever hands it in hears nothing of what the EHR says.</param>
    /// <param name="released">Of a note that is here: held parts that somebody has released.</param>
    public async Task<(IReadOnlyList<NoteFault> Faults, IncomingNote Incoming)> OfAsync(
        Handed handed, InputReading.Read read, CancellationToken cancellationToken, bool mayLook = true, IReadOnlyList<ReleasedPart>? released = null)
    {
        var input = read.Input;
        var (panel, seen) = mayLook ? await PanelAsync(handed.By, input, cancellationToken) : (NotePanel.Outside, new QuickLook.Seen([], true, null));
        var ((faults, isChecked, chart), born) = (seen, seen.Born);
        var patient = chart ?? Whose.Of(input);
        return (faults, new IncomingNote(
            ehr.Id, input.Id, handed.Kind.Name, patient, patient, input.Author is { } author ? Whose.Text(author) : null, input.ContentHash, input.VisitTime, handed.Body,
            [.. read.Issues, .. Remarks(isChecked, handed.IsUncompared(input))])
        {
            SentAs = handed.SentAs,
            SentBy = handed.By == Handed.ByTheService ? null : handed.By.Subject,
            Sender = handed.By.Practitioner,
            Panel = panel,
            Suggestions = handed.Kind == InputKind.VisitNote && input.Note is { } said ? NoteSuggestions.Found(said, born, mapping) : [],
            Messages = faults.Count > 0 || input.Tells is not { } told ? [] : await messages.OfAsync(ehr.Id, told, patient, cancellationToken, born, released),
        });
    }

    private static IEnumerable<NoteIssue> Remarks(bool isChecked, bool isUncompared)
    {
        if (!isChecked)
            yield return QuickLook.NotYetChecked;
        if (isUncompared)
            yield return Handed.Uncompared;
    }

    /// <summary>Whose patient it is, and what the EHR says of the people in it. Of a patient who is none of the caller's, or perhaps is none, the caller hears nothing.</summary>
    public async Task<(NotePanel Panel, QuickLook.Seen Seen)> PanelAsync(Caller caller, Input input, CancellationToken cancellationToken)
    {
        if (!Authorship.IsOfAPanel(caller))
            return (NotePanel.In, await quickLook.LookAsync(input, cancellationToken));

        var named = input is { Subject: null, Patient.Reference: { } reference } ? OwnReference.Of(ehr.Id, reference) : null;
        var seen = named is null ? await quickLook.LookAsync(input, cancellationToken) : new QuickLook.Seen([], false, null);
        if ((named ?? seen.Chart) is not { } patient)
            return (NotePanel.NotYetKnown, seen);
        return await patients.MayReadAsync(caller, patient, LongestLook, cancellationToken) switch
        {
            PatientAnswer.Yes => (NotePanel.In, named is null ? seen : await quickLook.LookAsync(input, cancellationToken)),
            PatientAnswer.NotYetKnown => (NotePanel.NotYetKnown, new QuickLook.Seen([], false, seen.Chart)),
            _ => (NotePanel.Outside, new QuickLook.Seen([], true, seen.Chart)),
        };
    }
}
