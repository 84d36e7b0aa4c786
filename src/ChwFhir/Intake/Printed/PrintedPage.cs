using ChwFhir.Intake.Summaries;

namespace ChwFhir.Intake.Printed;

/// <summary>A page in one of the printed forms, read: its parts, what they say, and what stays text.</summary>
internal sealed record PrintedPage(IReadOnlyList<PrintedSection> Parts, PrintedFindings Found, SummaryEncounter? Visit, string? Title, string? Language)
{
    public const string Plain = "text/plain";
    public const string Markdown = "text/markdown";
    public const string Html = "text/html";
    public const string Xhtml = "application/xhtml+xml";

    /// <summary>Most characters of a page's text, tags not counted. A book of 500 pages has as many and no summary to take home has; a longer one would keep the service busy for seconds.</summary>
    public const int LongestText = 1_000_000;

    public static bool IsForm(string mediaType) => mediaType is Plain or Markdown or Html or Xhtml or "text/x-markdown";

    /// <summary>Reads a page; null and the fault when it is longer or nested deeper than any page is.</summary>
    /// <param name="text">As <see cref="CleanText"/> gives it.</param>
    public static PrintedPage? Read(string mediaType, string text, out NoteFault? fault)
    {
        fault = null;
        if (mediaType is not (Html or Xhtml) && text.Length > LongestText)
        {
            fault = TooLong("");
            return null;
        }

        var blocks = new List<Block>();
        string? title = null;
        string? language = null;
        switch (mediaType)
        {
            case Html or Xhtml:
                if (HtmlBlocks.Of(text, out fault) is not { } page)
                    return null;
                (blocks, title, language) = page;
                break;
            case Markdown or "text/x-markdown":
                MarkdownBlocks.Append(text, blocks);
                break;
            default:
                PlainBlocks.Append(text, blocks);
                break;
        }

        return Of(blocks, title, language);
    }

    public static PrintedPage Of(IReadOnlyList<Block> blocks, string? title = null, string? language = null)
    {
        var parts = Sectioning.Cut(blocks);
        var found = PrintedFindings.In(parts);
        var visit = PrintedLabels.Visit(parts, found.IsSpanish);
        if (found.Reason is { } reason)
            visit = (visit ?? new SummaryEncounter()) with { Reason = reason };
        return new PrintedPage(parts, found, visit, title ?? FirstHeading(parts), language ?? (found.IsSpanish ? "es" : null));
    }

    public static NoteFault TooLong(string pointer) =>
        new(pointer, "too-large", FormattableString.Invariant($"The text has more than {LongestText} characters: no summary to take home is as long. Send it as a file that is kept as it is (a DocumentReference with a PDF), or in parts."));

    /// <summary>How many characters its parts have.</summary>
    public int Length => Parts.Sum(part => (part.Title?.Length ?? 0) + part.Blocks.Sum(block => block.Text.Length + (block.Cells?.Sum(cell => cell.Length) ?? 0)));

    public IReadOnlyList<SummarySection> Sections => [.. Parts.Select(part => new SummarySection(part.Title, null, part.Text, part.Level))];

    /// <summary>A line for each part of which something is text only; one for all that are known to stay so.</summary>
    /// <param name="from">How many parts of the document come before this page.</param>
    public IEnumerable<NoteIssue> Issues(int from = 0)
    {
        foreach (var at in Found.KeptInText.Where(at => !StaysText(at)))
        {
            yield return Kept(from + at, Parts[at].Kind is null
                ? "Under this heading nothing is known to be data; it stands in the document's text."
                : "Some of this part could not be told apart into single entries; it stands in the document's text.");
        }

        var known = Found.KeptInText.Where(StaysText).ToList();
        if (known.Count > 0)
            yield return Kept(from + known[0], FormattableString.Invariant($"{known.Count} parts of kinds that stay text (history, findings, results and the like), this the first of them."));
    }

    private bool StaysText(int at) => Parts[at].Kind?.Becomes == SectionBecomes.Text;

    private static NoteIssue Kept(int at, string detail) => new("information", "kept-in-text", FormattableString.Invariant($"/sections/{at}"), detail);

    private static string? FirstHeading(IReadOnlyList<PrintedSection> parts) =>
        parts.Count > 0 && parts[0] is { Title: { } title } && parts[0].Kind?.Becomes is null or SectionBecomes.Text ? parts[0].Title : null;
}
