namespace ChwFhir.CareTeam;

/// <param name="Reference">As the note names its author.</param>
public sealed record MessageSender(string? Reference, string Role);
