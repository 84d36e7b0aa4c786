using ChwFhir.Mapping;

namespace ChwFhir.Chart;

/// <summary>A red flag of a visit that may be shown: what was found, and which message told people of it.</summary>
/// <param name="Part">Key of the part: <c>symptom/pain</c>.</param>
/// <param name="Text">What was found, as the chart has it: in English.</param>
/// <param name="Message">Key of the message that carries it, as the inbox names it.</param>
public sealed record ToldFlag(string Part, string Text, string? Message)
{
    /// <summary>The same apart from its words, for readers of another language.</summary>
    public FlagFound? Found { get; init; }
}
