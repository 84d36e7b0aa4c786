namespace ChwFhir.Chart;


/// <summary>Who speaks for the patient.</summary>
/// <param name="Role"><c>primary</c>, <c>alternate</c>; null when it is not said.</param>
public sealed record HealthAgent(string? Name, string? Relationship, string? Role, IReadOnlyList<Phone> Phones, FactSource Source);
