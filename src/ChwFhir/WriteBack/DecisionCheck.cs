using ChwFhir.Intake;
using ChwFhir.Planning;
using ChwFhir.Queue;
using ChwFhir.WriteBack.Inputs;

namespace ChwFhir.WriteBack;

/// <summary>Whether a person's decision fits the note as it stands. Pure; what the EHR says of the references is asked afterwards.</summary>
internal static class DecisionCheck
{
    private const int LongestReason = 1000;
    private static readonly string[] LongLived = ["CarePlan", "Goal", "Condition", "ServiceRequest", "RelatedPerson"];

    /// <summary>Whether anything at all waits for a person, or may be chosen in advance.</summary>
    public static bool IsOpen(StoredNote note) => note.State is NoteState.NeedsAttention
        || (note.State is NoteState.Queued && (note.Resources.Any(IsUndecided) || !HasEncounter(note)));

    /// <param name="sent">Something of the note has been sent to the EHR.</param>
    /// <param name="decision">Null when there are faults.</param>
    public static IReadOnlyList<NoteFault> Check(StoredNote note, NoteDecision asked, string by, bool sent, out Decision? decision)
    {
        List<NoteFault> faults = [];
        decision = null;
        var knowsWord = Words.TryParse<DecisionWord>(asked.Decision ?? "", out var word);
        if (!knowsWord)
            faults.Add(new NoteFault("/decision", asked.Decision is null ? "required" : "unknown-value", $"allowed are {string.Join(", ", Words.All<DecisionWord>())}"));
        if (string.IsNullOrEmpty(asked.Key))
            faults.Add(new NoteFault("/key", "required", "the key of the resource, as the note's status shows it"));
        if (asked.Reason?.Length > LongestReason)
            faults.Add(new NoteFault("/reason", "too-long", $"at most {LongestReason} characters"));
        if (faults.Count > 0)
            return faults;

        var row = note.Resources.FirstOrDefault(row => row.Key == asked.Key);
        if (row is null && asked.Key is not (NoteDecisions.ChartKey or Planner.EncounterKey))
            return [new NoteFault("/key", "unknown-key", "the note has no resource with this key")];
        if (Unfit(note, row, asked.Key!, word, sent) is { } unfit)
            return [new NoteFault("/decision", "does-not-fit", unfit)];

        var (type, text, pointer) = word switch
        {
            DecisionWord.UseEncounter => ("Encounter", asked.Encounter, "/encounter"),
            DecisionWord.Written => (asked.Key == NoteDecisions.ChartKey ? "Patient" : row!.Type, asked.Reference, "/reference"),
            _ => (null, null, ""),
        };
        if (text is null && (word is DecisionWord.UseEncounter || asked.Key == NoteDecisions.ChartKey || (word is DecisionWord.Written && LongLived.Contains(type))))
            faults.Add(new NoteFault(pointer, "required", $"where the EHR has it: {type}/id"));
        string? reference = null;
        if (text is not null)
        {
            if (!FhirReference.TryParse(text, out var parsed) || (parsed.Base is not null && parsed.Base.TrimEnd('/') != note.Ehr))
                faults.Add(new NoteFault(pointer, "invalid-reference", $"a reference into this EHR: {type}/id"));
            else if (parsed.Type != type)
                faults.Add(new NoteFault(pointer, "wrong-type", $"a reference to {type}"));
            else
                reference = $"{parsed.Type}/{parsed.Id}";
        }
        if (word is not DecisionWord.Written && asked.Reference is not null)
            faults.Add(new NoteFault("/reference", "does-not-fit", "only with the decision written"));
        if (word is not DecisionWord.UseEncounter && asked.Encounter is not null)
            faults.Add(new NoteFault("/encounter", "does-not-fit", "only with the decision use-encounter"));
        if (word is DecisionWord.CloseUnwritten && string.IsNullOrWhiteSpace(asked.Reason))
            faults.Add(new NoteFault("/reason", "required", "why it is not written"));
        if (faults.Count == 0)
            decision = new Decision(asked.Key!, word, reference, asked.Reason, by);
        return faults;
    }

    // Null: it fits.
    private static string? Unfit(StoredNote note, ResourceRow? row, string key, DecisionWord word, bool sent)
    {
        if (word is DecisionWord.UseEncounter)
            return key != Planner.EncounterKey ? "use-encounter is for the key encounter"
                : row is { State: ResourceState.Written } ? "the visit has an encounter of its own in the EHR" : null;
        if (key == NoteDecisions.ChartKey)
            return word is not DecisionWord.Written ? "for the chart: written, with the reference of the surviving Patient"
                : sent ? "parts of the note stand in a chart already"
                : note.Issues.Any(issue => issue.Severity == "error" && IssuePlaces.AreOfPatient(issue)) ? null : "the chart is not in question";
        if (row is null)
            return "for the encounter: use-encounter";
        if (IsUndecided(row))
            return null;
        if (IsNotValid(note, row) && row is not { Key: Planner.DocumentKey, State: ResourceState.Kept })
            return word is DecisionWord.CloseUnwritten ? null : "what is not valid can only be closed unwritten";
        if (note.State is NoteState.NeedsAttention && (row.State is ResourceState.Pending || row is { Key: Planner.DocumentKey, State: ResourceState.Kept }))
            return null;
        return $"this resource is {Words.Of(row.State)}: nothing is to be decided";
    }

    // Its words stand in the document already; what is in the EHR stays there as it is.
    private static bool IsNotValid(StoredNote note, ResourceRow row) => note.State is NoteState.NeedsAttention && NotValidParts.Are(note.Issues, row.Key);

    private static bool IsUndecided(ResourceRow row) => row.State is ResourceState.Unknown or ResourceState.Refused;

    private static bool HasEncounter(StoredNote note) =>
        note.Resources.Any(row => row is { Key: Planner.EncounterKey, State: ResourceState.Written or ResourceState.Existing });
}
