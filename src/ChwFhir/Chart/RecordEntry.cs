using ChwFhir.Fhir.Model;

namespace ChwFhir.Chart;

/// <summary>One resource that this service holds of a patient.</summary>
/// <param name="Id">Its FHIR id here: the same over the editions of its note.</param>
/// <param name="FullUrl"><c>urn:uuid:…</c>, by which others of the record refer to it.</param>
/// <param name="When">The visit that told it last, or the message's time.</param>
/// <param name="Updated">When what is known of it last changed.</param>
/// <param name="Edition">Which content of its note it is of.</param>
public sealed record RecordEntry(string Id, string FullUrl, Resource Resource, DateTimeOffset When, DateTimeOffset Updated, int Edition);
