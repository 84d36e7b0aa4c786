namespace ChwFhir.CareTeam;

/// <summary>Somebody whom a message is for has seen it.</summary>
/// <param name="At">The first time.</param>
public sealed record SeenView(string By, string Role, DateTimeOffset At);
