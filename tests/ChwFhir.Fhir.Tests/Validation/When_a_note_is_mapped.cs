using ChwFhir.Fhir.Model;
using NUnit.Framework;

namespace ChwFhir.Fhir.Tests.Validation;

public sealed class When_a_note_is_mapped
{
    public static IEnumerable<string> Examples =>
        Directory.EnumerateFiles(Testing.Repository.Path("fhir-profiles", "examples"), "*.json").Select(file => Path.GetFileName(file)!).Order(StringComparer.Ordinal);

    [TestCaseSource(nameof(Examples))]
    public void What_comes_of_it_is_valid(string example)
    {
        var reading = FhirJson.Read<Resource>(File.ReadAllBytes(Testing.Repository.Path("fhir-profiles", "examples", example)));

        var found = TheProfiles.Validation.Validate(reading);

        Assert.That(found.Errors, Is.Empty);
    }
}
