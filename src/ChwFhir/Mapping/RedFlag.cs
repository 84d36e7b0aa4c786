using ChwFhir.Intake;

namespace ChwFhir.Mapping;

/// <summary>Something in a note that the programme's rules want a clinician to see soon.</summary>
/// <param name="Part">Key of the part, as messages name it: <c>symptom/pain</c>.</param>
/// <param name="Text">What was found, in words.</param>
/// <param name="Held">It stands in a held part: it goes to the few who may know, not into the chart.</param>
/// <param name="ToldTo">Who the hold names; empty for the programme's default.</param>
/// <param name="Found">The same apart from its words.</param>
/// <param name="Also">Another name of the same: pain answered in the ESAS-r is <c>symptom/pain</c> too.</param>
internal sealed record RedFlag(string Part, string Pointer, string Text, FlagFound Found, bool Held, IReadOnlyList<string> ToldTo, string? Also = null)
{
    internal bool IsNamedBy(NoteMessage message) => message.About.Contains(Part) || (Also is { } also && message.About.Contains(also));
}
