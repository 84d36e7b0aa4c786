using ChwFhir.Mapping;

namespace ChwFhir.CareTeam;

/// <summary>What the programme's rules put into a message, apart from its English words.</summary>
/// <param name="Found">The red flags that it speaks of because a rule found them.</param>
/// <param name="Own">What the CHW wrote themselves; null where the whole message is the rules'.</param>
/// <param name="Visit">Day of the visit.</param>
/// <param name="Phone">Of the CHW, where the message says it.</param>
public sealed record RaisedByRules(IReadOnlyList<FlagFound> Found, string? Own, string Visit, string? Phone);
