using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace ChwFhir.Intake;

/// <summary>JSON by the letter (RFC 8259) in UTF-8, at most 64 levels deep. A byte order mark is passed over.</summary>
public static class StrictJson
{
    private const int MaxDepth = 64;
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = MaxDepth };

    /// <summary>Without the byte order mark, for parsers that stumble over it.</summary>
    internal static ReadOnlySpan<byte> WithoutMark(ReadOnlySpan<byte> utf8) => utf8.StartsWith("\uFEFF"u8) ? utf8[3..] : utf8;

    /// <summary>The document, or null and the fault, which says the place and never the text that stands there.</summary>
    public static JsonDocument? Parse(ReadOnlyMemory<byte> utf8, out NoteFault? fault)
    {
        if (utf8.Span.StartsWith("\uFEFF"u8))
            utf8 = utf8[3..];

        fault = BeforeParsing(utf8.Span);
        if (fault is not null)
            return null;

        try
        {
            var json = JsonDocument.Parse(utf8, Options);
            if (LoneSurrogate(utf8.Span) is not { } at)
                return json;

            json.Dispose();
            fault = Fault(utf8.Span, at, "lone-surrogate", "half of a surrogate pair is escaped here without its other half");
        }
        catch (JsonException)
        {
            fault = WhyNotJson(utf8.Span);
        }

        return null;
    }

    private static NoteFault? BeforeParsing(ReadOnlySpan<byte> utf8)
    {
        if (utf8.IsEmpty)
            return new NoteFault("", "empty-body", "The body is empty; a JSON object belongs here.");
        if (utf8.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || utf8.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]) || (utf8.Length > 1 && (utf8[0] == 0 || utf8[1] == 0)))
            return new NoteFault("", "not-utf8", "The body is UTF-16 or UTF-32; send UTF-8.");
        if (Utf8.IsValid(utf8))
            return null;

        var at = 0;
        while (Rune.DecodeFromUtf8(utf8[at..], out _, out var length) == System.Buffers.OperationStatus.Done)
            at += length;
        return Fault(utf8, at, "not-utf8", "these bytes are not UTF-8");
    }

    /// <summary>System.Text.Json takes <c>\ud800</c> alone; FHIR, and everything that must store text as UTF-8, cannot. Bytes are known to be JSON here.</summary>
    private static int? LoneSurrogate(ReadOnlySpan<byte> json)
    {
        var at = 0;
        while (json[at..].IndexOf((byte)'\\') is var next and >= 0)
        {
            at += next;
            if (Escaped(json, at) is not { } unit)
            {
                at += 2;
                continue;
            }

            if (char.IsLowSurrogate(unit) || (char.IsHighSurrogate(unit) && !(Escaped(json, at + 6) is { } second && char.IsLowSurrogate(second))))
                return at;
            at += char.IsHighSurrogate(unit) ? 12 : 6;
        }

        return null;
    }

    private static char? Escaped(ReadOnlySpan<byte> json, int at) =>
        at + 6 <= json.Length && json[at] == '\\' && json[at + 1] == 'u'
        && Utf8Parser.TryParse(json.Slice(at + 2, 4), out ushort unit, out var used, 'x') && used == 4
            ? (char)unit
            : null;

    private static NoteFault WhyNotJson(ReadOnlySpan<byte> utf8)
    {
        var at = WhereItStops(utf8, MaxDepth);
        if (WhereItStops(utf8, MaxDepth + 1) > at)
            return Fault(utf8, at, "too-deep", $"the nesting is deeper than {MaxDepth} levels");

        var here = at < utf8.Length ? (char)utf8[at] : '\0';
        return Fault(utf8, at, "not-json", here switch
        {
            _ when at >= utf8.Length => "the JSON ends too early",
            '/' => "JSON has no comments",
            '\'' => "strings and names stand in double quotes",
            '\0' => "a NUL byte is no JSON",
            < ' ' => "a control character inside a string must be escaped",
            '}' or ']' => "a value or a name is missing before this bracket (a comma too many?)",
            _ => "this is not JSON",
        });
    }

    private static int WhereItStops(ReadOnlySpan<byte> utf8, int maxDepth)
    {
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = maxDepth });
        try
        {
            while (reader.Read()) { }
        }
        catch (JsonException stop)
        {
            var at = 0;
            for (var line = stop.LineNumber ?? 0; line > 0; line--)
                at += utf8[at..].IndexOf((byte)'\n') + 1;
            return (int)Math.Min(at + (stop.BytePositionInLine ?? 0), utf8.Length);
        }

        return utf8.Length;
    }

    private static NoteFault Fault(ReadOnlySpan<byte> utf8, int at, string code, string words)
    {
        var before = utf8[..at];
        var line = before.Count((byte)'\n') + 1;
        var position = Encoding.UTF8.GetCharCount(before[(before.LastIndexOf((byte)'\n') + 1)..]) + 1;
        return new NoteFault("", code, $"Line {line}, position {position}: {words}.");
    }
}
