using ChwFhir.CareTeam;
using ChwFhir.Chart;
using ChwFhir.Mapping;

namespace ChwFhir.SmartApp.Know;

/// <summary>A red flag with its visit and what became of it.</summary>
/// <param name="InWords">How the CHW put it, where they did.</param>
/// <param name="Tried">What was tried at home.</param>
/// <param name="Message">The message that told people; null where this reader may not read it.</param>
public sealed record KnownFlag(ToldVisit Visit, string Part, string Text, string? InWords, string? Tried, MessageView? Message)
{
    /// <summary>What was found, apart from its English words.</summary>
    public FlagFound? Found { get; init; }
}
