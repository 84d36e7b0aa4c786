using ChwFhir.Fhir.Model;

namespace ChwFhir.Planning;

/// <summary>A resource as the EHR has it now.</summary>
/// <param name="Version">For <c>If-Match</c>; null where the server names none.</param>
/// <param name="Said">What our visits said of it; null when only the EHR remembers.</param>
public sealed record KnownResource(string Reference, string? Version, Resource Body, Said? Said);
