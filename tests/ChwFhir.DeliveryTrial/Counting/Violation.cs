namespace ChwFhir.DeliveryTrial.Counting;

/// <summary>Something that must not be: a note lost, doubled or out of order, or something in a chart that nobody sent.</summary>
/// <param name="What"><c>lost</c>, <c>doubled</c>, <c>order</c>, <c>strange</c>, <c>unfinished</c>, <c>door</c> or <c>waiting</c>.</param>
internal sealed record Violation(string What, string? NoteId, string Detail);
