using System.Security.Cryptography;
using System.Text;
using System.Xml;
using ChwFhir.Intake.Printed;
using ChwFhir.Intake.Summaries;

namespace ChwFhir.Intake.Ccda;

/// <summary>
/// C-CDA R1.1 and R2.1 as EHRs export it, read once from front to back. Templates are matched by their root; parts that are missing or unknown are no reason to refuse a document, only one that is no XML, no clinical document or
/// nobody's. The narrative is kept whole; entries add what they say more than it, and nothing is concluded from words.
/// </summary>
public static class CcdaReader
{
    /// <summary>Never throws for what the bytes say. Time and memory grow with the size of the document and with nothing else that it says.</summary>
    public static SummaryReading Read(SummaryCall call, IntakeOptions options)
    {
        if (call.Body.Length > options.MaxBytesWithAttachments)
            return new SummaryReading.TooLarge(options.MaxBytesWithAttachments);
        var encoding = XmlEncoding.Of(call.Body.Span, call.ContentType, out var fault);
        if (fault is not null)
            return new SummaryReading.Unreadable(fault);
        try
        {
            return Read(new ClinicalDocument(call, options, encoding), call);
        }
        catch (XmlException)
        {
            // The first bytes already are of no encoding that XML has.
            return Unreadable("not-xml", "this is no well-formed XML", (1, 1));
        }
    }

    private static SummaryReading Read(ClinicalDocument opened, SummaryCall call)
    {
        using var document = opened;
        try
        {
            return document.Read();
        }
        catch (TooMuchText much)
        {
            return new SummaryReading.Invalid([PrintedPage.TooLong(much.Pointer)]);
        }
        catch (RefusedXml refused)
        {
            return Unreadable(refused.Code, refused.Message, refused.Line > 0 ? (refused.Line, refused.Position) : document.Place);
        }
        catch (XmlException broken)
        {
            if (!document.IsBegun && Doctype(call.Body.Span) is { } doctype)
                return Unreadable("doctype", "a document type declaration is not taken", doctype);
            return Unreadable("not-xml", "this is no well-formed XML", broken.LineNumber > 0 ? (broken.LineNumber, broken.LinePosition) : document.Place);
        }
    }

    /// <summary>Our words and the place: the parser's message may quote the document.</summary>
    private static SummaryReading.Unreadable Unreadable(string code, string detail, (int Line, int Position) place) =>
        new(new NoteFault("", code, $"{char.ToUpperInvariant(detail[0])}{detail[1..]}: line {Math.Max(place.Line, 1)}, position {Math.Max(place.Position, 1)}."));

    /// <summary>Where it stands: of it alone the parser does not say the place.</summary>
    private static (int Line, int Position)? Doctype(ReadOnlySpan<byte> body)
    {
        foreach (var encoding in (ReadOnlySpan<Encoding>)[Encoding.UTF8, Encoding.Unicode, Encoding.BigEndianUnicode])
        {
            var at = body.IndexOf(encoding.GetBytes("<!DOCTYPE"));
            if (at < 0)
                continue;
            var before = encoding.GetString(body[..at]);
            return (before.AsSpan().Count('\n') + 1, before.Length - before.LastIndexOf('\n'));
        }
        return null;
    }

    internal static string Hash(ReadOnlyMemory<byte> body) => Convert.ToHexStringLower(SHA256.HashData(body.Span));
}
