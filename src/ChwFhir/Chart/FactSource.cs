namespace ChwFhir.Chart;


/// <summary>Who says something, and when they said it.</summary>
/// <param name="From"><c>chart</c>, <c>visit-note</c>, <c>after-visit-summary</c>, <c>message</c>.</param>
/// <param name="Reference"><c>Condition/1</c> of the EHR, or the id of the note or message here.</param>
/// <param name="Date">FHIR date or dateTime, as exact as it was said; null when it was not.</param>
public sealed record FactSource(string From, string? Reference, string? Date)
{
    public const string Chart = "chart";
    public const string VisitNote = "visit-note";
    public const string Summary = "after-visit-summary";
    public const string Message = "message";
}
