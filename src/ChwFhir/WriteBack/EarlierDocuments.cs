using ChwFhir.Ehr;
using ChwFhir.Intake;
using ChwFhir.Intake.Ccda;
using ChwFhir.Intake.Summaries;
using ChwFhir.Mapping;
using ChwFhir.Mapping.Summaries;
using ChwFhir.Planning;
using ChwFhir.Queue;
using ChwFhir.WriteBack.Inputs;

namespace ChwFhir.WriteBack;

/// <summary>The document that a replacement or an addendum names, when this service has it: where it stands, and whether it is the same patient's.</summary>
internal sealed class EarlierDocuments(NoteStore store, EhrConnection ehr)
{
    public const string OfAnotherPatient = "earlier-of-another-patient";

    /// <summary>Where the forms say it; a message of HL7 has its own place for it.</summary>
    public const string Pointer = "/relatesTo";

    private const string Chart = "Patient/";
    private const int MostReplaced = 200;
    private static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(500);

    /// <summary>Whose that document is nobody is told who sends one for somebody else.</summary>
    public static readonly NoteIssue Wrong = new("error", OfAnotherPatient, Pointer, "the document that this one replaces or adds to is another patient's: one of the two names the wrong patient, or the wrong document");

    /// <summary>Whether it is surely another patient's, as far as the store knows whose they are.</summary>
    public async Task<bool> IsOfAnotherAsync(Input input, string patient, CancellationToken cancellationToken) =>
        await NamedAsync(input, cancellationToken) is { } note && IsOfAnother(note, patient);

    public async Task<EarlierFind> FindAsync(Input input, string patient, CancellationToken cancellationToken)
    {
        if (await NamedAsync(input, cancellationToken) is not { } named)
            return new EarlierFind([], null);
        if (IsOfAnother(named, patient))
            return new EarlierFind([], Wrong);

        var own = await store.FindAsync(ehr.Id, input.Id, cancellationToken);
        if (Place(named) is null)
        {
            // It was received before and is on its way: the order is kept. What waits for a person may wait for long.
            if (own?.Number > named.Number && named is { State: NoteState.Queued or NoteState.Writing, IsStopped: false })
                return new EarlierFind([], null) { Until = (named.NextAttemptAt is { } next && next > store.Now ? next : store.Now) + Breath };
            return new EarlierFind([], Retracted(named) ? null : new NoteIssue("warning", "earlier-not-filed", Pointer, "the document that this one replaces or adds to is here and not in the EHR; if it is filed after this one, it stands beside it"));
        }

        var replaced = input.Summary!.Document.Relation == DocumentRelation.Replaces;
        List<StoredNote> chain = [named];
        if (replaced)
        {
            var page = await store.ListAsync(new NoteFilter(ehr.Id, patient, State: NoteState.Written, Limit: MostReplaced), cancellationToken);
            foreach (var later in page.Items.Where(note => note.Id != input.Id && (own is null || note.Number < own.Number)).OrderBy(note => note.Number))
            {
                if (Place(later) is not null && later.Resources.Any(row => Earlier.IsDocument(row.Key) && chain.Exists(one => Place(one) == row.Reference)))
                    chain.Add(later);
            }
        }
        return new EarlierFind([.. chain.Select(note => new EarlierDocument(note.Id, $"{note.Id}/{DocumentNames.Of(note.Edition)}", Place(note)!, replaced ? Place(note, SummaryPlanMapping.Key) : null, replaced && !Retracted(note)))], null);
    }

    // The same number may be another system's: then it is another document.
    private async Task<StoredNote?> NamedAsync(Input input, CancellationToken cancellationToken)
    {
        if (input.Summary?.Document is not { Earlier: { } number, Relation: not null })
            return null;
        foreach (var id in new[] { SummaryHeaders.Fit(number.Value), DocumentId.Of(number), DocumentNumber.WithSystem(number) }.OfType<string>().Distinct())
        {
            if (id == input.Id || await store.FindAsync(ehr.Id, id, cancellationToken) is not { } note || note.Kind != InputKind.AfterVisitSummary.Name
                || StoredInput.Read(await store.ReadContentAsync(note.Number, cancellationToken)) is not { } there || there.Number != number)
                continue;
            // It was filed for the wrong patient and received anew for the right one.
            return note.Retraction?.MovedTo is { } moved ? await store.FindAsync(ehr.Id, moved, cancellationToken) ?? note : note;
        }
        return null;
    }

    private static bool IsOfAnother(StoredNote note, string patient) =>
        !Retracted(note) && note.Patient != patient && note.Patient.StartsWith(Chart, StringComparison.Ordinal) && patient.StartsWith(Chart, StringComparison.Ordinal);

    private static bool Retracted(StoredNote note) => note.Retraction is not null || note.State == NoteState.Retracted;

    private static string? Place(StoredNote note, string key = Planner.DocumentKey) =>
        note.Resources.FirstOrDefault(row => row.Key == key && row is { State: ResourceState.Written or ResourceState.Existing, Reference: not null })?.Reference;
}
