namespace ChwFhir;

/// <summary>A part of a note that was retracted, or amended to hold something back, that the records office has to take out of the EHR.</summary>
/// <param name="Reference">Where it stands; null where only a person can find it.</param>
/// <param name="Why">Why the service could not.</param>
/// <param name="DoneAt">When somebody ticked it off; null while it is still to be done.</param>
public sealed record RemovalStatus(string Key, string Type, string? Reference, string Why, DateTimeOffset AskedAt, DateTimeOffset? DoneAt, string? DoneBy);
