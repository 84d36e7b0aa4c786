using System.Xml;
using ChwFhir.Intake.Printed;

namespace ChwFhir.Intake.Ccda;

/// <summary>
/// A section's narrative block as clean text: what the signer signed. Every word stands in it once; what entries point at by <c>ID</c> is remembered for the whole document. HTML's element names are taken as well: vendors
/// write them here.
/// </summary>
internal sealed class Narrative(CdaXml xml) : IDisposable
{
    /// <summary>Deeper lists are indented no further: a line's room is not a hostile document's to take.</summary>
    private const int DeepestIndent = 6;

    private readonly NarrativeText text = new();
    private readonly Dictionary<string, Place> places = new(StringComparer.Ordinal);
    private readonly char[] chunk = new char[1024];
    private long resolved;
    private int listDepth;
    private bool afterContent;
    private string pointer = "";

    /// <summary>The text of the <c>text</c> element that the reader stands on.</summary>
    /// <param name="pointer">Where it stands: said where all narratives together are longer than a summary may be.</param>
    public string Read(string pointer)
    {
        this.pointer = pointer;
        text.Begin();
        listDepth = 0;
        afterContent = false;
        Element(isVerbatim: true);
        return text.End();
    }

    /// <summary>
    /// What an entry points at (<c>#x</c>); null when nothing of that name stands before it. All references together give no more than a few times the narrative: else a document of a thousand entries that all point
    /// at its whole text would grow a thousandfold.
    /// </summary>
    public string? Resolve(string? reference)
    {
        if (reference is null || !places.TryGetValue(reference.StartsWith('#') ? reference[1..] : reference, out var place))
            return null;
        if (place.Words is null)
        {
            place = place with { Words = Words(place) };
            places[reference.StartsWith('#') ? reference[1..] : reference] = place;
        }
        resolved += place.Words.Length;
        return place.Words.Length == 0 || resolved > 65_536 + 4L * text.Length ? null : place.Words;
    }

    /// <summary>A row or item that is pointed at is given without the marks at its ends.</summary>
    private string Words(Place place)
    {
        if (place.End - place.Start > 65_536 + 4L * text.Length - resolved)
            return "";
        var words = text.Span(place.Start, place.End).Trim(" \n|");
        if (words.StartsWith("- "))
            words = words[2..];
        return words.ToString();
    }

    private void Element(bool isVerbatim)
    {
        for (var inside = xml.Inside(); inside.Next();)
        {
            if (xml.NodeType == XmlNodeType.Element)
                Child();
            else if (xml.IsText)
                Text(isVerbatim);
            else if (xml.IsBlank)
                text.Space();
        }
    }

    private void Child()
    {
        var place = text.Length;
        var look = Look();
        var wasContent = afterContent;
        afterContent = false;
        switch (xml.Name)
        {
            case "br":
                xml.Skip();
                text.Line();
                break;
            case "content" or "span":
                Content(look, wasContent);
                break;
            case "table":
                Table();
                break;
            case "tr":
                Row();
                break;
            case "list" or "ul" or "ol":
                List(look.IsOrdered || xml.Name == "ol");
                break;
            case "item" or "li":
                Item(null);
                break;
            case "paragraph" or "p" or "div" or "h1" or "h2" or "h3" or "h4" or "h5" or "h6" or "pre" or "blockquote" or "caption":
                Block(look);
                break;
            case "sup":
                Superscript();
                break;
            case "linkHtml" or "a":
                Link(look.Target);
                break;
            case "renderMultiMedia":
                Image(look.Target);
                break;
            case "footnote":
                text.Space();
                Element(isVerbatim: false);
                text.Space();
                break;
            case "col" or "colgroup" or "script" or "style":
                xml.Skip();
                break;
            case "hr":
                xml.Skip();
                text.Line();
                break;
            default:
                Element(isVerbatim: false);
                break;
        }
        if (look.Id is not null)
            places.TryAdd(look.Id, new Place(place, text.Length, null));
    }

    private Looks Look()
    {
        var look = new Looks();
        if (!xml.FirstAttribute())
            return look;
        do
        {
            switch (xml.Name)
            {
                case "ID" or "id":
                    look.Id = xml.Value();
                    break;
                case "listType":
                    look.IsOrdered = xml.Value() == "ordered";
                    break;
                case "revised":
                    look.IsDeleted = xml.Value() == "delete";
                    break;
                case "styleCode":
                    look.IsVerbatim = xml.Value().Contains("xPre", StringComparison.OrdinalIgnoreCase);
                    break;
                case "href" or "referencedObject":
                    look.Target = xml.Value();
                    break;
            }
        }
        while (xml.NextAttribute());
        xml.BackToElement();
        return look;
    }

