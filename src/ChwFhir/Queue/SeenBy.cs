namespace ChwFhir.Queue;

/// <summary>Somebody whom a message is for has seen it, at that time first.</summary>
public sealed record SeenBy(string By, string Role, DateTimeOffset At);
