namespace ChwFhir.Delivery;

/// <summary>What the records office has to take out of the EHR, because software could not: parts of retracted notes.</summary>
/// <param name="Open">How many are still to be done.</param>
/// <param name="Items">Them, those asked for longest first; where there are many, only the first. Ticking off shows the next.</param>
public sealed record RemovalsReport(long Open, IReadOnlyList<RemovalAsked> Items);
