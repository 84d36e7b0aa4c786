using ChwFhir.Intake;
using ChwFhir.Intake.Screenings;

namespace ChwFhir.Mapping;

/// <summary>A completed screening to be read: what stands out, the needs, every answer, and what else stood on the form.</summary>
internal static class ScreeningDocument
{
    /// <param name="title">Of the form; null where the chart is not to see which one it was.</param>
    internal static List<Block> Of(Draft draft, Alerts alerts, string? title)
    {
        var page = new Page(draft);
        var screening = draft.Note.Screenings[0];
        page.Say($"Screening{(title is null ? "" : $": {title}")}, {FhirTime.Readable(screening.Date!)}.{(draft.AuthorName is { } name ? $" Recorded by {name}." : "")}{(title is null ? "" : " The answers as they were given; nothing here is a diagnosis.")}");
        if (draft.Resolved.Corrects is { } correction)
            page.Say(string.Join(" ", correction.Sentences()));
        TeamPart.Write(page, alerts);
        FindingsPart.Write(page);
        foreach (var section in draft.Note.Sections.Where(section => !draft.Holds.Of(section)))
        {
            page.Under(section.Title);
            page.Quote(section.Text);
        }

        page.GuardWishes([.. draft.Note.Sections.Where(section => !draft.Holds.Of(section)).Select(section => section.Text)]);
        return page.Blocks;
    }
}
