namespace ChwFhir.Queue;

/// <param name="Detail">A few words for the history, without patient data.</param>
public sealed record IntentOutcome(OutcomeWord Word, int? HttpStatus, string? Detail, TimeSpan Duration);
