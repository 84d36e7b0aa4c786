using ChwFhir.Fhir;
using ChwFhir.Fhir.Model;
using ChwFhir.Testing;
using NUnit.Framework;

namespace ChwFhir.Tests.Profiles;

/// <summary>
/// Every example, every Bundle that is expected of the mapping, and everything that is published, before Medplum's validator (with our profiles, US Core's and the terminology), npm fhir (R4 alone: it knows no profiles) and our own.
/// They agree that nothing is wrong. What they do not see is in the next class.
/// </summary>
internal sealed class When_three_validators_look
{
    [Test]
    public async Task Medplum_finds_nothing()
    {
        var errors = await ForeignValidator.ErrorsAsync(TheGuide.Everything.Select(file => (Path.GetFileNameWithoutExtension(file), File.ReadAllText(file))));

        Assert.That(errors, Is.Empty);
    }

    [Test]
    public async Task The_fhir_package_of_npm_finds_nothing()
    {
        var (errors, said) = await ForeignTools.RunAsync("validate-npm-fhir.mjs", TheGuide.Everything);

        Assert.That(errors, Is.Empty);
        Assert.That(said, Does.Match(@"\A[1-9][0-9]{2} checked, 0 errors\z"));
    }

    [TestCaseSource(typeof(TheGuide), nameof(TheGuide.Everything))]
    public void Our_own_finds_nothing(string file)
    {
        var found = TheGuide.Validation.Validate(FhirJson.Read<Resource>(File.ReadAllBytes(file)));

        Assert.That(found.Errors, Is.Empty);
    }

    [Test]
    public async Task Npm_fhir_does_look()
    {
        using var folder = new ScratchFolder();
        var file = folder.Write("broken.json", """{ "resourceType": "Task", "status": "someday", "mood": "good" }""");

        var (errors, _) = await ForeignTools.RunAsync("validate-npm-fhir.mjs", file);

        Assert.That(errors.Select(line => line[line.IndexOf("Task/", StringComparison.Ordinal)..]), Is.EqualTo(new[]
        {
            "Task/-: Task.status: Code \"someday\" not found in value set", "Task/-: Task.intent: Missing property", "Task/-: Task.mood: Unexpected property",
        }));
    }
}
