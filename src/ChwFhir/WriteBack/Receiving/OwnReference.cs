using ChwFhir.Intake;

namespace ChwFhir.WriteBack.Receiving;

/// <summary>References of callers as this EHR has them: an absolute one into it is the same as the short one.</summary>
internal static class OwnReference
{
    /// <param name="ehr">The EHR's base.</param>
    public static string Of(string ehr, string reference) =>
        FhirReference.TryParse(reference.Trim(), out var parsed) && (parsed.Base is null || parsed.Base.TrimEnd('/') == ehr) ? $"{parsed.Type}/{parsed.Id}" : reference.Trim();
}
