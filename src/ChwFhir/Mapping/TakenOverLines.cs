using ChwFhir.Intake;

namespace ChwFhir.Mapping;

/// <summary>Which parts the CHW did not enter: somebody took them over from the words of the note, and is named.</summary>
internal static class TakenOverLines
{
    internal static void Write(Page page)
    {
        var (note, holds) = (page.Draft.Note, page.Draft.Holds);

        page.Under("Who took what over");
        foreach (var concern in note.Concerns.Where(concern => !holds.Of(concern)))
            Say(page, FindingsPart.Name(concern), concern.FromNarrative);
        foreach (var symptom in note.Symptoms.Where(symptom => !holds.Of(symptom)))
            Say(page, CodeTables.Symptoms[symptom.Kind].Text, symptom.FromNarrative);
        foreach (var goal in note.Goals.Where(goal => !holds.Of(goal)))
            Say(page, $"Goal: {goal.Text}", goal.FromNarrative);
        Say(page, "Follow-up", note.FollowUp?.FromNarrative);
    }

    private static void Say(Page page, string what, TakenOver? taken) => page.List(taken is null ? null : $"{what}: taken over from the CHW's words by {taken.By}");
}
