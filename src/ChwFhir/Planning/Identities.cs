using ChwFhir.Fhir.Model;

namespace ChwFhir.Planning;

/// <summary>The service's identifiers as text.</summary>
public static class Identities
{
    public static string Text(Identifier identifier) => $"{identifier.System}|{identifier.Value}";

    public static Identifier Parse(string text)
    {
        var bar = text.IndexOf('|', StringComparison.Ordinal);
        return new Identifier(text[..bar], text[(bar + 1)..]);
    }
}
