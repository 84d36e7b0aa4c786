namespace ChwFhir.Queue;

/// <summary>A write of which it is not established whether the EHR has it.</summary>
/// <param name="Outcomes">Empty when the answer was never recorded (a kill); else the answers that said <c>unknown</c>, oldest first.</param>
public sealed record OpenIntent(
    long Id, long Number, IReadOnlyList<string> Keys, string Method, string Interaction, int Attempt, DateTimeOffset IntendedAt, IReadOnlyList<RecordedOutcome> Outcomes);
