namespace ChwFhir.Chart;


/// <summary>Somebody who looks after the patient.</summary>
/// <param name="Team">Name of the team that they are on, where it has one.</param>
/// <param name="Phones">Their own, else those of their organisation.</param>
public sealed record CareTeamPerson(string? Name, string? Role, string? Organization, string? Team, IReadOnlyList<Phone> Phones, string? Since, FactSource Source);
