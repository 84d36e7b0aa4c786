namespace ChwFhir.Chart;

/// <summary>One thing that happened, as the timeline of a patient shows it.</summary>
/// <param name="Kind"><c>visit</c>, <c>summary</c>, <c>screening</c>, <c>message</c>, <c>reply</c>, <c>plan-change</c>.</param>
/// <param name="What">What kind of it: the kind of visit (<c>home</c>), of message (<c>ask</c>), of change (<c>goal-changed</c>).</param>
/// <param name="Status">Of a visit its status, of a message its reach, of a change what it is now.</param>
/// <param name="State">How far a note is on its way to the chart; null for what has no way there.</param>
/// <param name="Text">In the words of who wrote it; null where there are none to show.</param>
/// <param name="Before">Of a change what it was.</param>
/// <param name="Id">The id here; null for what only the chart has.</param>
/// <param name="Kept">Parts of a note that the EHR has no word of.</param>
public sealed record TimelineItem(
    string Kind, DateTimeOffset When, string? What, string? Status, string? State, string? Text, string? Before, string? By, string? Id, int Kept, FactSource Source)
{
    /// <summary>Order among what happened at the same time; never shown.</summary>
    internal string Order => $"{Kind} {Id ?? Source.Reference} {Text}";
}
