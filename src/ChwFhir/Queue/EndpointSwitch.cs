namespace ChwFhir.Queue;

/// <summary>What a person last said of the writes to one EHR; it holds for every instance and outlives them.</summary>
/// <param name="Turn">Grows each time that something is said.</param>
/// <param name="By">Who, as the caller's token names them.</param>
public sealed record EndpointSwitch(long Turn, bool Stopped, string By, DateTimeOffset At, string? Reason);
