using ChwFhir.Access;
using ChwFhir.Fhir.Smart;
using ChwFhir.Intake;
using ChwFhir.Mapping;
using ChwFhir.Intake.Narratives;
using ChwFhir.Queue;
using ChwFhir.SmartApp.Patients;
using ChwFhir.SmartApp.Sessions;
using ChwFhir.WriteBack.Inputs;

namespace ChwFhir.SmartApp.WriteVisit;

/// <summary>What the form does: begins with what is known, looks at the note before it is sent, sends it by the same door as every other note.</summary>
internal sealed class VisitWriting(VisitNoteJourney journey, LastVisits last, MappingOptions mapping)
{
    private static readonly Role[] Writers = [Role.Chw, Role.SocialWorker];
    private static readonly IntakeOptions AsDraft = new() { RequirePatientCheck = false };

    public static bool MayWrite(PatientHere here) => MayWrite(here.Session.Body);

    public static bool MayWrite(Session session) => session.Practitioner is not null && session.Caller.IsAny(Writers);

    /// <summary>A new form: an id that makes it one note, the day and the hour, what is known from the last visits. No answers.</summary>
    public async Task<FormFields> BeginAsync(PatientHere here, CancellationToken cancellationToken)
    {
        // A form that waits for the chart is a form that nobody can begin: who has not been told by then is looked at when the note is on its way.
        var person = await PersonAsync(here);
        var now = here.Now;
        return (await last.PrefillAsync(here, cancellationToken)).With(
            ("id", RandomText.New()), ("for", here.Reference), ("language", here.Words.Language), ("date", $"{now:yyyy-MM-dd}"), ("start", $"{now:HH:mm}"), ("offset", $"{now:zzz}"),
            ("check.birthDate", person?.Born), ("check.familyName", person?.Family));
    }

    public BuiltNote Build(PatientHere here, FormFields form) => NoteOfForm.Build(
        form.Has("offset") ? form : form.With(("offset", $"{here.Now:zzz}")),
        new FormContext(here.Reference, here.Session.Body.Practitioner!, here.Session.Body.Name, here.Caller.Name, here.Words["form.asked.title"]));

    /// <summary>What the words seem to say, without what somebody refused. A form that is not yet a note is asked for its words alone.</summary>
    public IReadOnlyList<SuggestedPart> Suggest(PatientHere here, FormFields form)
    {
        var note = Read(Build(here, form)) ?? Read(Build(here, new FormFields(form.All.Where(field => field.Key is "narrative" or "narrativeHold" or "id" or "date" or "start" or "offset" || field.Key.StartsWith("needs.", StringComparison.Ordinal) && field.Key.EndsWith(".domain", StringComparison.Ordinal)))));
        if (note is null)
            return [];
        var refused = form.Each("refused").ToHashSet(StringComparer.Ordinal);
        return
        [
            .. from found in Suggestions.Of(note, mapping.Lexicon, mapping.HeldItems.Domains)
               let part = SuggestedPart.Of(found)
               where !refused.Contains(part.Key)
               select part,
        ];
    }

    public async Task<(NoteLook? Look, IReadOnlyList<FieldFault> Faults)> LookAsync(PatientHere here, FormFields form, CancellationToken cancellationToken)
    {
        var built = Build(here, form);
        var result = await journey.PreviewFromTheirPageAsync(here.Caller, built.ToBytes(), cancellationToken);
        var person = await PersonAsync(here);
        return result switch
        {
            PreviewResult.Previewed seen => (new NoteLook(seen.Document, seen.Plan, seen.Issues, Hints.In(built), person?.First, person?.Gender, built.Held) { Flags = seen.Flags, Fields = Fields(seen.Issues, built) }, []),
            PreviewResult.Invalid(var faults) => (null, FaultWords.Of(faults, built, here.Words)),
            PreviewResult.TooLarge => (NoteLook.Failed(here.Words["form.too-large"]), []),
            PreviewResult.NotInPanel => (NoteLook.Failed(here.Words["access.NotInPanel"]), []),
            _ => (NoteLook.Failed(here.Words["form.unreadable"]), []),
        };
    }

    public Task<Receipt> SendAsync(PatientHere here, FormFields form, CancellationToken cancellationToken) =>
        journey.ReceiveFromTheirPageAsync(here.Caller, Build(here, form).ToBytes(), cancellationToken);

    /// <summary>Sends a changed form of a note that is here already, as its correction.</summary>
    public async Task<Receipt> AmendAsync(PatientHere here, FormFields form, CancellationToken cancellationToken)
    {
        var id = form.Text("id") ?? "";
        return await FindOwnAsync(here, id, cancellationToken) is { } found
            ? await journey.AmendFromTheirPageAsync(here.Caller, id, found.Status.Revision, Build(here, form).ToBytes(), cancellationToken)
            : new Receipt.NoSuchNote();
    }

    /// <summary>A note of this patient that whoever asks has written.</summary>
    public async Task<FoundNote?> FindOwnAsync(PatientHere here, string id, CancellationToken cancellationToken) =>
        await journey.FindAsync(here.Caller, id, NoteRights.Change, cancellationToken) is { } found && found.Patient == here.Reference ? found : null;

    /// <summary>What somebody refused while writing is not asked again of the note.</summary>
    public async Task RefuseAsync(PatientHere here, FormFields form, NoteStatus status, CancellationToken cancellationToken)
    {
        var refused = form.Each("refused").ToHashSet(StringComparer.Ordinal);
        foreach (var suggestion in status.Suggestions.Where(one => one.State == "proposed" && SuggestedPart.Of(one) is { } part && refused.Contains(part.Key)))
            await journey.RefuseSuggestionAsync(status.Id, suggestion.Number, here.Caller.Name, cancellationToken);
    }

    private static Dictionary<string, string> Fields(IEnumerable<NoteIssue> issues, BuiltNote built) =>
        (from pointer in issues.Select(issue => issue.Pointer).OfType<string>().Distinct()
         let field = built.FieldOf(pointer)
         where field is not null
         select (pointer, field)).ToDictionary();

    private static async Task<Person?> PersonAsync(PatientHere here) => await here.IsInTimeAsync(here.PersonTask) ? (await here.PersonTask).Items.FirstOrDefault() : null;

    private static VisitNote? Read(BuiltNote built) => VisitNoteReader.Read(built.ToBytes(), AsDraft) is VisitNoteReading.Read { Note: var note } ? note : null;
}
