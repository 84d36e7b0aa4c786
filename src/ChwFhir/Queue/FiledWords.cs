namespace ChwFhir.Queue;

/// <summary>Words of somebody of the care team that go to the chart.</summary>
/// <param name="Note">Id of the note by which they go.</param>
public sealed record FiledWords(DateTimeOffset At, string By, string Role, string Note);
