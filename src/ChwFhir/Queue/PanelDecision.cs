namespace ChwFhir.Queue;

/// <summary>What a supervisor decided about a note of a patient outside the sender's panel.</summary>
/// <param name="By">Who, as their token names them.</param>
public sealed record PanelDecision(string? By, DateTimeOffset? At, string? Reason);
