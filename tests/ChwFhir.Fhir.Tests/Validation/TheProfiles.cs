using ChwFhir.Testing;

namespace ChwFhir.Fhir.Tests.Validation;

/// <summary>The validator with every profile of this repository, made once.</summary>
internal static class TheProfiles
{
    private static readonly Lazy<FhirValidation> Made = new(() => new FhirValidation(ProfileSet.Load(Folders)));

    public static FhirValidation Validation => Made.Value;

    public static string[] Folders => [Testing.Repository.Path("fhir-profiles", "us-core-7"), Testing.Repository.Path("fhir-profiles")];
}
