namespace ChwFhir.Chart;


/// <summary>Somebody of the patient's own people.</summary>
/// <param name="Relationship">As the chart or the family says it.</param>
/// <param name="Roles">What they are beside that: emergency contact, healthcare agent.</param>
/// <param name="MayDiscuss"><c>yes</c>, <c>no</c>, …, as a visit note says; null when none does.</param>
public sealed record Caregiver(
    string? Name, string? Relationship, IReadOnlyList<string> Roles, IReadOnlyList<Phone> Phones, string? Language, string? MayDiscuss, bool? LivesHere, FactSource Source);
