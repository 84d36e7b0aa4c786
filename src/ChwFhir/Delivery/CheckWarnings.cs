namespace ChwFhir.Delivery;

/// <summary>Settings that are allowed, and seldom meant: a line for each, known to the host.</summary>
public sealed record CheckWarnings(IReadOnlyList<string> Lines);
