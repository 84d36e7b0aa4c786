namespace ChwFhir.Chart;


/// <param name="Status">FHIR's task or request status, the later one.</param>
/// <param name="Changed">When that was last changed.</param>
public sealed record ReferralFact(string Service, string? To, IReadOnlyList<Phone> Phones, string? Status, string? Urgency, string? Requested, string? Changed, string? Why, bool IsOurs, FactSource Source);
