using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using ChwFhir.Fhir.Model;
using ChwFhir.Testing;

namespace ChwFhir.Fhir.Tests.Validation;

public sealed class When_references_are_followed
{
    private const string Screening = "http://hl7.org/fhir/us/core/StructureDefinition/us-core-observation-screening-assessment";
    private const string Anybody = """{"resourceType":"Patient","id":"p"}""";
    private const string Somebody = """{"resourceType":"Patient","id":"p","identifier":[{"system":"http://a.example/mrn","value":"1"}],"name":[{"family":"Somebody"}],"gender":"female"}""";

    // https://hl7.org/fhir/R4/references.html#contained: # is read in the resource around it, wherever the reference to that resource stands.
    [Test]
    public void A_contained_one_is_looked_for_in_the_resource_around_the_reference_and_not_in_the_one_that_led_there()
    {
        var sound = Bundle("collection", (Url(1), Claiming("#p", Somebody, Url(2))), (Url(2), Plain("#p", Somebody)));
        var strange = Bundle("collection", (Url(1), Claiming("#p", Somebody, Url(2))), (Url(2), Plain("#p", Anybody)));
        var led = Bundle("collection", (Url(1), Plain("#p", Anybody)), (Url(2), Claiming("#p", Somebody, Url(3))), (Url(3), Plain("#p", Somebody)));

        using var scope = Assert.EnterMultipleScope();
        Assert.That(Faults(sound), Is.Empty);
        Assert.That(Faults(strange), Is.EqualTo((string[])["Bundle.entry[0].resource.hasMember[0] reference-target"]));
        Assert.That(Faults(led), Is.Empty);
    }

    // https://hl7.org/fhir/R4/bundle.html#references
    [TestCase("http://a.example/fhir", "http://a.example/fhir", true, TestName = "A_relative_one_means_the_server_of_its_own_entry")]
    [TestCase("http://a.example/fhir", "http://b.example/fhir", false, TestName = "A_relative_one_does_not_mean_the_same_id_of_another_server")]
    public void Relative_references(string server, string other, bool isMeant)
    {
        var bundle = Bundle("collection", ($"{other}/Patient/p", Anybody), ($"{server}/Observation/o", Claiming("Patient/p", null)));

        Assert.That(Faults(bundle), isMeant ? Is.EqualTo((string[])["Bundle.entry[1].resource.subject reference-target"]) : Is.Empty);
    }

    [Test]
    public void A_relative_one_means_nothing_in_the_Bundle_from_an_entry_that_has_a_urn()
    {
        var bundle = Bundle("collection", ("http://a.example/fhir/Patient/p", Anybody), (Url(1), Claiming("Patient/p", null)));

        Assert.That(Faults(bundle), Is.Empty);
    }

    [TestCase("http://a.example/fhir/Patient/p/_history/1", false)]
    [TestCase("http://a.example/fhir/Patient/p/_history/2", true)]
    [TestCase("Patient/p/_history/1", false)]
    [TestCase("Patient/p/_history/2", true)]
    [TestCase("Patient/p/_history/3", true, Description = "not here, so not looked at")]
    [TestCase("Patient/p", true, Description = "one of two: which, nobody can say")]
    public void One_with_a_version_means_that_version(string reference, bool isSound)
    {
        var bundle = Bundle("collection", ("http://a.example/fhir/Patient/p", Version(Anybody, 1)), ("http://a.example/fhir/Patient/p", Version(Somebody, 2)), ("http://a.example/fhir/Observation/o", Claiming(reference, null)));

        Assert.That(Faults(bundle), isSound ? Is.Empty : Is.EqualTo((string[])["Bundle.entry[2].resource.subject reference-target"]));
    }

    [Test]
    public void An_entry_by_its_urn_is_found_and_one_that_is_not_there_is_told()
    {
        var found = Bundle("collection", (Url(7), Somebody), (Url(1), Claiming(Url(7), null)));
        var strange = Bundle("collection", (Url(7), Anybody), (Url(1), Claiming(Url(7), null)));
        var gone = Bundle("collection", (Url(7), Somebody), (Url(1), Claiming(Url(8), null)));

        using var scope = Assert.EnterMultipleScope();
        Assert.That(Faults(found), Is.Empty);
        Assert.That(Faults(strange), Is.EqualTo((string[])["Bundle.entry[1].resource.subject reference-target"]));
        Assert.That(Faults(gone), Is.EqualTo((string[])["Bundle.entry[1].resource.subject bundle-link"]));
    }

    [Test]
    public void A_Bundle_in_a_Bundle_has_its_own_entries_and_gives_back_those_around_it()
    {
        var inner = Bundle("collection", (Url(7), Somebody), (Url(1), Claiming(Url(7), null)), (Url(2), Plain("#p", Somebody)));
        var whole = Bundle("collection", (Url(8), Somebody), (Url(3), inner), (Url(4), Claiming(Url(8), null)), (Url(5), Plain("#p", Somebody)));
        var across = Bundle("collection", (Url(7), Somebody), (Url(3), Bundle("collection", (Url(1), Claiming(Url(7), null)))));

        using var scope = Assert.EnterMultipleScope();
        Assert.That(Faults(whole), Is.Empty);
        Assert.That(Faults(across), Is.EqualTo((string[])["Bundle.entry[1].resource.entry[0].resource.subject bundle-link"]));
    }

