using System.Buffers;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace ChwFhir.Intake;

/// <summary>Canonical JSON (RFC 8785, JCS): the same content is the same bytes, whoever wrote it in whatever order.</summary>
public static class CanonicalJson
{
    private static readonly IComparer<JsonProperty> ByBytes =
        Comparer<JsonProperty>.Create(static (a, b) => JsonMarshal.GetRawUtf8PropertyName(a).SequenceCompareTo(JsonMarshal.GetRawUtf8PropertyName(b)));
    private static readonly IComparer<JsonProperty> ByUtf16 = Comparer<JsonProperty>.Create(static (a, b) => string.CompareOrdinal(a.Name, b.Name));

    private static readonly SearchValues<char> Escaped = SearchValues.Create([.. Enumerable.Range(0, 0x20).Select(c => (char)c), '"', '\\']);

    /// <summary>The canonical bytes.</summary>
    /// <exception cref="FormatException">A number that is no IEEE 754 double, such as 1e400.</exception>
    /// <exception cref="InvalidOperationException">A string that is not Unicode (half of a surrogate pair).</exception>
    public static byte[] Write(JsonElement value)
    {
        var output = new ArrayBufferWriter<byte>(JsonMarshal.GetRawUtf8Value(value).Length);
        Write(value, output);
        return output.WrittenSpan.ToArray();
    }

    /// <summary>SHA-256, lower-case hexadecimal.</summary>
    public static string Hash(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private static void Write(JsonElement value, ArrayBufferWriter<byte> output)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object: WriteObject(value, output); return;
            case JsonValueKind.Array: WriteArray(value, output); return;
            case JsonValueKind.String: WriteString(value, output); return;
            case JsonValueKind.Number: WriteNumber(value, output); return;
            default: output.Write(JsonMarshal.GetRawUtf8Value(value)); return;
        }
    }

    private static void WriteObject(JsonElement value, ArrayBufferWriter<byte> output)
    {
        var members = new JsonProperty[value.GetPropertyCount()];
        var count = 0;
        var plain = true;
        foreach (var member in value.EnumerateObject())
        {
            members[count++] = member;
            plain = plain && IsPlain(JsonMarshal.GetRawUtf8PropertyName(member));
        }

        Array.Sort(members, plain ? ByBytes : ByUtf16);
        output.Write("{"u8);
        for (var i = 0; i < members.Length; i++)
        {
            if (i > 0)
                output.Write(","u8);
            WriteName(members[i], plain, output);
            output.Write(":"u8);
            Write(members[i].Value, output);
        }

        output.Write("}"u8);
    }

    /// <summary>ASCII without escapes: its bytes are in the order of its UTF-16 code units, and stand in the output as they are.</summary>
    private static bool IsPlain(ReadOnlySpan<byte> name) => System.Text.Ascii.IsValid(name) && !name.Contains((byte)'\\');

    private static void WriteName(JsonProperty member, bool plain, ArrayBufferWriter<byte> output)
    {
        if (!plain)
        {
            WriteText(member.Name, output);
            return;
        }

        output.Write("\""u8);
        output.Write(JsonMarshal.GetRawUtf8PropertyName(member));
        output.Write("\""u8);
    }

    private static void WriteArray(JsonElement value, ArrayBufferWriter<byte> output)
    {
        output.Write("["u8);
        var first = true;
        foreach (var item in value.EnumerateArray())
        {
            if (!first)
                output.Write(","u8);
            first = false;
            Write(item, output);
        }

        output.Write("]"u8);
    }

    /// <summary>A whole number of few digits is canonical as it stands.</summary>
    private static void WriteNumber(JsonElement value, ArrayBufferWriter<byte> output)
    {
        var raw = JsonMarshal.GetRawUtf8Value(value);
        if (raw.Length <= 15 && !raw.ContainsAnyExceptInRange((byte)'0', (byte)'9'))
            output.Write(raw);
        else
            Ascii(EcmaScriptNumber.Write(value), output);
    }

    /// <summary>A string without escapes is canonical as it stands.</summary>
    private static void WriteString(JsonElement value, ArrayBufferWriter<byte> output)
    {
        var raw = JsonMarshal.GetRawUtf8Value(value);
        if (raw.Contains((byte)'\\'))
            WriteText(value.GetString()!, output);
        else
            output.Write(raw);
    }

    private static void WriteText(ReadOnlySpan<char> text, ArrayBufferWriter<byte> output)
    {
        output.Write("\""u8);
        while (text.IndexOfAny(Escaped) is var next and >= 0)
        {
            Encoding.UTF8.GetBytes(text[..next], output);
            Ascii(Escape(text[next]), output);
            text = text[(next + 1)..];
        }

        Encoding.UTF8.GetBytes(text, output);
        output.Write("\""u8);
    }

    private static string Escape(char character) => character switch
    {
        '"' => "\\\"",
        '\\' => "\\\\",
        '\b' => "\\b",
        '\f' => "\\f",
        '\n' => "\\n",
        '\r' => "\\r",
        '\t' => "\\t",
        _ => $"\\u{(int)character:x4}",
    };

    private static void Ascii(string text, ArrayBufferWriter<byte> output) => Encoding.UTF8.GetBytes(text, output);
}
