using System.Buffers;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace ChwFhir.Intake;

/// <summary>Canonical JSON (RFC 8785, JCS): the same content is the same bytes, whoever wrote it in whatever order.</summary>
public static class CanonicalJson
{
    private static readonly SearchValues<char> Escaped = SearchValues.Create([.. Enumerable.Range(0, 0x20).Select(c => (char)c), '"', '\\']);

    /// <summary>The canonical bytes.</summary>
    /// <exception cref="FormatException">A number that is no IEEE 754 double, such as 1e400.</exception>
    /// <exception cref="InvalidOperationException">A string that is not Unicode (half of a surrogate pair).</exception>
    public static byte[] Write(JsonElement value)
    {
        var output = new ArrayBufferWriter<byte>(4096);
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
            case JsonValueKind.Number: Ascii(EcmaScriptNumber.Write(value), output); return;
            default: output.Write(JsonMarshal.GetRawUtf8Value(value)); return;
        }
    }

    private static void WriteObject(JsonElement value, ArrayBufferWriter<byte> output)
    {
        var members = new List<(string Name, JsonElement Value)>();
        foreach (var member in value.EnumerateObject())
            members.Add((member.Name, member.Value));
        members.Sort(static (a, b) => string.CompareOrdinal(a.Name, b.Name));

        output.Write("{"u8);
        for (var i = 0; i < members.Count; i++)
        {
            if (i > 0)
                output.Write(","u8);
            WriteText(members[i].Name, output);
            output.Write(":"u8);
            Write(members[i].Value, output);
        }

        output.Write("}"u8);
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
