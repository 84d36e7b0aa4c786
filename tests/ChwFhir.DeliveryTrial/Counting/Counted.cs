namespace ChwFhir.DeliveryTrial.Counting;

/// <summary>What the chart holds of what was sent.</summary>
/// <param name="Once">Notes all of whose parts stand in the chart exactly once.</param>
/// <param name="Lost">Accepted, not wholly in the chart, and nobody was asked to look.</param>
/// <param name="Doubled">Notes of which something stands there twice.</param>
/// <param name="Unknown">Of those waiting for a person: the service cannot tell whether the EHR has a part.</param>
internal sealed record Counted(int Once, int Lost, int Doubled, int Waiting, int Unknown, int Order, IReadOnlyList<Violation> Violations);
