using ChwFhir.Fhir.Client;

namespace ChwFhir.Ehr;

/// <summary>What a person sees who asks the EHR what it takes.</summary>
/// <param name="Capabilities">Null when it gave no statement; <paramref name="Answer"/> says what it gave.</param>
public sealed record EhrLook(FhirAnswer Answer, EhrCapabilities? Capabilities, LearnedCapabilities Learned);
