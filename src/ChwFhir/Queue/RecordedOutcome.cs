namespace ChwFhir.Queue;

public sealed record RecordedOutcome(DateTimeOffset At, OutcomeWord Word, int? HttpStatus, string? Detail, TimeSpan Duration);
