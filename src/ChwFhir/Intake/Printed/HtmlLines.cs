using System.Text;
using AngleSharp.Dom;

namespace ChwFhir.Intake.Printed;

/// <summary>The running text of a page as lines, white space as a browser shows it.</summary>
internal sealed class HtmlLines
{
    private readonly StringBuilder _line = new();
    private readonly List<Line> _lines = [];
    private bool _space;
    private bool _allBold = true;

    public void Text(string data, bool bold)
    {
        foreach (var character in data)
        {
            if (char.IsWhiteSpace(character))
            {
                _space = true;
                continue;
            }

            if (_space && _line.Length > 0)
                _line.Append(' ');
            _space = false;
            _allBold &= bold;
            _line.Append(character);
        }
    }

    public void Break()
    {
        if (_line.Length > 0)
            _lines.Add(new Line(_line.ToString(), 0, _allBold));
        else if (_lines.Count > 0)
            _lines.Add(new Line(""));
        _line.Clear();
        _space = false;
        _allBold = true;
    }

    /// <summary>The lines since the last time; none when there was no text.</summary>
    public List<Line> Take()
    {
        if (_line.Length == 0 && _lines.Count == 0)
        {
            _space = false;
            return [];
        }

        Break();
        var lines = new List<Line>(_lines);
        _lines.Clear();
        while (lines.Count > 0 && lines[^1].IsBlank)
            lines.RemoveAt(lines.Count - 1);
        return lines;
    }

    /// <summary>All text inside an element on one line.</summary>
    public static string Flat(IElement element)
    {
        var lines = new HtmlLines();
        Flat(element, lines);
        return string.Join(' ', lines.Take().Where(line => !line.IsBlank).Select(line => line.Text));
    }

    private static void Flat(INode parent, HtmlLines lines)
    {
        foreach (var node in parent.ChildNodes)
        {
            if (node is IText text)
                lines.Text(text.Data, false);
            else if (node is IElement { LocalName: "br" })
                lines.Break();
            else if (node is IElement { LocalName: "img" } image)
                lines.Text(image.GetAttribute("alt") ?? "", false);
            else if (node is IElement element && !HtmlBlocks.IsDropped(element))
            {
                var apart = element.LocalName is "p" or "div" or "li" or "td" or "th" or "tr" or "h1" or "h2" or "h3" or "h4";
                if (apart)
                    lines.Break();
                Flat(element, lines);
                if (apart)
                    lines.Break();
            }
        }
    }
}
