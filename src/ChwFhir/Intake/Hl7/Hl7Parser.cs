using System.Text;
using ChwFhir.Intake.Printed;

namespace ChwFhir.Intake.Hl7;

/// <summary>Bytes to messages: segments ended by CR, LF or both, a charset as MSH-18 says, messages alone or in a batch.</summary>
internal static class Hl7Parser
{
    private const int MostSegments = 20_000;
    public const int MostMessages = 5_000;

    /// <summary>
    /// The messages of a body: one, or each of a batch or file in its order. What is before the first header belongs to none. Of more than <see cref="MostMessages"/>
    /// one more than those.
    /// </summary>
    public static IReadOnlyList<ReadOnlyMemory<byte>> Split(ReadOnlyMemory<byte> body)
    {
        var messages = new List<ReadOnlyMemory<byte>>();
        var start = -1;
        foreach (var (from, to) in Lines(body.Span))
        {
            var line = body.Span[from..to];
            if (IsHeader(line, "MSH"u8))
            {
                Close(from);
                start = from;
            }
            else if (IsHeader(line, "BTS"u8) || IsHeader(line, "FTS"u8) || IsHeader(line, "BHS"u8) || IsHeader(line, "FHS"u8))
            {
                Close(from);
                start = -1;
            }

            if (messages.Count > MostMessages)
                return messages;
        }

        Close(body.Length);
        return messages;

        void Close(int end)
        {
            if (start >= 0)
                messages.Add(body[start..end]);
        }
    }

    /// <summary>Whether the body is a batch or a file of batches, or more than one message.</summary>
    public static bool IsBatch(ReadOnlySpan<byte> body)
    {
        var text = Start(body);
        return IsHeader(text, "FHS"u8) || IsHeader(text, "BHS"u8);
    }

    /// <summary>MSH of a message that may not be readable otherwise, in Latin-1; null when there is none.</summary>
    public static Hl7Segment? Header(ReadOnlySpan<byte> message)
    {
        var bytes = Start(message);
        if (!IsHeader(bytes, "MSH"u8))
            return null;

        var end = bytes.IndexOfAny((byte)'\r', (byte)'\n');
        var line = Encoding.Latin1.GetString(bytes[..Math.Min(end < 0 ? bytes.Length : end, 4096)]);
        // What is no ASCII cannot be sent back in a charset that nobody said.
        line = string.Concat(line.Select(character => character is < ' ' or > '~' ? '?' : character));
        return Hl7Separators.Of(line) is { } separators ? new Hl7Segment("MSH", 1, line.Split(separators.Field), separators) : null;
    }

    /// <summary>FHS and BHS before the first message; a batch without either that can be read has none.</summary>
    public static IReadOnlyList<Hl7Segment> BatchHeaders(ReadOnlySpan<byte> body)
    {
        var headers = new List<Hl7Segment>();
        foreach (var (from, to) in Lines(Start(body)))
        {
            var line = Start(body)[from..to];
            if (!IsHeader(line, "FHS"u8) && !IsHeader(line, "BHS"u8) || headers.Count == 2)
                break;
            var text = string.Concat(Encoding.Latin1.GetString(line[..Math.Min(line.Length, 4096)]).Select(character => character is < ' ' or > '~' ? '?' : character));
            if (Hl7Separators.Of(text) is { } separators)
                headers.Add(new Hl7Segment(text[..3], 1, text.Split(separators.Field), separators));
        }

        return headers;
    }

    /// <summary>The message, or null and the fault.</summary>
    /// <param name="charset">What is said beside the message.</param>
    public static Hl7Message? Parse(ReadOnlyMemory<byte> message, out NoteFault? fault, string? charset = null)
    {
        var bytes = Start(message.Span);
        fault = null;
        if (!IsHeader(bytes, "MSH"u8))
        {
            fault = new NoteFault("MSH", "not-hl7", "A message begins with the segment MSH.");
            return null;
        }

        // A frame around it is not of it; a sign of the framing inside of it is where two messages ran into each other.
        bytes = bytes.TrimEnd("\r\n\x1C"u8);
        if (bytes.ContainsAny((byte)0x0B, (byte)0x1C))
        {
            fault = MdmReader.BrokenFrame;
            return null;
        }

        var head = Encoding.Latin1.GetString(bytes[..Math.Min(bytes.Length, 4096)]);
        if (Hl7Separators.Of(head) is not { } separators || Hl7Distinct(separators) is false)
        {
            fault = new NoteFault("MSH-2", "not-hl7", "MSH-1 and MSH-2 declare the separators, each another sign; these do not.");
            return null;
        }

        // The caller says UTF-8 and it is: a message may have been put into another encoding on its way, and its MSH-18 left as it was.
        var isUtf8 = charset is not null && TextBytes.ByName(charset) is UTF8Encoding && System.Text.Unicode.Utf8.IsValid(bytes);
        if ((isUtf8 ? TextBytes.ByName(charset) : Charset(head, separators, charset)) is not { } encoding)
        {
            fault = new NoteFault("MSH-18", "unknown-charset", "The character set is none that is known here; send UNICODE UTF-8.");
            return null;
        }

        string text;
        try
        {
            text = encoding.GetString(bytes);
        }
        catch (DecoderFallbackException broken)
        {
            var at = Math.Clamp(broken.Index, 0, bytes.Length);
            var segment = bytes[..at].Count((byte)'\r') is var returns and > 0 ? returns : bytes[..at].Count((byte)'\n');
            fault = new NoteFault("MSH-18", "not-text", FormattableString.Invariant($"Segment {segment + 1} of the message: bytes that are not {encoding.WebName.ToUpperInvariant()}; MSH-18 says the character set."));
            return null;
        }

        return Segments(text, separators, encoding, out fault);
    }

