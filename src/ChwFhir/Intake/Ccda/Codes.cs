using ChwFhir.Intake.Summaries;

namespace ChwFhir.Intake.Ccda;

/// <summary>Coded values: <c>code</c>, <c>value</c> and their translations.</summary>
internal static class Codes
{
    /// <summary>The code itself, else the first translation of a known system; null when nothing is coded.</summary>
    public static DocumentCode? Read(CdaElement element)
    {
        if (One(element) is { } code)
            return code;
        foreach (var translation in element.Children("translation"))
        {
            if (One(translation) is { } other)
                return other;
        }
        return null;
    }

    /// <summary>The code in the wanted system where it or a translation has one, else as <see cref="Read"/>.</summary>
    public static DocumentCode? Prefer(CdaElement element, string system)
    {
        var code = One(element);
        if (code?.System == system)
            return code;
        foreach (var translation in element.Children("translation"))
        {
            if (One(translation) is { } other && other.System == system)
                return other;
        }
        return Read(element);
    }

    public static IReadOnlyList<DocumentCode> All(CdaElement element)
    {
        var codes = new List<DocumentCode>(1);
        if (One(element) is { } code)
            codes.Add(code);
        foreach (var translation in element.Children("translation"))
        {
            if (One(translation) is { } other && codes.Count < 20 && !codes.Contains(other))
                codes.Add(other);
        }
        return codes;
    }

    private static DocumentCode? One(CdaElement element)
    {
        if (element.Code is not { } written || CleanText.OneLine(written) is not { } code)
            return null;
        return new DocumentCode(CodeSystems.Uri(element.Attribute("codeSystem")) ?? CodeSystems.Named(element.Attribute("codeSystemName")), code, CleanText.OneLine(element.Attribute("displayName")));
    }
}
