using System.Text;
using System.Xml;
using ChwFhir.Intake.Printed;
using ChwFhir.Intake.Summaries;

namespace ChwFhir.Intake.Ccda;

/// <summary>A body that is no XML: a text is read as a printed page is, anything else (a scanned page, a PDF) stays what it is in the original, and an issue says so.</summary>
internal sealed class Unstructured(CdaXml xml, SummaryCall call, IntakeOptions options, Issues issues)
{
    /// <summary>What its pages say, as a summary without id and document; null when the body holds no text.</summary>
    public AfterVisitSummary? Read(string pointer)
    {
        AfterVisitSummary? found = null;
        for (var inside = xml.Inside(); inside.Next();)
        {
            if (xml.NodeType != XmlNodeType.Element)
                continue;
            if (xml.Name == "text" && found is null)
                found = Text(pointer + "/text");
            else
                xml.Skip();
        }
        return found;
    }

    private AfterVisitSummary Text(string pointer)
    {
        var mediaType = CleanText.OneLine(xml.Attribute("mediaType"))?.ToLowerInvariant() ?? PrintedPage.Plain;
        var isBase64 = string.Equals(xml.Attribute("representation"), "B64", StringComparison.OrdinalIgnoreCase);
        if (xml.Attribute("compression") is null && (PrintedPage.IsForm(mediaType) || mediaType is "text/rtf" or "application/rtf")
            && Decoded(Content(), isBase64) is { Length: > 0 } bytes && InnerDocument.Read($"{mediaType}; charset=utf-8", bytes, call, options) is InnerDocument.Page { Content: { Parts.Count: > 0 } page })
        {
            foreach (var issue in page.Issues())
                issues.Note(issue.Code, pointer, issue.Detail);
            return PrintedReader.Summary(page);
        }
        xml.Skip();
        issues.Note("kept-as-original", pointer, $"The body is {Kind(mediaType)}: it is kept as the original and was not read.");
        return new AfterVisitSummary { Id = "", Document = new SummaryDocument { ContentType = "", Original = default }, Sections = [new SummarySection(null, null, $"[document: {Kind(mediaType)}]")] };
    }

    private StringBuilder Content()
    {
        var content = new StringBuilder();
        var chunk = new char[4096];
        for (var inside = xml.Inside(); inside.Next();)
        {
            if (xml.NodeType == XmlNodeType.Element)
                xml.Skip();
            if (!xml.IsText && !xml.IsBlank)
                continue;
            for (int count; (count = xml.Text(chunk)) > 0;)
                content.Append(chunk, 0, count);
        }
        return content;
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
