using System.Diagnostics;
using ChwFhir.Fhir.Model;

namespace ChwFhir.Fhir.Tests.Validation;

/// <summary>A caller chooses how much a resource contains: a comparison of each with each would stand still for minutes.</summary>
public sealed class When_much_is_contained
{
    private const int Many = 60_000;

    [Test]
    public void It_takes_no_longer_than_it_is_long()
    {
        var document = Document(Many);
        document.Contained[^1].Id = "nobody-points-here";
        var clock = Stopwatch.StartNew();

        var found = TheProfiles.Validation.Validate(document);

        using var scope = Assert.EnterMultipleScope();
        Assert.That(found.Errors.Select(error => $"{error.Expression} {error.Rule}"), Is.EquivalentTo((string[])["DocumentReference dom-3", $"DocumentReference.context.related[{Many - 1}] ref-1"]));
        Assert.That(clock.Elapsed, Is.LessThan(TimeSpan.FromSeconds(5)));
    }

    [Test]
    public void Nor_does_an_observation_of_many_codes()
    {
        var observation = new Observation { Status = ObservationStatus.Final, Code = Codes("a"), Value = new FhirString("some") };
        observation.Component.Add(new Observation.ComponentComponent { Code = Codes("b"), Value = new FhirString("other") });
        var clock = Stopwatch.StartNew();

        var apart = TheProfiles.Validation.Validate(observation);
        observation.Component[0].Code!.Coding.Add(new Coding("http://example.org/codes", "a7"));
        var shared = TheProfiles.Validation.Validate(observation);

        using var scope = Assert.EnterMultipleScope();
        Assert.That(apart.Errors, Is.Empty);
        Assert.That(shared.Errors.Select(error => error.Rule), Is.EqualTo(new[] { "obs-7" }));
        Assert.That(clock.Elapsed, Is.LessThan(TimeSpan.FromSeconds(5)));
    }

    [Test]
    public void Nor_does_one_of_many_members_that_nobody_knows()
    {
        var json = $$"""{"resourceType":"Patient",{{string.Join(",", Enumerable.Range(0, Many).Select(i => $"\"x{i}\":1"))}},"x7":2}""";
        var clock = Stopwatch.StartNew();

        var reading = FhirJson.Read<Patient>(System.Text.Encoding.UTF8.GetBytes(json));

        using var scope = Assert.EnterMultipleScope();
        Assert.That(FhirJson.ToJson(reading.Resource!), Does.Contain($"\"x{Many - 1}\":1").And.Not.Contain("\"x7\":2"));
        Assert.That(clock.Elapsed, Is.LessThan(TimeSpan.FromSeconds(5)));
    }

    private static CodeableConcept Codes(string prefix) => new() { Coding = [.. Enumerable.Range(0, Many).Select(i => new Coding("http://example.org/codes", $"{prefix}{i}"))] };

    private static DocumentReference Document(int many)
    {
        var document = new DocumentReference { Status = DocumentReferenceStatus.Current, Context = new DocumentReference.ContextComponent() };
        document.Content.Add(new DocumentReference.ContentComponent { Attachment = new Attachment { ContentType = "text/plain", Title = "a" } });
        for (var i = 0; i < many; i++)
        {
            document.Contained.Add(new Patient { Id = $"c{i}", Active = true });
            document.Context.Related.Add(new ResourceReference($"#c{i}"));
        }

        return document;
    }
}
