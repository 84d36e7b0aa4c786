using System.Security.Cryptography;
using ChwFhir.Intake.Summaries;

namespace ChwFhir.Intake.Printed;

/// <summary>
/// Reads a summary as it was printed: plain text, Markdown or HTML. Its headings are found by words and look, everything stands in a section, and what is said
/// plainly (medicines, signs to call for, appointments …) becomes data as well.
/// </summary>
public static class PrintedReader
{
    public static SummaryReading Read(SummaryCall call, IntakeOptions options)
    {
        if (call.Body.Length > options.MaxBytesWithAttachments)
            return new SummaryReading.TooLarge(options.MaxBytesWithAttachments);

        var mediaType = TextBytes.MediaTypeOf(call.ContentType);
        if (!PrintedPage.IsForm(mediaType))
            return new SummaryReading.NotAForm();

        var charset = TextBytes.CharsetOf(call.ContentType) ?? (mediaType == PrintedPage.Html ? HtmlCharset.Of(call.Body.Span) : null);
        if (TextBytes.Decode(call.Body.Span, charset, out var fault) is not { } raw)
            return new SummaryReading.Unreadable(fault!);
        if (!options.IsKept && OtherForm.In(raw) is { } other)
            return new SummaryReading.Invalid([OtherForm.Fault(other)]);

        var page = PrintedPage.Read(mediaType, CleanText.Of(raw, out var leftOut), out fault);
        if (page is null)
            return fault!.Code == "too-large" ? new SummaryReading.Invalid([fault]) : new SummaryReading.Unreadable(fault);

        var faults = new List<NoteFault>();
        var headers = SummaryHeaders.Read(call, faults, patientNeeded: true);
        if (page.Parts.Count == 0)
            faults.Add(new NoteFault("", "nothing-said", "The page has no text."));
        if (faults.Count > 0)
            return new SummaryReading.Invalid(faults);

        var hash = Convert.ToHexStringLower(SHA256.HashData(call.Body.Span));
        var summary = Summary(page) with
        {
            Id = headers.IdOr(null, hash),
            Patient = headers.Patient,
            Encounter = headers.Encounter is null ? page.Visit : (page.Visit ?? new SummaryEncounter()) with { Reference = headers.Encounter },
            Document = new SummaryDocument
            {
                Title = page.Title,
                Language = page.Language,
                ContentType = TextBytes.IsUtf8(call.Body.Span, charset) ? mediaType : $"{mediaType};charset={charset ?? "utf-16"}",
                Original = call.Body,
            },
        };
        return new SummaryReading.Read(summary, [.. LeftOut(leftOut), .. page.Issues()], hash);
    }

    /// <summary>What a page says, as a summary without id and document.</summary>
    internal static AfterVisitSummary Summary(PrintedPage page) => new()
    {
        Id = "",
        Document = new SummaryDocument { ContentType = PrintedPage.Plain, Original = default },
        Encounter = page.Visit,
        Diagnoses = page.Found.Diagnoses,
        Medications = page.Found.Medications,
        Instructions = page.Found.Instructions,
        WarningSigns = page.Found.WarningSigns,
        FollowUps = page.Found.FollowUps,
        PendingTests = page.Found.PendingTests,
        Goals = page.Found.Goals,
        Concerns = page.Found.Concerns,
        Sections = page.Sections,
    };

    internal static IEnumerable<NoteIssue> LeftOut(int characters) => characters == 0 ? [] :
        [new NoteIssue("information", "control-characters", "", FormattableString.Invariant($"{characters} control characters that cannot be shown are not in the text; the original has them."))];
}
