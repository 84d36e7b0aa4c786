namespace ChwFhir.Queue;

/// <summary>A write of which it is not established whether the EHR has it.</summary>
/// <param name="Outcomes">Empty when the answer was never recorded (a kill); else the answers that said <c>unknown</c>, oldest first.</param>
public sealed record OpenIntent(
    long Id, long Number, IReadOnlyList<string> Keys, string Method, string Interaction, int Attempt, DateTimeOffset IntendedAt, IReadOnlyList<RecordedOutcome> Outcomes)
{
    /// <summary>When this was read, by the store's clock, as all times of the ledger: whoever acts upon it acts later.</summary>
    public required DateTimeOffset AsOf { get; init; }
}
