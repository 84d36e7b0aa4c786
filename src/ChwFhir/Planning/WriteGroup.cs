namespace ChwFhir.Planning;

/// <summary>Steps that go out in one request.</summary>
/// <param name="Transaction">As one transaction; else a single write.</param>
public sealed record WriteGroup(bool Transaction, IReadOnlyList<PlanStep> Steps);
