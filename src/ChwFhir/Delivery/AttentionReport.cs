namespace ChwFhir.Delivery;

/// <param name="Code">The code of the issue, as in the status of the notes; <c>other</c> where none says why.</param>
/// <param name="Oldest">Receipt of the oldest of them.</param>
public sealed record AttentionReport(string Code, long Notes, DateTimeOffset Oldest);
