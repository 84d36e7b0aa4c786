namespace ChwFhir.Delivery;

/// <param name="Note">The note's own id: its status says whose it is, and there it is ticked off.</param>
/// <param name="Key">Of the part, as in the note's <c>removals</c>.</param>
/// <param name="Reference">Where it stands in the EHR; null where only a person can find it.</param>
/// <param name="Why">Why the service could not.</param>
public sealed record RemovalAsked(string Note, string Key, string Type, string? Reference, string Why, DateTimeOffset AskedAt);
