namespace ChwFhir.Access;

/// <summary>One person of the panel file.</summary>
/// <param name="Roles">In place of those that the token says; null: the token's.</param>
/// <param name="Practitioner"><c>Practitioner/x</c>, in place of the token's.</param>
/// <param name="Patients"><c>Patient/x</c>.</param>
/// <param name="Chws">Of a supervisor: subjects of the file, or <c>Practitioner/x</c>.</param>
public sealed record PanelEntry(IReadOnlySet<Role>? Roles, string? Practitioner, IReadOnlySet<string> Patients, IReadOnlyList<string> Chws);
