namespace ChwFhir.Delivery;

/// <summary>One write that was sent, or was about to be when the process ended.</summary>
/// <param name="At">When it was written down, just before it was sent.</param>
/// <param name="Attempt">Which try of the note it belongs to.</param>
/// <param name="Interaction">FHIR's word: <c>create</c>, <c>update</c>, <c>transaction</c>.</param>
/// <param name="Keys">The parts of the note in it, as in its status.</param>
/// <param name="Outcomes">Empty while there is no answer; several when a lost one was looked for.</param>
public sealed record NoteAttempt(DateTimeOffset At, int Attempt, string Method, string Interaction, IReadOnlyList<string> Keys, IReadOnlyList<AttemptOutcome> Outcomes);