    [Test]
    public void An_id_is_not_met_in_another_entry()
    {
        var bundle = Bundle("collection", (Url(1), Plain("#p", Somebody)), (Url(2), Plain("Patient/x", Somebody)), (Url(3), Plain("#p", null)));

        Assert.That(Faults(bundle), Is.EquivalentTo((string[])["Bundle.entry[1].resource dom-3", "Bundle.entry[2].resource.subject ref-1"]));
    }

    [Test]
    public void A_contained_one_points_at_the_others_of_its_container_and_at_the_container()
    {
        var neighbours = """{"resourceType":"Observation","status":"final","code":{"text":"a"},"contained":[{"resourceType":"Patient","id":"p","managingOrganization":{"reference":"#o"}},{"resourceType":"Organization","id":"o","name":"x"},{"resourceType":"Provenance","id":"q","target":[{"reference":"#"}],"recorded":"2026-03-01T10:00:00Z","agent":[{"who":{"display":"x"}}]}],"subject":{"reference":"#p"}}""";

        Assert.That(Faults(neighbours), Is.Empty);
        Assert.That(Faults(neighbours.Replace("\"#o\"", "\"#p\"", StringComparison.Ordinal)), Does.Contain("Observation.contained[0].managingOrganization reference-target"));
    }

    [Test]
    public void A_long_chain_is_followed_as_far_as_is_safe_and_the_rest_is_told_as_not_checked()
    {
        var bundle = Bundle("collection", [(Url(0), Claiming("Patient/x", null, Url(1))), .. Enumerable.Range(1, 50_000).Select(at => (Url(at), Plain("Patient/x", null, Url(at + 1)))), (Url(50_001), Plain("Patient/x", null))]);

        var found = Validate(bundle);

        using var scope = Assert.EnterMultipleScope();
        Assert.That(found.Errors, Is.Empty);
        Assert.That(found.NotChecked, Has.One.Contains("over more than 32 references"));
    }

    [Test]
    public async Task What_is_sound_is_sound_for_the_foreign_validator_too()
    {
        Needs.ForeignFhir();
        var sound = new[]
        {
            Bundle("collection", (Url(1), Claiming("#p", Somebody, Url(2))), (Url(2), Plain("#p", Somebody))),
            Bundle("collection", ("http://b.example/fhir/Patient/p", Anybody), ("http://a.example/fhir/Observation/o", Claiming("Patient/p", null))),
            Bundle("collection", (Url(8), Somebody), (Url(3), Bundle("collection", (Url(7), Somebody), (Url(1), Claiming(Url(7), null)))), (Url(4), Claiming(Url(8), null))),
        };

        var theirs = await ForeignValidator.ErrorsOfEachAsync(sound.Select(one => JsonNode.Parse(one)!));

        Assert.That(theirs, Is.Empty);
    }

    private static string Url(int number) => string.Create(CultureInfo.InvariantCulture, $"urn:uuid:6f2c1b04-0000-4000-8000-{number:x12}");

    private static string Version(string resource, int version) => resource.Replace("\"id\":\"p\"", $$"""
        "id":"p","meta":{"versionId":"{{version}}"}
        """.Trim(), StringComparison.Ordinal);

    private static string Claiming(string subject, string? contained, params string[] members) => Observation(subject, contained, members).Insert(1, $$"""
        "meta":{"profile":["{{Screening}}"]},
        """.Trim());

    private static string Plain(string subject, string? contained, params string[] members) => Observation(subject, contained, members);

    private static string Observation(string subject, string? contained, string[] members) => $$"""
        {"resourceType":"Observation","id":"o",{{(contained is null ? "" : $"\"contained\":[{contained}],")}}{{(members.Length == 0 ? "" : $"\"hasMember\":[{string.Join(',', members.Select(member => $"{{\"reference\":\"{member}\"}}"))}],")}}"status":"final","code":{"text":"a"},"subject":{"reference":"{{subject}}"},"category":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/observation-category","code":"survey"}]}],"valueString":"b"}
        """.Trim();

    private static string Bundle(string type, params (string Url, string Resource)[] entries) => $$"""
        {"resourceType":"Bundle","type":"{{type}}","entry":[{{string.Join(',', entries.Select(entry => $"{{\"fullUrl\":\"{entry.Url}\",\"resource\":{entry.Resource}}}"))}}]}
        """.Trim();

    private static IEnumerable<string> Faults(string json) => Validate(json).Errors.Select(error => $"{error.Expression} {error.Rule}");

    private static ValidationResult Validate(string json) => TheProfiles.Validation.Validate(FhirJson.Read<Resource>(Encoding.UTF8.GetBytes(json)));
}
