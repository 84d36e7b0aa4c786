using ChwFhir.Fhir.Model;

namespace ChwFhir.Mapping.Summaries;

/// <summary>What the patient was told: it records what was said and is never sent to anybody, so it names no recipient.</summary>
internal static class ToldMapping
{
    private const string AsPrinted = "As printed on the summary, read by software.";

    internal static void Map(SummaryDraft draft)
    {
        List<string> told = [.. draft.Summary.Instructions.Select(SummaryWords.Of), .. draft.Summary.WarningSigns.Select(SummaryWords.Of)];
        if (told.Count == 0)
            return;

        var communication = new Communication
        {
            Meta = Concepts.Claims(OwnProfiles.AfterVisitInstructions),
            Status = EventStatus.Completed,
            Subject = draft.Patient(),
            Encounter = draft.Encounter(),
            Sent = draft.When,
            Sender = draft.Author(),
        };
        communication.Category.Add(Concepts.Of(Systems.CommunicationCategory, "instruction", "Instruction"));
        if (draft.Encounter() is { } encounter)
            communication.About.Add(encounter);
        communication.Payload.AddRange(told.Select(text => new Communication.PayloadComponent { Content = new FhirString(text) }));
        communication.Note.Add(Concepts.Note(AsPrinted));
        draft.Add(draft.TakeKey("told"), communication);
    }
}
