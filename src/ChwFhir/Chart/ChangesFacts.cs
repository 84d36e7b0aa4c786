namespace ChwFhir.Chart;


/// <summary>What changed since a visit, the newest first.</summary>
/// <param name="Since">Null when there was no visit yet: then nothing can have changed since.</param>
/// <param name="Mine">It was the reader's own visit; else the last of anybody's.</param>
public sealed record ChangesFacts(DateTimeOffset? Since, bool Mine, IReadOnlyList<Change> Items);
