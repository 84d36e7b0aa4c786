namespace ChwFhir.Queue;

/// <summary>A note that somebody takes back.</summary>
/// <param name="Reason"><c>entered-in-error</c> or <c>wrong-patient</c>.</param>
/// <param name="Begun">The worker has put down the note's own writes.</param>
/// <param name="MovedTo">Id under which the note was received anew for the right patient.</param>
public sealed record RetractionRow(string Reason, DateTimeOffset AskedAt, bool Begun, string? MovedTo);
