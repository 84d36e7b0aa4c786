namespace ChwFhir.Delivery;

/// <summary>What a person decided about a note.</summary>
/// <param name="By">As their token names them.</param>
/// <param name="TakenBack">The EHR has shown that it cannot be so; somebody was asked again.</param>
public sealed record DecisionMade(DateTimeOffset At, string By, string Key, string Decision, string? Reference, string? Reason, bool TakenBack);
