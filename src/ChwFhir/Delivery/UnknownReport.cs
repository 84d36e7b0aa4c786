namespace ChwFhir.Delivery;

/// <summary>Writes whose answer was lost.</summary>
/// <param name="Notes">Notes of which it could not be established whether the EHR has some part: a person decides.</param>
/// <param name="LookedFor">Notes that wait to be looked for in the EHR.</param>
public sealed record UnknownReport(long Notes, long LookedFor);