    private static Hl7Message? Segments(string text, Hl7Separators separators, Encoding encoding, out NoteFault? fault)
    {
        fault = null;
        var lines = new List<string>();
        var more = new StringBuilder();
        for (var from = 0; from <= text.Length;)
        {
            var end = text.AsSpan(from).IndexOfAny('\r', '\n') is var found and >= 0 ? from + found : text.Length;
            var line = text.AsSpan(from, end - from);
            // The line feed of a CR LF ends an empty line, which is passed over.
            from = end + 1;
            if (IsSegment(line, separators))
            {
                Close();
                lines.Add(line.ToString());
            }
            // A sender that breaks long text into lines without escaping them: they belong to the segment that they follow.
            else if (line.Length > 0 && lines.Count > 0)
                more.Append('\n').Append(line);
            if (lines.Count > MostSegments)
            {
                fault = new NoteFault("MSH", "too-large", FormattableString.Invariant($"A message has at most {MostSegments} segments."));
                return null;
            }
        }

        Close();

        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        var segments = new List<Hl7Segment>(lines.Count);
        foreach (var line in lines)
        {
            var name = line[..3];
            var number = counts[name] = counts.GetValueOrDefault(name) + 1;
            segments.Add(new Hl7Segment(name, number, line.Split(separators.Field), separators));
        }

        return new Hl7Message(separators, segments, encoding);

        void Close()
        {
            if (more.Length == 0)
                return;
            lines[^1] = string.Concat(lines[^1], more.ToString());
            more.Clear();
        }
    }

    private static bool IsSegment(ReadOnlySpan<char> line, Hl7Separators separators) =>
        line.Length >= 3 && char.IsAsciiLetterUpper(line[0]) && IsNamePart(line[1]) && IsNamePart(line[2]) && (line.Length == 3 || line[3] == separators.Field);

    private static bool IsNamePart(char character) => char.IsAsciiLetterUpper(character) || char.IsAsciiDigit(character);

    private static bool Hl7Distinct(Hl7Separators separators)
    {
        char[] signs = [separators.Field, separators.Component, separators.Repetition, separators.Escape, separators.Subcomponent];
        return signs.Distinct().Count() == signs.Length && !Array.Exists(signs, sign => char.IsLetterOrDigit(sign) || sign <= ' ');
    }

    private static Encoding? Charset(string head, Hl7Separators separators, string? beside)
    {
        var end = head.AsSpan().IndexOfAny('\r', '\n');
        var fields = (end < 0 ? head : head[..end]).Split(separators.Field);
        var named = fields.Length > 17 ? fields[17].Split(separators.Repetition)[0].Trim().ToUpperInvariant() : "";
        return named switch
        {
            "" => TextBytes.ByName(beside),
            "ASCII" or "UNICODE UTF-8" or "UNICODE" or "UTF-8" or "UTF8" => TextBytes.ByName("utf-8"),
            "8859/1" => TextBytes.ByName("iso-8859-1"),
            "UNICODE UTF-16" or "UNICODE UTF-32" => null,
            ['8', '8', '5', '9', '/', ..] => TextBytes.ByName("iso-8859-" + named[5..]),
            "GB 18030-2000" => TextBytes.ByName("gb18030"),
            "KS X 1001" => TextBytes.ByName("ks_c_5601-1987"),
            "BIG-5" => TextBytes.ByName("big5"),
            _ => TextBytes.ByName(named),
        };
    }

    private static ReadOnlySpan<byte> Start(ReadOnlySpan<byte> body)
    {
        if (body.StartsWith("\uFEFF"u8))
            body = body[3..];
        return body.TrimStart("\r\n \t\v"u8);
    }

    private static bool IsHeader(ReadOnlySpan<byte> line, ReadOnlySpan<byte> name)
    {
        if (line.StartsWith("\uFEFF"u8))
            line = line[3..];
        return line.StartsWith(name) && (line.Length == 3 || !char.IsAsciiLetterOrDigit((char)line[3]));
    }

    private static IEnumerable<(int From, int To)> Lines(ReadOnlySpan<byte> body)
    {
        var lines = new List<(int, int)>();
        var from = 0;
        while (from < body.Length)
        {
            var end = body[from..].IndexOfAny((byte)'\r', (byte)'\n');
            var to = end < 0 ? body.Length : from + end;
            if (to > from)
                lines.Add((from, to));
            from = to + 1;
        }

        return lines;
    }
}
