using System.Globalization;
using System.Text;

namespace ChwFhir.Intake.Printed;

/// <summary>The words of a Rich Text document: its paragraphs, tabs and characters; fonts, pictures, hidden text and everything else left out.</summary>
internal static class RtfText
{
    public const string MediaType = "text/rtf";

    private const int MostDepth = 500;

    private static readonly HashSet<string> LeftOut = new(StringComparer.Ordinal)
    {
        "fonttbl", "colortbl", "stylesheet", "info", "pict", "object", "header", "headerl", "headerr", "headerf", "footer", "footerl", "footerr", "footerf", "themedata", "datastore", "listtable",
        "listoverridetable", "rsidtbl", "generator", "fldinst", "xmlnstbl", "latentstyles", "mmathPr", "nonshppict", "bkmkstart", "bkmkend", "filetbl", "revtbl", "pntext", "pnseclvl",
    };

    /// <summary>The text; null and the fault when it is no RTF.</summary>
    public static string? Of(ReadOnlySpan<byte> bytes, out NoteFault? fault)
    {
        fault = null;
        var rtf = Encoding.Latin1.GetString(bytes);
        if (!rtf.AsSpan().TrimStart().StartsWith(@"{\rtf"))
        {
            fault = new NoteFault("", "not-text", "A Rich Text document begins with {\\rtf.");
            return null;
        }

        var text = new StringBuilder(rtf.Length / 2);
        var groups = new Stack<State>();
        var state = new State(false, false, 1);
        var page = (CodePagesEncodingProvider.Instance.GetEncoding(1252) ?? Encoding.Latin1);
        var skip = 0;
        for (var at = 0; at < rtf.Length; at++)
        {
            var character = rtf[at];
            switch (character)
            {
                case '{':
                    if (groups.Count >= MostDepth)
                    {
                        fault = new NoteFault("", "too-deep", FormattableString.Invariant($"The Rich Text has more than {MostDepth} groups inside each other."));
                        return null;
                    }

                    groups.Push(state);
                    break;
                case '}':
                    if (groups.TryPop(out var before))
                        state = before;
                    break;
                case '\\' when at + 1 < rtf.Length:
                    at = Control(rtf, at + 1, text, ref state, ref page, ref skip);
                    break;
                case '\r' or '\n':
                    break;
                default:
                    Put(character.ToString(), text, state, ref skip);
                    break;
            }
        }

        return text.ToString();
    }

    private readonly record struct State(bool IsDestination, bool IsHidden, int SkipAfterUnicode);

    /// <returns>Where the control word or sign ends.</returns>
    private static int Control(string rtf, int at, StringBuilder text, ref State state, ref Encoding page, ref int skip)
    {
        var sign = rtf[at];
        if (!char.IsAsciiLetter(sign))
        {
            switch (sign)
            {
                case '\'' when at + 2 < rtf.Length && byte.TryParse(rtf.AsSpan(at + 1, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var code):
                    Put(page.GetString([code]), text, state, ref skip);
                    return at + 2;
                case '\\' or '{' or '}':
                    Put(sign.ToString(), text, state, ref skip);
                    break;
                case '~':
                    Put(" ", text, state, ref skip);
                    break;
                case '_':
                    Put("-", text, state, ref skip);
                    break;
                case '*':
                    state = state with { IsDestination = true };
                    break;
                case '\r' or '\n':
                    Put("\n", text, state, ref skip);
                    break;
            }

            return at;
        }

        var end = at;
        while (end < rtf.Length && char.IsAsciiLetter(rtf[end]) && end - at < 32)
            end++;
        var word = rtf[at..end];
        var numberEnd = end;
        if (numberEnd < rtf.Length && rtf[numberEnd] == '-')
            numberEnd++;
        while (numberEnd < rtf.Length && char.IsAsciiDigit(rtf[numberEnd]) && numberEnd - end < 11)
            numberEnd++;
        int? number = int.TryParse(rtf.AsSpan(end, numberEnd - end), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var given) ? given : null;
        if (number is null)
            numberEnd = end;
        var last = numberEnd < rtf.Length && rtf[numberEnd] == ' ' ? numberEnd : numberEnd - 1;

        switch (word)
        {
            case "par" or "line" or "row" or "sect" or "page" or "softline":
                Put("\n", text, state, ref skip);
                break;
            case "tab" or "cell" or "nestcell":
                Put("\t", text, state, ref skip);
                break;
            case "emdash" or "endash":
                Put("-", text, state, ref skip);
                break;
            case "lquote" or "rquote":
                Put("'", text, state, ref skip);
                break;
            case "ldblquote" or "rdblquote":
                Put("\"", text, state, ref skip);
                break;
            case "bullet":
                Put("\u2022 ", text, state, ref skip);
                break;
            case "uc" when number is >= 0 and < 10:
                state = state with { SkipAfterUnicode = number.Value };
                break;
            case "u" when number is { } unit:
                Put(((char)(ushort)(short)unit).ToString(), text, state, ref skip);
                skip = state.SkipAfterUnicode;
                break;
            case "ansicpg" when number is { } codePage && CodePagesEncodingProvider.Instance.GetEncoding(codePage) is { } known:
                page = known;
                break;
            case "v":
                state = state with { IsHidden = number != 0 };
                break;
            case "bin" when number is > 0:
                return (int)Math.Min((long)last + number.Value, rtf.Length - 1);
            default:
                if (LeftOut.Contains(word))
                    state = state with { IsDestination = true };
                break;
        }

        return last;
    }

    private static void Put(string said, StringBuilder text, State state, ref int skip)
    {
        if (skip > 0)
        {
            skip--;
            return;
        }

        if (!state.IsDestination && !state.IsHidden)
            text.Append(said);
    }
}
