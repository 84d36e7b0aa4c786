using ChwFhir.Intake;
using ChwFhir.Intake.Screenings;

namespace ChwFhir.Mapping;

/// <summary>A completed screening to be read: what stands out, the needs, every answer, and what else stood on the form.</summary>
internal static class ScreeningDocument
{
    internal static List<Block> Of(Draft draft, Alerts alerts)
    {
        var page = new Page(draft);
        var screening = draft.Note.Screenings[0];
        var title = InstrumentForms.Of(screening.Instrument).Title;
        page.Say($"Screening: {title}, {FhirTime.Readable(screening.Date!)}.{(draft.AuthorName is { } name ? $" Recorded by {name}." : "")} The answers as they were given; nothing here is a diagnosis.");
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