    /// <summary>What the author struck out is still the document's words, and must not be read as advice.</summary>
    private void Content(Looks look, bool wasContent)
    {
        if (wasContent)
            text.Space();
        if (look.IsDeleted)
        {
            text.Space();
            text.Word("[deleted]");
            text.Space();
        }
        Element(look.IsVerbatim);
        afterContent = true;
    }

    private void Block(Looks look)
    {
        var isParagraph = xml.Name is not ("div" or "caption");
        Break(isParagraph);
        Element(look.IsVerbatim || xml.Name == "pre");
        Break(isParagraph);
    }

    private void Break(bool isParagraph)
    {
        text.Line();
        if (isParagraph && !text.IsInRow)
            text.Paragraph();
    }

    private void Table()
    {
        text.Block();
        Element(isVerbatim: false);
        text.Block();
    }

    private void Row()
    {
        var outer = text.Row();
        var isFirst = true;
        for (var inside = xml.Inside(); inside.Next();)
        {
            if (xml.IsText)
                Text(isVerbatim: false);
            if (xml.NodeType != XmlNodeType.Element)
                continue;
            if (!isFirst)
                text.Cell();
            isFirst = false;
            var place = text.Length;
            var look = Look();
            afterContent = false;
            if (xml.Name is "td" or "th")
                Element(look.IsVerbatim);
            else
                Child();
            if (look.Id is not null)
                places.TryAdd(look.Id, new Place(place, text.Length, null));
        }
        text.EndRow(outer);
    }

    private void List(bool isOrdered)
    {
        var indent = text.Indent;
        text.Block();
        listDepth++;
        var number = 0;
        for (var inside = xml.Inside(); inside.Next();)
        {
            if (xml.IsText)
                Text(isVerbatim: false);
            if (xml.NodeType != XmlNodeType.Element)
                continue;
            if (xml.Name is not ("item" or "li"))
            {
                Child();
                continue;
            }
            var place = text.Length;
            var look = Look();
            Item(isOrdered ? ++number : null);
            if (look.Id is not null)
                places.TryAdd(look.Id, new Place(place, text.Length, null));
        }
        listDepth--;
        text.Indent = indent;
        text.Block();
    }

    private void Item(int? number)
    {
        afterContent = false;
        text.Item(number is null ? "- " : $"{number}. ", Math.Min(Math.Max(listDepth, 1), DeepestIndent));
        Element(isVerbatim: false);
        text.NoMarker();
        text.Line();
    }

    /// <summary>10³ is not 103.</summary>
    private void Superscript()
    {
        text.Word("^");
        Element(isVerbatim: false);
    }

    private void Link(string? target)
    {
        Element(isVerbatim: false);
        if (target is null || target.StartsWith('#') || !target.Contains(':', StringComparison.Ordinal))
            return;
        text.Space();
        text.Word($"({target})");
    }

    private void Image(string? target)
    {
        text.Space();
        text.Word(target is null ? "[image]" : $"[image: {target}]");
        text.Space();
        Element(isVerbatim: false);
        text.Space();
    }

    private void Text(bool isVerbatim)
    {
        var newlines = 0;
        for (int count; (count = xml.Text(chunk)) > 0;)
        {
            afterContent = false;
            var from = -1;
            for (var i = 0; i < count; i++)
            {
                if (!char.IsWhiteSpace(chunk[i]))
                {
                    if (from < 0)
                        from = i;
                    newlines = 0;
                    continue;
                }
                if (from >= 0)
                    text.Word(chunk.AsSpan(from, i - from));
                from = -1;
                text.Space();
                if (!isVerbatim || chunk[i] != '\n')
                    continue;
                text.Line();
                if (++newlines > 1 && !text.IsInRow)
                    text.Paragraph();
            }
            if (from >= 0)
                text.Word(chunk.AsSpan(from, count - from));
            if (text.Length > PrintedPage.LongestText)
                throw new TooMuchText(pointer);
        }
    }

    public void Dispose() => text.Dispose();

    private record struct Place(int Start, int End, string? Words);

    private struct Looks
    {
        public string? Id;
        public string? Target;
        public bool IsOrdered;
        public bool IsDeleted;
        public bool IsVerbatim;
    }
}
