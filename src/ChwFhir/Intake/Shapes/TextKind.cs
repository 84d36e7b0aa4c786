using System.Buffers;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ChwFhir.Intake.Shapes;

/// <summary>Text for people. Anything may be said; what FHIR's string cannot carry may not: nothing at all, and control characters other than tab, line feed and carriage return.</summary>
/// <param name="atMost">Most characters, counted as Unicode code points.</param>
internal sealed class TextKind(int atMost) : Kind<string>
{
    private const string SchemaPattern = @"^(?=[\s\S]*\S)[^\u0000-\u0008\u000B\u000C\u000E-\u001F]*$";

    private static readonly SearchValues<char> Control =
        SearchValues.Create([.. Enumerable.Range(0, 0x20).Select(c => (char)c).Except(['\t', '\n', '\r'])]);

    public override string? Read(JsonElement value, Trail trail)
    {
        if (Plain(value, trail) is not { } text)
            return null;
        if (text.Length <= atMost || Length(text) <= atMost)
            return text;

        trail.Fault("too-long", $"has more than {atMost.ToString(CultureInfo.InvariantCulture)} characters");
        return null;
    }

    /// <summary>A string that says something and can be stored; the ground under every other kind of string.</summary>
    internal static string? Plain(JsonElement value, Trail trail)
    {
        if (value.ValueKind != JsonValueKind.String && WrongType(value, trail, "a string"))
            return null;

        var text = value.GetString()!;
        if (text.AsSpan().IndexOfAny(Control) >= 0)
            trail.Fault("control-character", "holds a control character (U+0000 to U+001F) other than tab, line feed or carriage return");
        else if (string.IsNullOrWhiteSpace(text))
            trail.Fault("empty", "is empty; leave the member out when there is nothing to say");
        else
            return text;
        return null;
    }

    public override JsonObject Schema()
    {
        var schema = new JsonObject { ["type"] = "string", ["pattern"] = SchemaPattern };
        if (atMost < int.MaxValue)
            schema["maxLength"] = atMost;
        return schema;
    }

    private static int Length(string text)
    {
        var length = 0;
        foreach (var _ in text.EnumerateRunes())
            length++;
        return length;
    }
}
