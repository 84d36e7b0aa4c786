namespace ChwFhir.Queue;

/// <summary>One thing that happened to a message.</summary>
/// <param name="What"><c>notified</c>, <c>opened</c>, <c>acknowledged</c>, <c>taken</c>, <c>replied</c>, <c>filed</c>, <c>climbed</c>, <c>nobody-told</c>, <c>closed</c>, <c>withdrawn</c>.</param>
public sealed record MessageEvent(DateTimeOffset At, string What, string? By, string? Role, string? Detail);
