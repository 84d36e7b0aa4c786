using ChwFhir.Api.Fhir;

namespace ChwFhir.Journeys.Fhir;

public sealed class When_a_type_stands_at_the_FHIR_door
{
    [Test]
    public void It_is_known_what_a_part_of_it_keeps()
    {
        Assert.That(FhirTypes.All.Where(type => BaseElements.Always(type.Name).Count == 0), Is.Empty);
        Assert.That(FhirTypes.All.ToDictionary(type => type.Name, type => BaseElements.Summary(type.Name)), Does.ContainKey("Goal").And.One.Property("Value").Contains("achievementStatus"));
    }
}
