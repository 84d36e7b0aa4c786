namespace ChwFhir.Ehr;

/// <summary>The base URL leads to a server of another FHIR release.</summary>
public sealed class UnsupportedFhirReleaseException(string release)
    : Exception($"The EHR speaks FHIR {release}; this service speaks R4 (4.0.1). Set Ehr:BaseUrl to the EHR's R4 base.")
{
    public string Release { get; } = release;
}
