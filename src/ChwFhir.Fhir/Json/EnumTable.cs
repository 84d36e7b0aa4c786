using System.Text.Encodings.Web;

namespace ChwFhir.Fhir.Model;

/// <summary>The codes of one enum, made once: member to code and back.</summary>
internal static class EnumTable<T>
    where T : struct, Enum
{
    private static readonly string[] Systems;
    private static readonly string[] Codes;
    private static readonly JsonEncodedText[] Literals;
    private static readonly byte[][] Bytes;

    static EnumTable()
    {
        var runs = EnumLiterals.Of(typeof(T));
        var systems = new List<string>();
        var codes = new List<string>();
        for (var i = 0; i < runs.Length; i += 2)
        {
            foreach (var code in runs[i + 1].Split('|'))
            {
                systems.Add(runs[i]);
                codes.Add(code);
            }
        }

        Systems = [.. systems];
        Codes = [.. codes];
        Literals = [.. codes.Select(code => JsonEncodedText.Encode(code, JavaScriptEncoder.UnsafeRelaxedJsonEscaping))];
        Bytes = [.. codes.Select(Encoding.UTF8.GetBytes)];
    }

    public static JsonEncodedText Literal(T value) => Literals[Index(value)];

    public static string Code(T value) => Codes[Index(value)];

    /// <summary>An empty text for a value that is no member.</summary>
    public static string CodeOrNone(T value) => Index(value) is var index && (uint)index < (uint)Codes.Length ? Codes[index] : "";

    public static string System(T value) => Systems[Index(value)];

    public static bool TryParse(ReadOnlySpan<byte> code, out T value)
    {
        for (var i = 0; i < Bytes.Length; i++)
        {
            if (code.SequenceEqual(Bytes[i]))
            {
                value = Unsafe.BitCast<int, T>(i);
                return true;
            }
        }

        value = default;

        return false;
    }

    private static int Index(T value) => Unsafe.BitCast<T, int>(value);
}
