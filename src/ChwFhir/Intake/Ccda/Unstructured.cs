using System.Text;
using System.Xml;
using ChwFhir.Intake.Summaries;

namespace ChwFhir.Intake.Ccda;

/// <summary>A body that is no XML: a text is read, anything else (a scanned page, a PDF) stays what it is in the original, and an issue says so.</summary>
internal sealed class Unstructured(CdaXml xml, Narrative narrative, Issues issues)
{
    public SummarySection? Read(string pointer)
    {
        SummarySection? section = null;
        for (var inside = xml.Inside(); inside.Next();)
        {
            if (xml.NodeType != XmlNodeType.Element)
                continue;
            if (xml.Name == "text" && section is null)
                section = Text(pointer + "/text");
            else
                xml.Skip();
        }
        return section;
    }

    private SummarySection Text(string pointer)
    {
        var mediaType = CleanText.OneLine(xml.Attribute("mediaType"))?.ToLowerInvariant() ?? "text/plain";
        var isBase64 = string.Equals(xml.Attribute("representation"), "B64", StringComparison.OrdinalIgnoreCase);
        var isPacked = xml.Attribute("compression") is not null;
        if (!isPacked && !isBase64 && mediaType is "text/plain" or "text/x-hl7-text+xml")
            return new SummarySection(null, null, narrative.Read() is { Length: > 0 } words ? words : "[no information]");
        if (!isPacked && UnstructuredText.IsText(mediaType))
        {
            var content = new StringBuilder();
            var chunk = new char[4096];
            for (var inside = xml.Inside(); inside.Next();)
            {
                if (xml.NodeType == XmlNodeType.Element)
                    xml.Skip();
                for (int count; xml.IsText && (count = xml.Text(chunk)) > 0;)
                    content.Append(chunk, 0, count);
            }
            if (Decoded(content, isBase64) is { } bytes && UnstructuredText.Read(mediaType, bytes) is { Length: > 0 } text)
                return new SummarySection(null, null, text);
        }
        xml.Skip();
        issues.Note("kept-as-original", pointer, $"The body is {Kind(mediaType)}: it is kept as the original and was not read.");
        return new SummarySection(null, null, $"[document: {Kind(mediaType)}]");
    }

    private static byte[]? Decoded(StringBuilder content, bool isBase64)
    {
        if (!isBase64)
            return Encoding.UTF8.GetBytes(content.ToString());
        var bytes = new byte[content.Length];
        return Convert.TryFromBase64String(content.ToString(), bytes, out var written) ? bytes[..written] : null;
    }

    private static string Kind(string mediaType) =>
        mediaType.Length <= 80 && mediaType.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '/' or '-' or '+' or '.') ? mediaType : "of an unknown kind";
}
