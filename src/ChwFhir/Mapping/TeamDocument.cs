using ChwFhir.Intake;

namespace ChwFhir.Mapping;

/// <summary>The words of somebody of the care team, as they file them: who says it first, then what, then what it answers.</summary>
internal static class TeamDocument
{
    internal static string Title(VisitNote note) => note.Sections[0].Title;

    internal static List<Block> Of(Draft draft)
    {
        var page = new Page(draft);
        var (said, rest) = (draft.Note.Sections[0], draft.Note.Sections.Skip(1));
        var who = draft.AuthorName ?? draft.Resolved.Author ?? "a member of the care team";
        page.Say($"Written by {who}. {said.Title}, {FhirTime.MinuteOf(draft.Note.When)} ({FhirTime.OffsetOf(draft.Note.When)}).");
        page.Quote(said.Text);
        foreach (var section in rest)
        {
            page.Under(section.Title);
            page.Quote(section.Text);
        }

        page.GuardWishes([.. draft.Note.Sections.Select(section => section.Text)]);
        return page.Blocks;
    }
}
