using ChwFhir.Fhir.Model;

namespace ChwFhir.Fhir;

/// <summary>What came of reading: the resource, or null when there was none to be had, and everything that was odd, in the order of the text.</summary>
public sealed record FhirReading<T>(T? Resource, IReadOnlyList<FhirJsonIssue> Issues)
    where T : Resource;
