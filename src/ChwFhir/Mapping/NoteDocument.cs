using ChwFhir.Intake;

namespace ChwFhir.Mapping;

/// <summary>Everything of the note that is the chart's to know, in the order in which a busy reader needs it. The same on every server, whatever it takes as resources.</summary>
internal static class NoteDocument
{
    internal static List<Block> Of(Draft draft, Alerts alerts)
    {
        var page = new Page(draft);
        Head(page);
        TeamPart.Write(page, alerts);
        PlanPart.Write(page);
        FindingsPart.Write(page);
        StoryPart.Write(page);

        return page.Blocks;
    }

    private static void Head(Page page)
    {
        var (note, visit) = (page.Draft.Note, page.Draft.Note.Visit);
        var author = page.Draft.AuthorName is { } name ? $"{name}, community health worker" : "a community health worker";
        page.Say($"Written by {author}, not a clinician. {DocumentMapping.Title(page.Draft)} {FhirTime.DayOf(visit.Start)}.{(note.Author.Phone is { } phone ? $" {phone}." : "")}");
        if (page.Draft.Resolved.Corrects is { } correction)
            page.Say(string.Join(" ", correction.Sentences()));
        page.Say($"Visit: {Times(visit)}, {Phrases.Plain(Words.Of(visit.Status))}.{(EncounterMapping.NotAsPlanned(visit.Status) is { } reason ? $" {reason}" : "")}");
        if (note.Programme is { } programme)
            page.Say($"Programme: {Phrases.Joined(programme.Name ?? programme.Id, programme.Start is { } start ? $"from {start}" : null, programme.End is { } end ? $"to {end}" : null)}.");
        if (note.Authored is { } authored)
            page.Say($"Note written {FhirTime.MinuteOf(authored)} {FhirTime.OffsetOf(authored)}.");
    }

    private static string Times(Visit visit)
    {
        var end = visit.End?.ToOffset(visit.Start.Offset) switch
        {
            null => "",
            { } sameDay when sameDay.Date == visit.Start.Date => $" to {FhirTime.ClockOf(sameDay)}",
            { } later => $" to {FhirTime.MinuteOf(later)}",
        };

        return $"{FhirTime.MinuteOf(visit.Start)}{end} ({FhirTime.OffsetOf(visit.Start)})";
    }
}
