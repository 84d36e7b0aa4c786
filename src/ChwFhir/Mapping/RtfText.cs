using System.Globalization;
using System.Text;

namespace ChwFhir.Mapping;

/// <summary>The words of a document in RTF, as far as word processors and EHRs write them: control words and what describes the document left out.</summary>
internal ref struct RtfText
{
    private const int DeepestGroup = 1000;

    private static readonly HashSet<string> Describing =
        ["fonttbl", "colortbl", "stylesheet", "listtable", "listoverridetable", "rsidtbl", "generator", "info", "pict", "object", "themedata", "datastore", "xmlnstbl", "latentstyles"];

    private static readonly HashSet<string> Parting = ["par", "pard", "line", "tab", "cell", "row", "nestcell", "nestrow", "sect", "page", "column", "lbr", "emspace", "enspace"];

    private readonly ReadOnlySpan<char> rtf;
    private readonly StringBuilder text = new();
    private readonly Stack<(bool Skipped, int Fallback)> groups = new();
    private int at;
    private bool skipped;
    private int fallback = 1;
    private int toSkip;

    private RtfText(string rtf) => this.rtf = rtf;

    internal static bool IsRtf(string text) => text.AsSpan().TrimStart().StartsWith(@"{\rtf", StringComparison.Ordinal);

    internal static string Read(string rtf)
    {
        var reader = new RtfText(rtf);
        while (reader.at < reader.rtf.Length)
            reader.Step();
        return reader.text.ToString();
    }

    private void Step()
    {
        switch (rtf[at++])
        {
            case '{' when groups.Count < DeepestGroup: groups.Push((skipped, fallback)); break;
            case '}' when groups.TryPop(out var outer): (skipped, fallback, toSkip) = (outer.Skipped, outer.Fallback, 0); break;
            case '{' or '}' or '\r' or '\n': break;
            case '\\' when at < rtf.Length: Control(); break;
            case var letter: Say(letter); break;
        }
    }

    private void Control()
    {
        if (!char.IsAsciiLetter(rtf[at]))
        {
            Symbol(rtf[at++]);
            return;
        }

        var start = at;
        while (at < rtf.Length && char.IsAsciiLetter(rtf[at]))
            at++;
        var word = rtf[start..at].ToString();
        start = at;
        if (at < rtf.Length && rtf[at] == '-')
            at++;
        while (at < rtf.Length && char.IsAsciiDigit(rtf[at]))
            at++;
        int? number = int.TryParse(rtf[start..at], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var given) ? given : null;
        if (at < rtf.Length && rtf[at] == ' ')
            at++;
        Word(word, number);
    }

    private void Symbol(char symbol)
    {
        switch (symbol)
        {
            case '\'' when at + 2 <= rtf.Length && byte.TryParse(rtf.Slice(at, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var letter):
                at += 2;
                Say((char)letter);
                break;
            case '\\' or '{' or '}': Say(symbol); break;
            case '~' or '\r' or '\n': Say(' '); break;
            case '_': Say('-'); break;
            case '*': skipped = true; break;
        }
    }

    private void Word(string word, int? number)
    {
        if (Describing.Contains(word))
            skipped = true;
        else if (Parting.Contains(word))
            Say('\n');
        else if (word == "bin")
            at = Math.Min(rtf.Length, at + Math.Max(number ?? 0, 0));
        else if (word == "uc")
            fallback = Math.Clamp(number ?? 1, 0, 16);
        else if (word == "u" && number is { } code)
        {
            toSkip = 0;
            Say((char)(ushort)code);
            toSkip = fallback;
        }
    }

    // Behind a letter by its number stands what readers of old show instead.
    private void Say(char letter)
    {
        if (toSkip > 0)
            toSkip--;
        else if (!skipped)
            text.Append(letter);
    }
}
