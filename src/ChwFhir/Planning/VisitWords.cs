using ChwFhir.Fhir.Model;

namespace ChwFhir.Planning;

/// <summary>What one visit says of a long-lived resource.</summary>
/// <param name="LeftOut"><see cref="Mapping.MappedResource.LeftOut"/></param>
internal sealed record VisitWords(Resource Resource, DateTimeOffset VisitTime, IReadOnlyList<string> LeftOut);
