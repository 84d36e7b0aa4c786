using System.Globalization;
using ChwFhir.Fhir;
using ChwFhir.Testing;
using NUnit.Framework;

namespace ChwFhir.Tests.Mapping;

internal sealed class When_a_sample_is_mapped
{
    [Test]
    public void There_are_at_least_ten() => Assert.That(Samples.Names.Count(), Is.GreaterThanOrEqualTo(10));

    [TestCaseSource(typeof(Samples), nameof(Samples.Names))]
    public void It_becomes_the_expected_bundle(string name) => ExpectedBundle.Compare(name, Samples.Map(name));

    [Test]
    public async Task Every_sample_is_read_mapped_and_valid()
    {
        var resources = new List<(string, string)>();
        foreach (var name in Samples.Names)
        {
            var mapped = Samples.Map(name);
            resources.Add((name, FhirJson.ToJson(mapped.ToTransaction())));
            resources.AddRange(mapped.Held.Select((held, i) => ($"{name}-held-{i}", FhirJson.ToJson(held.Resource))));
        }

        var errors = await ForeignValidator.ErrorsAsync(resources);

        Assert.That(errors, Is.Empty);
    }

    [TestCaseSource(typeof(Samples), nameof(Samples.Names))]
    public void It_is_the_same_in_another_language_and_time_zone(string name)
    {
        var here = FhirJson.ToJson(Samples.Map(name).ToTransaction());
        var culture = CultureInfo.CurrentCulture;
        string there;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("") { NumberFormat = { NumberDecimalSeparator = ",", NegativeSign = "~" }, DateTimeFormat = { DateSeparator = "|", TimeSeparator = "h" } };
            there = FhirJson.ToJson(Samples.Map(name).ToTransaction());
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }

        Assert.That(there, Is.EqualTo(here));
    }

    [TestCaseSource(typeof(Samples), nameof(Samples.Names))]
    public void Every_reference_inside_points_to_something_before_it(string name)
    {
        var seen = new HashSet<string>();

        using (Assert.EnterMultipleScope())
        {
            foreach (var mapped in Samples.Map(name).Resources)
            {
                var json = FhirJson.ToJson(mapped.Resource);
                for (var at = json.IndexOf("urn:uuid:", StringComparison.Ordinal); at >= 0; at = json.IndexOf("urn:uuid:", at + 1, StringComparison.Ordinal))
                    Assert.That(seen, Does.Contain(json.Substring(at, 45)), mapped.Key);
                seen.Add(mapped.FullUrl);
            }
        }
    }

    [TestCaseSource(typeof(Samples), nameof(Samples.Names))]
    public void Its_keys_and_identities_are_each_its_own(string name)
    {
        var mapped = Samples.Map(name);
        var all = mapped.Resources.Concat(mapped.Held).ToList();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(all.Select(one => one.Key), Is.Unique);
            Assert.That(all.Select(one => one.Identity.Value), Is.Unique);
            Assert.That(all.Select(one => one.FullUrl), Is.Unique);
        }
    }
}
