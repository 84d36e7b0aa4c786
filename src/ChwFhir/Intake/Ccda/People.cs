using System.Text;

namespace ChwFhir.Intake.Ccda;

/// <summary>Names and phone numbers as somebody would say them.</summary>
internal static class People
{
    /// <summary>The first name that says something: <c>Dr Henry Seven</c>.</summary>
    public static string? Name(CdaElement person)
    {
        foreach (var name in person.Children("name"))
        {
            if (!name.IsNull && Spoken(name) is { } spoken)
                return spoken;
        }
        return null;
    }

    public static (string? Family, string? Given) Parts(CdaElement person)
    {
        foreach (var name in person.Children("name"))
        {
            var family = Joined(name, "family");
            var given = name["given"].Words;
            if (family is not null || given is not null)
                return (family, given);
            if (Spoken(name) is { } spoken && spoken.LastIndexOf(' ') is var space)
                return space < 0 ? (spoken, null) : (spoken[(space + 1)..], spoken[..spoken.IndexOf(' ', StringComparison.Ordinal)]);
        }
        return (null, null);
    }

    /// <summary>The first number that can be dialled.</summary>
    public static string? Phone(CdaElement owner)
    {
        foreach (var telecom in owner.Children("telecom"))
        {
            if (telecom.IsNull || CleanText.OneLine(telecom.Value) is not { } value)
                continue;
            if (value.StartsWith("tel:", StringComparison.OrdinalIgnoreCase))
                value = CleanText.OneLine(value[4..]);
            else if (value.Contains(':', StringComparison.Ordinal) || value.Contains('@', StringComparison.Ordinal))
                continue;
            if (value is not null && value.Any(char.IsAsciiDigit))
                return value;
        }
        return null;
    }

    private static string? Spoken(CdaElement name)
    {
        if (!name.First.Exists)
            return name.Words;
        var spoken = new StringBuilder();
        foreach (var part in (ReadOnlySpan<string>)["prefix", "given", "family", "suffix"])
        {
            if (Joined(name, part) is { } words)
                spoken.Append(spoken.Length > 0 ? " " : "").Append(words);
        }
        return spoken.Length > 0 ? spoken.ToString() : name.Words;
    }

    private static string? Joined(CdaElement name, string part)
    {
        string? only = null;
        StringBuilder? more = null;
        foreach (var piece in name.Children(part))
        {
            if (piece.IsNull || piece.Words is not { } words || piece.Attribute("qualifier") == "BR")
                continue;
            if (only is null)
                only = words;
            else
                (more ??= new StringBuilder(only)).Append(' ').Append(words);
        }
        return more?.ToString() ?? only;
    }
}
