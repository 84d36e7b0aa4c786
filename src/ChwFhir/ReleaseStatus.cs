namespace ChwFhir;

/// <summary>A supervisor's word on a note of a patient outside the sender's panel.</summary>
/// <param name="Decision"><c>released</c> or <c>refused</c>.</param>
public sealed record ReleaseStatus(string Decision, string? By, DateTimeOffset? At, string? Reason);
