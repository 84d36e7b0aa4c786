using ChwFhir.Intake.Summaries;

namespace ChwFhir.Mapping.Summaries;

/// <summary>
/// The summary to be read in the chart: whose words they are, what is to be watched and kept, then the whole document in its own order. What its parts say
/// that stands nowhere in that text (entries of a C-CDA, members of the JSON) is said before it.
/// </summary>
internal static class SummaryText
{
    internal static List<Block> Of(SummaryDraft draft)
    {
        var sheet = new Sheet();
        var summary = draft.Summary;
        Head(sheet, draft);

        sheet.Under("When to call");
        foreach (var sign in summary.WarningSigns)
            sheet.List(SummaryWords.Of(sign));
        sheet.Under("Follow-up");
        foreach (var followUp in summary.FollowUps)
            sheet.List(SummaryWords.Of(followUp));
        sheet.Under("Pending tests");
        foreach (var test in summary.PendingTests)
            sheet.List(SummaryWords.Of(test));

        using var said = new SaidWords(summary.Sections);
        Add(sheet, "Instructions", summary.Instructions, SummaryWords.Of, said, instruction => instruction.Text);
        Add(sheet, "Medicines as listed on the summary", summary.Medications, SummaryWords.Of, said);
        Add(sheet, "Diagnoses as listed on the summary", summary.Diagnoses, SummaryWords.Of, said);
        Add(sheet, "Goals", summary.Goals, SummaryWords.Of, said);
        Add(sheet, "Health concerns", summary.Concerns, SummaryWords.Of, said);
        Add(sheet, "Caregivers", summary.Caregivers, SummaryWords.Of, said);
        sheet.Under(sheet.Blocks.Exists(block => block is Block.Heading) && summary.Sections is [{ Title: null }, ..] ? "Summary" : null);
        foreach (var section in summary.Sections)
        {
            // A heading of the document stands even where nothing stands under it.
            if (section.Title is { } title)
                sheet.Head(title);
            if (!string.IsNullOrWhiteSpace(section.Text))
                sheet.Copy(section.Text);
        }

        return sheet.Blocks;
    }

    internal static string Title(SummaryDraft draft) =>
        draft.Visited is { } day ? $"{draft.Summary.Document.Title ?? "After-visit summary"} {FhirTime.Date(day)}" : draft.Summary.Document.Title ?? "After-visit summary";

    private static void Head(Sheet sheet, SummaryDraft draft)
    {
        var summary = draft.Summary;
        var authors = summary.Authors.Select((author, place) => Phrases.Joined(place == 0 ? draft.Resolved.AuthorName ?? author.Name : author.Name, author.Organization, author.Phone)).Where(who => who.Length > 0).ToList();
        sheet.Say($"After-visit summary{(draft.Visited is { } day ? $" {FhirTime.Readable(day)}" : "")}{(authors.Count > 0 ? $", written by {string.Join("; ", authors)}" : "")}. Copied here as it was received and read by software; nothing is added to its words.");
        if (summary.Document.Title is { } title)
            sheet.Say($"Title: {title}.");
        if (summary.Document is { Relation: { } relation, Earlier: { } earlier })
            sheet.Say($"It {SummaryWords.Of(relation)} an earlier document, number {earlier.Value}{(draft.Resolved.Earlier is { Count: > 0 } filed ? $", in this chart filed under {string.Join(", ", filed.Select(one => one.Name))}" : "")}.");
        if (summary.Encounter is { } visit)
            Visit(sheet, visit);
        if (summary.Document.Custodian is { } custodian)
            sheet.Say($"The original is kept by {custodian}.");
        if (summary.Document.IsFinal is false)
            sheet.Say("Not signed yet when it was received.");
    }

    private static void Visit(Sheet sheet, SummaryEncounter visit)
    {
        var times = visit.Start is { } start ? $"{FhirTime.Readable(start)}{(visit.End is { } end ? $" to {FhirTime.Readable(end)}" : "")}" : null;
        var what = Phrases.Joined(times, visit.Type ?? visit.Codes.FirstOrDefault(code => code.Display is not null)?.Display, visit.Location, visit.Provider is { } provider ? $"with {provider}" : null);
        if (what.Length > 0)
            sheet.Say($"Visit: {what}.");
        if (visit.Reason is { } reason)
            sheet.Say($"Reason for the visit: {reason}");
    }

    /// <param name="own">What of it has to stand in the text already; all of its words where that is not said.</param>
    private static void Add<T>(Sheet sheet, string heading, IReadOnlyList<T> parts, Func<T, string> words, SaidWords said, Func<T, string>? own = null)
    {
        sheet.Under(heading);
        foreach (var part in parts)
        {
            var line = own is null ? words(part) : own(part);
            if (!said.Contain(line))
                sheet.List(own is null ? line : words(part));
        }
    }
}
