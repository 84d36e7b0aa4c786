namespace ChwFhir.Ehr;

/// <summary>A person has stopped the writes.</summary>
/// <param name="By">Who, as the caller's token names them; no patient data.</param>
/// <param name="Reason">In that person's words; null when none was given.</param>
public sealed record EndpointStop(string By, DateTimeOffset At, string? Reason = null);
