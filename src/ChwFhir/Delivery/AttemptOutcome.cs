namespace ChwFhir.Delivery;

/// <param name="Word"><c>done</c>, <c>refused</c>, <c>busy</c>, <c>not-sent</c>, <c>unknown</c> (the answer was lost), <c>found</c> or <c>absent</c> (it was looked for).</param>
/// <param name="Status">The EHR's HTTP status; null where no answer came.</param>
/// <param name="Milliseconds">How long the request, or the search, took.</param>
public sealed record AttemptOutcome(DateTimeOffset At, string Word, int? Status, long Milliseconds);
