namespace ChwFhir.Mapping;

/// <summary>One member of the patient's care team.</summary>
/// <param name="Roles">Words of <c>messages[].to</c> that this member answers to: <c>nurse</c>, <c>social-work</c>.</param>
public sealed record TeamMember(string Reference, string? Name, IReadOnlyList<string> Roles);
