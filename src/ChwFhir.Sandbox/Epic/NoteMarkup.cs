using System.Globalization;
using System.Text;

namespace ChwFhir.Sandbox.Epic;

/// <summary>Plain text made into HTML and into RTF, as a chart does that keeps notes in a form of its own: nothing of the text is lost, and no line of it is the same.</summary>
internal static class NoteMarkup
{
    public static string Html(string text)
    {
        var page = new StringBuilder("<div class=\"fmtConv\" style=\"line-height:normal;font-family: Arial;\">");
        foreach (var line in Lines(text))
        {
            page.Append("<div><span style=\"font-size:10pt;\">");
            var afterSpace = true;
            foreach (var rune in line.EnumerateRunes())
            {
                page.Append(rune.Value switch
                {
                    ' ' when afterSpace => "&nbsp;",
                    '\t' => "&nbsp;&nbsp;&nbsp;&nbsp;",
                    '&' => "&amp;",
                    '<' => "&lt;",
                    '>' => "&gt;",
                    '"' => "&quot;",
                    '\'' => "&#39;",
                    < ' ' => "",
                    > '~' => string.Create(CultureInfo.InvariantCulture, $"&#{rune.Value};"),
                    _ => rune.ToString()
                });
                afterSpace = rune.Value == ' ' && !afterSpace;
            }
            page.Append(line.Length == 0 ? "&nbsp;</span></div>" : "</span></div>");
        }
        return page.Append("</div>").ToString();
    }

    public static string Rtf(string text)
    {
        var page = new StringBuilder(@"{\rtf1\epic10403\ansi\spltpgpar\jexpand\noxlattoyen\deff0{\fonttbl{\f0 Arial;}}{\colortbl ;\red0\green0\blue0 ;}\paperw12240\paperh15840 ");
        foreach (var line in Lines(text))
        {
            page.Append(@"\pard\plain\f0\fs20 ");
            foreach (var letter in line)
                page.Append(letter switch
                {
                    '\\' => @"\\",
                    '{' => @"\{",
                    '}' => @"\}",
                    '\t' => @"\tab ",
                    < ' ' => "",
                    > '~' => string.Create(CultureInfo.InvariantCulture, $@"\u{(short)letter}?"),
                    _ => letter.ToString()
                });
            page.Append(@"\par ");
        }
        return page.Append('}').ToString();
    }

    // White space at the end of a line is not kept.
    private static IEnumerable<string> Lines(string text) => text.ReplaceLineEndings("\n").Split('\n').Select(line => line.TrimEnd());
}
