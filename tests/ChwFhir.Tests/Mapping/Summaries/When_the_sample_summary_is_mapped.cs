using ChwFhir.Fhir;
using ChwFhir.Mapping;
using ChwFhir.Testing;
using NUnit.Framework;

namespace ChwFhir.Tests.Mapping.Summaries;

internal sealed class When_the_sample_summary_is_mapped
{
    [Test]
    public void It_becomes_the_expected_bundle()
    {
        var mapped = SomeSummary.Map(SomeSummary.TheSample);

        ExpectedBundle.Compare("after-visit-summary", mapped);
    }

    [Test]
    public async Task It_is_valid()
    {
        var errors = await ForeignValidator.ErrorsAsync([("after-visit-summary", FhirJson.ToJson(SomeSummary.Map(SomeSummary.TheSample).ToTransaction()))]);

        Assert.That(errors, Is.Empty);
    }
}
