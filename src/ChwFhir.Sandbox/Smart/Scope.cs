using System.Text.RegularExpressions;

namespace ChwFhir.Sandbox.Smart;

/// <summary>
/// One resource scope, in either spelling: <c>patient/Observation.rs</c> (2.x, letters in the order c r u d s) or <c>patient/Observation.read</c> (1.0).
/// One with search parameters behind it is not read, because it would be given wider than it was asked for.
/// </summary>
internal sealed partial record Scope(string Level, string Type, string Letters)
{
    private const string All = "cruds";

    public static Scope? Read(string text)
    {
        var match = Form().Match(text);
        if (!match.Success)
            return null;
        var letters = match.Groups["letters"].Value switch { "read" => "rs", "write" => "cud", "*" => All, var given => given };
        return letters.Length == 0 ? null : new(match.Groups["level"].Value, match.Groups["type"].Value, letters);
    }

    public bool Covers(string type, char letter) => (Type == "*" || Type == type) && Letters.Contains(letter, StringComparison.Ordinal);

    /// <summary>What both allow, if there is anything.</summary>
    public Scope? Meet(Scope other)
    {
        if (Level != other.Level || (Type != other.Type && Type != "*" && other.Type != "*"))
            return null;
        var letters = string.Concat(Letters.Where(letter => other.Letters.Contains(letter, StringComparison.Ordinal)));
        return letters.Length == 0 ? null : new(Level, Type == "*" ? other.Type : Type, letters);
    }

    /// <summary>In the spelling of 1.0, in which strict servers tell what they gave.</summary>
    public IEnumerable<string> Old => (Letters.Intersect("rs").Any(), Letters.Intersect("cud").Any()) switch
    {
        (true, true) => [$"{Level}/{Type}.read", $"{Level}/{Type}.write"],
        (true, false) => [$"{Level}/{Type}.read"],
        _ => [$"{Level}/{Type}.write"]
    };

    public override string ToString() => $"{Level}/{Type}.{Letters}";

    [GeneratedRegex(@"\A(?<level>patient|user|system)/(?<type>\*|[A-Z][A-Za-z]{1,50})\.(?<letters>read|write|\*|c?r?u?d?s?)\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Form();
}
