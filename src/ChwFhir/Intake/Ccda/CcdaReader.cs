using System.Security.Cryptography;
using System.Text;
using System.Xml;
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
        if (!XmlEncoding.IsSaid(call.Body.Span, call.ContentType))
            return Unreadable("encoding", "this is UTF-16, and neither the XML declaration nor the content type says so", 1, 1);
        using var document = new ClinicalDocument(call);
        try
        {
            return document.Read();
        }
        catch (RefusedXml refused)
        {
            return refused.Line > 0 ? Unreadable(refused.Code, refused.Message, refused.Line, refused.Position) : Unreadable(refused.Code, refused.Message, document.Line, document.Position);
        }
        catch (XmlException broken)
        {
            return document.IsBegun || !HasDoctype(call.Body.Span)
                ? Unreadable("not-xml", "this is no well-formed XML", broken.LineNumber, broken.LinePosition)
                : Unreadable("doctype", "a document type declaration is not taken", broken.LineNumber, broken.LinePosition);
        }
    }

    /// <summary>Our words and the place: the parser's message may quote the document.</summary>
    private static SummaryReading.Unreadable Unreadable(string code, string detail, int line, int position) =>
        new(new NoteFault("", code, $"{char.ToUpperInvariant(detail[0])}{detail[1..]}: line {Math.Max(line, 1)}, position {Math.Max(position, 1)}."));

    private static bool HasDoctype(ReadOnlySpan<byte> body) => body.IndexOf("<!DOCTYPE"u8) >= 0 || body.IndexOf(Encoding.Unicode.GetBytes("<!DOCTYPE")) >= 0 || body.IndexOf(Encoding.BigEndianUnicode.GetBytes("<!DOCTYPE")) >= 0;

    internal static string Hash(ReadOnlyMemory<byte> body) => Convert.ToHexStringLower(SHA256.HashData(body.Span));
}
