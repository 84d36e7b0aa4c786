namespace ChwFhir.Mapping;

/// <summary>A long-lived part that the service has written for this patient and programme before.</summary>
/// <param name="Key">As in <see cref="MappedResource.Key"/>: <c>goal/garden</c>.</param>
/// <param name="FoldedText">As in <see cref="MappedResource.FoldedText"/> when it was first written; null for keys without words of their own.</param>
/// <param name="VisitTime">Start of the visit that wrote it last.</param>
/// <param name="Text">The words as they stand in the chart, when known: a clinician's later wording of a goal goes beside them.</param>
public sealed record HeldKey(string Key, string? FoldedText, DateTimeOffset VisitTime, string? Text = null);
