using ChwFhir.Intake.Ccda;
using ChwFhir.Intake.FhirDocuments;
using ChwFhir.Intake.Hl7;
using ChwFhir.Intake.Printed;

namespace ChwFhir.Intake.Summaries;

/// <summary>A document inside an envelope (HL7 v2, FHIR), read by the form that the envelope says it has.</summary>
internal abstract record InnerDocument
{
    private InnerDocument() { }

    /// <summary>A page in a printed form.</summary>
    public sealed record Page(PrintedPage Content, int ControlCharacters) : InnerDocument;

    /// <summary>A document that says by itself what it is and whose.</summary>
    public sealed record Whole(AfterVisitSummary Summary, IReadOnlyList<NoteIssue> Issues) : InnerDocument;

    /// <summary>Not what the envelope says.</summary>
    public sealed record Bad(IReadOnlyList<NoteFault> Faults, bool IsUnreadable) : InnerDocument;

    /// <summary>A form whose words are not read here (a PDF, a picture): the bytes are kept.</summary>
    public sealed record Opaque : InnerDocument;

    /// <param name="references">How many references of FHIR it is in: within one every form is read, within none (a message, a body that is no XML) pages and C-CDA.</param>
    public static InnerDocument Read(string contentType, ReadOnlyMemory<byte> bytes, SummaryCall envelope, IntakeOptions options, int references = 0)
    {
        var mediaType = TextBytes.MediaTypeOf(contentType);
        if (PrintedPage.IsForm(mediaType) || mediaType == RtfText.MediaType || mediaType == "application/rtf")
            return FromPage(mediaType, contentType, bytes, options);

        // The header that names the document names the one that was sent, not the one within.
        var inside = envelope with { Body = bytes, ContentType = contentType, DocumentId = null };
        return mediaType switch
        {
            "application/cda+xml" or "application/xml" or "text/xml" => Of(CcdaReader.Read(inside, options)),
            "application/fhir+json" when references > 0 => Of(FhirSummaryReader.Read(inside, options, references)),
            "application/json" when references > 0 => Of(JsonSummaryReader.Read(inside, options, patientNeeded: false)),
            _ when references > 0 && MdmReader.IsForm(mediaType) => Of(MdmReader.Read(inside, options)),
            _ => new Opaque(),
        };
    }

    private static InnerDocument Of(SummaryReading reading) => reading switch
    {
        SummaryReading.Read read => new Whole(read.Summary, read.Issues),
        SummaryReading.Unreadable unreadable => new Bad([unreadable.Fault], true),
        SummaryReading.Invalid invalid => new Bad(invalid.Faults, false),
        _ => new Opaque(),
    };

    private static InnerDocument FromPage(string mediaType, string contentType, ReadOnlyMemory<byte> bytes, IntakeOptions options)
    {
        string? raw;
        NoteFault? fault = null;
        if (PrintedPage.IsForm(mediaType))
            raw = TextBytes.Decode(bytes.Span, TextBytes.CharsetOf(contentType) ?? (mediaType == PrintedPage.Html ? HtmlCharset.Of(bytes.Span) : null), out fault);
        else
            raw = RtfText.Of(bytes.Span, out fault);
        if (raw is null)
            return new Bad([fault!], true);
        if (!options.IsKept && OtherForm.In(raw) is { } other)
            return new Bad([OtherForm.Fault(other)], false);

        return PrintedPage.Read(mediaType, Printed.CleanText.Of(raw, out var leftOut), out fault) is { } page ? new Page(page, leftOut) : new Bad([fault!], fault!.Code != "too-large");
    }
}
