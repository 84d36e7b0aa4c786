namespace ChwFhir.Mapping;

/// <summary>The document of a note while it is written.</summary>
internal sealed class Page(Draft draft) : Sheet
{
    internal Draft Draft { get; } = draft;

    /// <summary>Behind words that speak of treatment: what the chart says, so that nobody takes a wish for an order.</summary>
    internal void GuardWishes(params ReadOnlySpan<string?> texts)
    {
        if (Wishes.AreIn(texts))
            Say(AdvanceCarePlanningMapping.CodeStatusLine(Draft.Resolved));
    }
}
