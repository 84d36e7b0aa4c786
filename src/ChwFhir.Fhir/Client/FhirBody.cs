using ChwFhir.Fhir.Model;

namespace ChwFhir.Fhir.Client;

/// <summary>Where the client meets the model's JSON.</summary>
internal static class FhirBody
{
    public static ReadOnlyMemory<byte> Write(Resource resource) => FhirJson.ToBytes(resource);

    /// <summary>Null for what is not a FHIR resource; oddities inside one are let pass, as an EHR's answers are.</summary>
    public static Resource? TryRead(ReadOnlyMemory<byte> json) => FhirJson.Read<Resource>(json.Span).Resource;
}
