using ChwFhir.Intake;
using ChwFhir.Intake.Narratives;

namespace ChwFhir.Mapping;

/// <summary>The rest of the visit: what matters to the person, advance care planning, teaching, what comes next, who was there, and the story in the CHW's words.</summary>
internal static class StoryPart
{
    internal static void Write(Page page)
    {
        AdvanceCare(page);
        Matters(page);

        page.Under("Education");
        foreach (var lesson in page.Draft.Note.Education)
            page.List(PlanActivities.Lesson(lesson));

        page.Under("Follow-up");
        page.List(page.Draft.Note.FollowUp is { } followUp ? string.Join(" ", PlanActivities.FollowUp(followUp)) : null);
        page.GuardWishes(page.Draft.Note.FollowUp?.Text);

        WhoWasThere(page);
        Told(page);
        TakenOverLines.Write(page);

        page.Under("Attachments");
        foreach (var attachment in page.Draft.Note.Attachments)
            page.List(Phrases.Joined(attachment.Title ?? "Without a title", attachment.ContentType));
    }

    private static void AdvanceCare(Page page)
    {
        if (page.Draft.Note.AdvanceCarePlanning is not { } planning)
            return;

        page.Under("Advance care planning");
        page.Say($"{AdvanceCarePlanningMapping.Discussed(planning.Discussed)}.");
        foreach (var document in planning.Documents)
            page.List($"{CodeTables.Directives[document.Kind].Text}: {AdvanceCarePlanningMapping.Paper(document)}");
        foreach (var line in AdvanceCarePlanningMapping.Told(page.Draft, planning))
            page.List(line);
        page.Say(AdvanceCarePlanningMapping.CodeStatusLine(page.Draft.Resolved));
    }

    private static void Matters(Page page)
    {
        if (page.Draft.Note.WhatMatters is not { } matters)
            return;

        page.Under("What matters to the patient");
        page.List(matters.Text);
        page.List(matters.Worries is { } worries ? $"Worries: {worries}" : null);
        page.List(matters.Strengths is { } strengths ? $"Strengths: {strengths}" : null);
        page.List(matters.UnderstandsIllness is { } understands ? $"Understanding of the illness: {understands}" : null);
        page.List(matters.WhatHelps is { } helps ? $"What helps: {helps}" : null);
        page.GuardWishes(matters.Text, matters.Worries, matters.Strengths, matters.UnderstandsIllness, matters.WhatHelps);
    }

    private static void WhoWasThere(Page page)
    {
        page.Under("Who was there");
        foreach (var participant in page.Draft.Note.Visit.Participants)
            page.List(Participant(participant));
        if (page.Draft.Note.Visit.Interpreter is { } interpreter)
            page.List($"Interpreter: {Phrases.Joined(interpreter.Name, interpreter.Language, interpreter.Mode)}");
    }

    private static string Participant(Participant participant) => Phrases.Joined(
        participant.Name ?? participant.Reference ?? participant.Identifier?.Value,
        participant.Relationship,
        participant.Role == ParticipantRole.Other ? null : Words.Of(participant.Role),
        participant.Phone,
        participant.MayDiscuss switch { MayDiscuss.Yes => "may be spoken to about the care", MayDiscuss.No => "may not be spoken to about the care", _ => null },
        participant.LivesHere switch { true => "lives here", false => "lives elsewhere", null => null });

    private static void Told(Page page)
    {
        foreach (var section in page.Draft.Note.Sections)
        {
            if (page.Draft.Holds.Of(section))
                continue;

            page.Under(Heading(section.Title));
            page.Quote(section.Text);
            page.GuardWishes(section.Text);
        }

        if (page.Draft.Holds.Narrative || page.Draft.Note.Narrative is not { } narrative)
            return;

        foreach (var section in NarrativeSections.Split(narrative, page.Draft.Options.Lexicon))
        {
            var text = narrative.Substring(section.Start, section.Length);
            page.Under(section.Title is { } title ? Heading(title) : "The visit in the CHW's words");
            page.Quote(text);
            page.GuardWishes(text);
        }
    }

    // A heading is one line; one that reads like a sentence of the service's own stands in quotation marks.
    private static string Heading(string title)
    {
        var line = string.Join(' ', title.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return line.AsSpan().ContainsAny(':', '.') ? $"\"{line}\"" : line;
    }
}
