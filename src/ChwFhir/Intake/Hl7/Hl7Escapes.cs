using System.Globalization;
using System.Text;

namespace ChwFhir.Intake.Hl7;

/// <summary>Escape sequences of HL7 v2 (2.7) to what they mean: separators, bytes, and the formatting of FT as lines and blanks.</summary>
internal static class Hl7Escapes
{
    private const int LongestSequence = 4000;
    private const int MostLines = 20;

    /// <param name="bytes">How <c>\Xhh\</c> is read; UTF-8 when not said.</param>
    public static string Plain(string raw, Hl7Separators separators, Encoding? bytes = null)
    {
        if (!raw.Contains(separators.Escape, StringComparison.Ordinal))
            return raw;

        var text = new StringBuilder(raw.Length);
        for (var at = 0; at < raw.Length; at++)
        {
            if (raw[at] != separators.Escape)
            {
                text.Append(raw[at]);
                continue;
            }

            var end = raw.IndexOf(separators.Escape, at + 1);
            if (end < 0 || end - at > LongestSequence || !Append(raw.AsSpan(at + 1, end - at - 1), text, separators, bytes))
            {
                // No sequence that is known: the text has the sign itself.
                text.Append(raw[at]);
                continue;
            }

            at = end;
        }

        return text.ToString();
    }

    private static bool Append(ReadOnlySpan<char> sequence, StringBuilder text, Hl7Separators separators, Encoding? bytes)
    {
        switch (sequence)
        {
            case "F": text.Append(separators.Field); return true;
            case "S": text.Append(separators.Component); return true;
            case "T": text.Append(separators.Subcomponent); return true;
            case "R": text.Append(separators.Repetition); return true;
            case "E": text.Append(separators.Escape); return true;
            // Highlighting on and off; changes of the character set, which ISO 2022 alone needs.
            case "H" or "N": return true;
            case ['C' or 'M', ..] when sequence.Length is 5 or 7 && !sequence[1..].ContainsAnyExcept(Hex): return true;
            case ['X', ..]: return AppendBytes(sequence[1..], text, bytes ?? Encoding.UTF8);
            case ['.', ..]: return AppendFormat(sequence[1..], text);
            default: return false;
        }
    }

    private static readonly System.Buffers.SearchValues<char> Hex = System.Buffers.SearchValues.Create("0123456789abcdefABCDEF");

    private static bool AppendBytes(ReadOnlySpan<char> digits, StringBuilder text, Encoding encoding)
    {
        if (digits.Length == 0 || digits.Length % 2 != 0 || digits.ContainsAnyExcept(Hex))
            return false;

        var said = encoding.GetDecoder();
        said.Fallback = new DecoderReplacementFallback("\uFFFD");
        var bytes = Convert.FromHexString(digits);
        var characters = new char[encoding.GetMaxCharCount(bytes.Length)];
        var count = said.GetChars(bytes, characters, true);
        text.Append(new string(characters, 0, count).Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n'));
        return true;
    }

    private static bool AppendFormat(ReadOnlySpan<char> command, StringBuilder text)
    {
        if (command.Length < 2)
            return false;

        var number = command[2..].Trim();
        var count = int.TryParse(number, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var given) ? Math.Clamp(given, 0, MostLines) : 1;
        if (number.Length > 0 && !int.TryParse(number, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _))
            return false;

        switch (command[..2])
        {
            case "br" or "BR":
                text.Append('\n');
                return true;
            case "sp":
                text.Append('\n', Math.Max(1, count));
                return true;
            case "ce":
                text.Append('\n');
                return true;
            case "sk":
                text.Append(' ', count);
                return true;
            case "in" or "ti" or "fi" or "nf":
                return true;
            default:
                return false;
        }
    }

    /// <summary>Our own words as a field's content.</summary>
    public static string Escaped(string text, Hl7Separators separators)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var character in text)
        {
            if (character == separators.Escape)
                escaped.Append(separators.Escape).Append('E').Append(separators.Escape);
            else if (character == separators.Field)
                escaped.Append(separators.Escape).Append('F').Append(separators.Escape);
            else if (character == separators.Component)
                escaped.Append(separators.Escape).Append('S').Append(separators.Escape);
            else if (character == separators.Repetition)
                escaped.Append(separators.Escape).Append('R').Append(separators.Escape);
            else if (character == separators.Subcomponent)
                escaped.Append(separators.Escape).Append('T').Append(separators.Escape);
            else
                escaped.Append(character switch { '\u2013' or '\u2014' => '-', '\u2018' or '\u2019' => '\'', '\u201C' or '\u201D' => '"', '\u2026' => '.', < ' ' or >= '\u007F' => ' ', _ => character });
        }

        return escaped.ToString();
    }
}
