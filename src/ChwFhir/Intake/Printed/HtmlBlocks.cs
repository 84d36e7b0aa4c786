using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace ChwFhir.Intake.Printed;

/// <summary>A page of HTML as blocks. Nothing is loaded and nothing run; what the page hides is left out.</summary>
internal sealed class HtmlBlocks
{
    private const int MostElements = 200_000;
    private const int LongestHeading = 160;

    private static readonly FrozenSet<string> Dropped = FrozenSet.Create(StringComparer.Ordinal,
        "script", "style", "template", "head", "object", "embed", "iframe", "svg", "math", "canvas", "audio", "video", "select", "option", "datalist", "button", "input", "textarea", "map", "link", "meta", "title");

    private static readonly FrozenSet<string> InLine = FrozenSet.Create(StringComparer.Ordinal,
        "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins", "kbd", "label", "mark", "q", "s", "samp", "small",
        "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr", "noscript", "img", "br");

    private static readonly FrozenSet<string> Flow = FrozenSet.Create(StringComparer.Ordinal, "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "dl", "table", "pre");

    private readonly List<Block> _blocks = [];
    private readonly HtmlLines _lines = new();
    private readonly Stack<ListItem> _items = new();

    private sealed class ListItem(int depth, string marker)
    {
        public int Depth { get; } = depth;
        public string Marker { get; } = marker;
        public int At { get; set; } = -1;

        /// <summary>Its further paragraphs: a page can put its whole text into one item.</summary>
        public StringBuilder More { get; } = new();
    }

    private sealed class TooManyElementsException : Exception;

    public static (List<Block> Blocks, string? Title, string? Language)? Of(string html, out NoteFault? fault)
    {
        fault = null;
        if (HtmlLimits.TooMuchAt(html, out var isText) is { } at)
        {
            if (isText)
            {
                fault = PrintedPage.TooLong("");
                return null;
            }

            var line = html.AsSpan(0, at).Count('\n') + 1;
            fault = new NoteFault("", "too-deep", string.Create(CultureInfo.InvariantCulture, $"Line {line}: more elements inside each other, or attributes of one, than a page needs."));
            return null;
        }

        var elements = 0;
        var parser = new HtmlParser(new HtmlParserOptions
        {
            OnCreated = (_, _) =>
            {
                if (++elements > MostElements)
                    throw new TooManyElementsException();
            },
        });
        try
        {
            using var page = parser.ParseDocument(html);
            var blocks = new HtmlBlocks();
            if (page.Body is { } body)
                blocks.Children(body, false);
            blocks.End();
            var title = page.Title?.Trim();
            var language = page.DocumentElement?.GetAttribute("lang")?.Trim();
            return (blocks._blocks, string.IsNullOrEmpty(title) ? null : title, string.IsNullOrEmpty(language) ? null : language);
        }
        catch (TooManyElementsException)
        {
            fault = new NoteFault("", "too-large", string.Create(CultureInfo.InvariantCulture, $"The page has more than {MostElements} elements."));
            return null;
        }
    }

    private void Children(INode parent, bool bold)
    {
        foreach (var node in parent.ChildNodes)
        {
            if (node is IText text)
                _lines.Text(text.Data, bold);
            else if (node is IElement element && !Dropped.Contains(element.LocalName) && !IsHidden(element))
                Element(element, bold || IsBold(element));
        }
    }

    private void Element(IElement element, bool bold)
    {
        switch (element.LocalName)
        {
            case "br":
                _lines.Break();
                break;
            case "img":
                _lines.Text(element.GetAttribute("alt") ?? "", bold);
                break;
            case "hr":
                End();
                break;
            case ['h', >= '1' and <= '6']:
                Heading(element, bold);
                break;
            case "ul" or "ol" or "menu" or "dir":
                List(element, bold);
                break;
            case "li":
                Item(element, bold, 0, "-");
                break;
            case "table":
                Table(element, bold);
                break;
            case "pre":
                End();
                PlainBlocks.Append(element.TextContent, _blocks);
                break;
            case "dt" or "caption" or "summary":
                End();
                Children(element, true);
                End();
                break;
            default:
                if (InLine.Contains(element.LocalName))
                {
                    Children(element, bold);
                    break;
                }

                End();
                Children(element, bold);
                End();
                break;
        }
    }

    private void Heading(IElement element, bool bold)
    {
        End();
        var text = HtmlLines.Flat(element);
        if (text.Length is 0 or > LongestHeading || (element.ChildElementCount > 0 && element.QuerySelector("table, ul, ol") is not null))
        {
            Children(element, bold);
            End();
            return;
        }

        _blocks.Add(new Block(BlockKind.Heading, text.TrimEnd(':', ' '), element.LocalName[1] - '0'));
    }

    private void List(IElement list, bool bold)
    {
        End();
        var ordered = list.LocalName == "ol";
        var number = int.TryParse(list.GetAttribute("start"), NumberStyles.None, CultureInfo.InvariantCulture, out var start) ? start : 1;
        foreach (var node in list.ChildNodes)
        {
            if (node is IElement { LocalName: "li" } item)
            {
                if (!IsHidden(item))
                    Item(item, bold || IsBold(item), _items.Count, ordered ? FormattableString.Invariant($"{number++}.") : "-");
            }
            else if (node is IElement element && !Dropped.Contains(element.LocalName) && !IsHidden(element))
                Element(element, bold);
            else if (node is IText text)
                _lines.Text(text.Data, bold);
        }

        End();
    }

    private void Item(IElement item, bool bold, int depth, string marker)
    {
        End();
        _items.Push(new ListItem(Math.Min(depth, 5), marker));
        Children(item, bold);
        End();
        var done = _items.Pop();
        if (done.More.Length > 0)
            _blocks[done.At] = _blocks[done.At] with { Text = $"{_blocks[done.At].Text}{done.More}" };
    }

    private void Table(IElement table, bool bold)
    {
        End();
        var rows = Rows(table).ToList();
        if (rows.Exists(row => Cells(row).Any(IsFlow)))
        {
            // A table that only arranges the page.
            Children(table, bold);
            End();
            return;
        }

        if (table.Children.FirstOrDefault(child => child.LocalName == "caption") is { } caption)
            Element(caption, bold);
        var first = true;
        foreach (var row in rows.Where(row => !IsHidden(row)))
        {
            var cells = Cells(row).Where(cell => !IsHidden(cell)).ToList();
            var texts = cells.ConvertAll(HtmlLines.Flat);
            if (texts.TrueForAll(text => text.Length == 0))
                continue;
            if (texts.Count(text => text.Length > 0) == 1 && texts.Count <= 1)
            {
                _lines.Text(texts.Find(text => text.Length > 0)!, cells.TrueForAll(cell => cell.LocalName == "th"));
                End();
                continue;
            }

            var isHead = cells.TrueForAll(cell => cell.LocalName == "th") || row.ParentElement?.LocalName == "thead" || (first && TableColumns.IsHead(texts));
            _blocks.Add(new Block(BlockKind.Row, "", Cells: texts, IsHeaderRow: isHead));
            first = false;
        }
    }

    private static IEnumerable<IElement> Rows(IElement table) =>
        table.Children.SelectMany(child => child.LocalName == "tr" ? [child] : child.LocalName is "tbody" or "thead" or "tfoot" ? child.Children.Where(row => row.LocalName == "tr") : []);

    private static IEnumerable<IElement> Cells(IElement row) => row.Children.Where(cell => cell.LocalName is "td" or "th");

    private static bool IsFlow(IElement cell) =>
        cell.Descendants<IElement>().Any(inside => Flow.Contains(inside.LocalName)) || cell.Children.Count(child => child.LocalName is "p" or "div") > 2;

    /// <summary>Ends the paragraph, or the text of the item that is open.</summary>
    private void End()
    {
        var lines = _lines.Take();
        if (lines.Count == 0)
            return;
        if (!_items.TryPeek(out var item))
        {
            PlainBlocks.Append(lines, _blocks);
            return;
        }

        var text = string.Join(' ', lines.Select(line => line.Text));
        if (item.At < 0)
        {
            item.At = _blocks.Count;
            _blocks.Add(new Block(BlockKind.Item, text, item.Depth, item.Marker));
        }
        else
            item.More.Append(' ').Append(text);
    }

    private static bool IsBold(IElement element) =>
        element.LocalName is "b" or "strong" or "th"
        || (element.GetAttribute("style") is { } style && style.Contains("font-weight", StringComparison.OrdinalIgnoreCase)
            && Plain(style) is var plain && (plain.Contains("font-weight:bold", StringComparison.Ordinal) || plain.Contains("font-weight:7", StringComparison.Ordinal) || plain.Contains("font-weight:8", StringComparison.Ordinal)));

    internal static bool IsHidden(IElement element) =>
        element.HasAttribute("hidden")
        || (element.GetAttribute("style") is { Length: > 0 } style && Plain(style) is var plain
            && (plain.Contains("display:none", StringComparison.Ordinal) || plain.Contains("visibility:hidden", StringComparison.Ordinal) || plain.Contains("mso-hide:all", StringComparison.Ordinal)));

    private static string Plain(string style) => string.Concat(style.Where(character => !char.IsWhiteSpace(character))).ToLowerInvariant();

    internal static bool IsDropped(IElement element) => Dropped.Contains(element.LocalName) || IsHidden(element);
}
