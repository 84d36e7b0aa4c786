namespace ChwFhir.Intake.Ccda.Entries;

/// <summary>What a statement is read against.</summary>
internal sealed record EntryContext(Narrative Narrative, Times Times)
{
    /// <summary>The words of a <c>text</c> or <c>originalText</c>: those written in it, else those that it points at.</summary>
    public string? Words(CdaElement text) => text.Words ?? Narrative.Resolve(text["reference"].Value) ?? Narrative.Resolve(text.Value);

    /// <summary>What a code stands for, as its author put it: own words, the code's display, the words pointed at.</summary>
    public string? Said(CdaElement code)
    {
        if (!code.Exists)
            return null;
        if (code["originalText"].Words is { } words)
            return words;
        if (CleanText.OneLine(code.Attribute("displayName")) is { } display)
            return display;
        if (Narrative.Resolve(code["originalText"]["reference"].Value) is { } pointed)
            return pointed;
        foreach (var translation in code.Children("translation"))
        {
            if (CleanText.OneLine(translation.Attribute("displayName")) is { } other)
                return other;
        }
        return null;
    }
}
