using ChwFhir.Intake;

namespace ChwFhir.Mapping;

/// <summary>A note without what it holds back from the chart. Pure.</summary>
internal static class OpenNote
{
    internal static VisitNote Of(VisitNote note, ResolvedNote resolved, MappingOptions options)
    {
        var draft = new Draft(note, "", resolved, options);
        var holds = draft.Holds;
        return draft.Note with
        {
            Narrative = holds.Narrative ? null : note.Narrative,
            Sections = [.. note.Sections.Where(section => !holds.Of(section))],
            Concerns = [.. note.Concerns.Where(concern => !holds.Of(concern))],
            Screenings = [.. note.Screenings.Where(screening => screening.Declined ? !holds.Of(screening) : !ScreeningMapping.IsWhollyHeld(draft, screening)).Select(screening => screening with { Answers = [.. screening.Answers.Where(answer => !holds.Item(answer.Item))] })],
            Symptoms = [.. note.Symptoms.Where(symptom => !holds.Of(symptom))],
            Goals = [.. note.Goals.Where(goal => !holds.Of(goal)).Select(goal => goal with { Addresses = [.. goal.Addresses.Where(concern => !holds.IsHeldConcern(concern))] })],
            Referrals = [.. note.Referrals.Where(referral => !holds.Of(referral))],
            Messages = [.. note.Messages.Where(message => !holds.Of(message))],
        };
    }
}
