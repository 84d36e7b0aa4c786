namespace ChwFhir.Sandbox.Search;

/// <summary><c>_include=Encounter:subject</c>, or back: <c>_revinclude=Provenance:target</c>. A null parameter is every reference.</summary>
internal sealed record Inclusion(string Source, string? Parameter, string? Target, bool Back)
{
    public static Inclusion? Read(string type, string text, bool back)
    {
        if (text == "*")
            return back ? null : new(type, null, null, false);
        if (text.Split(':') is not [var source, var name, ..] parts || parts.Length > 3 || !SearchParameters.IsType(source) || (!back && source != type))
            return null;
        if (name == "*" && !back)
            return new(source, null, null, false);
        if (SearchParameters.Find(source, name)?.Kind != ParameterKind.Reference)
            return null;
        return new(source, name, parts is [_, _, var target] ? target : null, back);
    }
}
