using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace ChwFhir.Intake.Shapes;

/// <summary>A string of a fixed form. <paramref name="form"/> is a regular expression that .NET and ECMAScript read alike, for the whole string.</summary>
internal sealed class PatternKind(string code, string words, [StringSyntax(StringSyntaxAttribute.Regex)] string form) : Kind<string>
{
    private readonly Regex pattern = new($@"\A(?:{form})\z", RegexOptions.CultureInvariant);

    public override string? Read(JsonElement value, Trail trail)
    {
        if (TextKind.Plain(value, trail) is not { } text)
            return null;
        if (pattern.IsMatch(text))
            return text;

        trail.Fault(code, words);
        return null;
    }

    public override JsonObject Schema() => new() { ["type"] = "string", ["pattern"] = $"^(?:{form})$" };
}
