namespace ChwFhir;

/// <summary>Who decided about a held part, and why.</summary>
/// <param name="Role"><c>clinician</c> or <c>social-worker</c>.</param>
public sealed record HeldDecisionView(string By, string Role, DateTimeOffset At, string Reason);
