namespace ChwFhir.Queue;

/// <summary>Somebody of the team who has come in.</summary>
/// <param name="Self">Their reference, or the subject of their token.</param>
public sealed record StaffRow(string Self, string Name, IReadOnlyList<string> Roles, DateTimeOffset SeenAt);
