namespace ChwFhir.SmartApp.SignIn;

/// <summary>The claim <c>fhirUser</c> (or <c>profile</c>, as it was spelled before): who it is, in this EHR's own chart.</summary>
internal static class FhirUser
{
    /// <returns>As <c>Practitioner/1</c>; null for a person on another server, or none.</returns>
    public static string? Read(string? claim, string fhirBase)
    {
        if (claim is null)
            return null;

        var relative = claim.StartsWith(fhirBase + "/", StringComparison.Ordinal) ? claim[(fhirBase.Length + 1)..] : claim;
        return FhirName.Is(relative) ? relative : null;
    }
}
