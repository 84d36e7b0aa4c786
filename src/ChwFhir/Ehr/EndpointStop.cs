namespace ChwFhir.Ehr;

/// <summary>A person has stopped the writes.</summary>
/// <param name="By">Who, as the caller's token names them; no patient data.</param>
public sealed record EndpointStop(string By, DateTimeOffset At);
