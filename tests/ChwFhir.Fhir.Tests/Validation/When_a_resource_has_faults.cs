using System.Text;
using ChwFhir.Fhir.Model;

namespace ChwFhir.Fhir.Tests.Validation;

public sealed class When_a_resource_has_faults
{
    private const string UsCore = "http://hl7.org/fhir/us/core/StructureDefinition/";

    private const string Patient = """{"resourceType":"Patient","id":"p","gender":"sometimes","birthDate":"2026-02-30","nickname":"x","active":"yes","contact":[{"gender":"male"}]}""";
    private const string Survey = """{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/observation-category","code":"survey"}]}""";

    [Test]
    public void All_are_told_at_once_with_place_and_rule()
    {
        var found = Validate(Patient);

        Assert.That(found.Errors.Select(error => $"{error.Expression} {error.Rule}"), Is.EquivalentTo((string[])
        [
            "Patient.nickname unknown-element", "Patient.gender binding", "Patient.active json", "Patient.birthDate format", "Patient.contact[0] pat-1",
        ]));
    }

    [Test]
    public void No_value_of_the_patient_is_repeated()
    {
        var found = Validate(Patient.Replace("sometimes", "MARKER", StringComparison.Ordinal).Replace("2026-02-30", "MARKER", StringComparison.Ordinal).Replace("yes", "MARKER", StringComparison.Ordinal).Replace("\"x\"", "\"MARKER\"", StringComparison.Ordinal));

        Assert.That(found.Errors.Count(), Is.EqualTo(5));
        Assert.That(FhirJson.ToJson(found.ToOperationOutcome()), Does.Not.Contain("MARKER"));
    }

    [TestCase("""{"resourceType":"Observation","status":"final","code":{"text":"a"},"dataAbsentReason":{"text":"b"},"valueString":"c"}""", "Observation obs-6")]
    [TestCase("""{"resourceType":"Observation","status":"final","code":{"text":"a"},"valueQuantity":{"code":"kg"}}""", "Observation.value qty-3")]
    [TestCase("""{"resourceType":"Observation","status":"final","code":{"text":"a"},"subject":{"reference":"Practitioner/1"}}""", "Observation.subject reference-target")]
    [TestCase("""{"resourceType":"Observation","status":"final","code":{"text":"a"},"subject":{"reference":"#gone"}}""", "Observation.subject ref-1")]
    [TestCase("""{"resourceType":"Observation","code":{"text":"a"}}""", "Observation.status cardinality")]
    [TestCase("""{"resourceType":"Observation","status":"final","code":{"text":"a"},"effectivePeriod":{"start":"2026-03-02","end":"2026-03-01"}}""", "Observation.effective per-1")]
    [TestCase("""{"resourceType":"Observation","status":"final","code":{"text":"a"},"text":{"status":"generated","div":"<div xmlns=\"http://www.w3.org/1999/xhtml\"><script>1</script></div>"}}""", "Observation.text txt-1")]
    [TestCase("""{"resourceType":"Observation","status":"final","code":{"text":"a"},"text":{"status":"generated","div":"<div xmlns=\"http://www.w3.org/1999/xhtml\"> <p/> </div>"}}""", "Observation.text txt-2")]
    [TestCase("""{"resourceType":"Observation","status":"final","code":{"text":"a"},"contained":[{"resourceType":"Patient","id":"x"}]}""", "Observation dom-3")]
    [TestCase("""{"resourceType":"Observation","status":"final","code":{"text":"a"},"contained":[{"resourceType":"Provenance","id":"q","target":[{"reference":"#"}],"recorded":"2026-03-01T10:00:00Z","agent":[{"who":{"display":"x"}}]},{"resourceType":"Patient","id":"y"}]}""", "Observation dom-3")]
    [TestCase("""{"resourceType":"Observation","status":"final","code":{"text":"a"},"hasMember":[{"reference":"#"}],"contained":[{"resourceType":"Patient","id":"y"}]}""", "Observation dom-3")]
    [TestCase("""{"resourceType":"Observation","status":"final","code":{"text":"a"},"subject":{"reference":"https://idp.example.org/Practitioner/42"}}""", "Observation.subject reference-target")]
    [TestCase("""{"resourceType":"Observation","status":"final","code":{"text":"a"},"subject":{"reference":"https://idp.example.org/Users/42","type":"Practitioner"}}""", "Observation.subject reference-target")]
    [TestCase("""{"resourceType":"Observation","status":"final","code":{"text":"a"},"extension":[{"url":"http://x.org/a b","valueString":"c"}]}""", "Observation.extension[0].url format")]
    [TestCase("""{"resourceType":"Observation","status":"final","code":{"text":"a"},"subject":{"reference":"#x"},"performer":[{"reference":"#x"}],"contained":[{"resourceType":"Patient","id":"x"},{"resourceType":"Patient","id":"x","gender":"male"}]}""", "Observation.contained[1] contained-id")]
    [TestCase("""{"resourceType":"Observation","status":"final","code":{"text":"a"},"subject":{"reference":"Patient/1","type":"Group"}}""", "Observation.subject reference-type")]
    [TestCase("""{"resourceType":"Observation","status":"final","code":{"text":"a"},"subject":{"reference":"#x","type":"Group"},"contained":[{"resourceType":"Patient","id":"x"}]}""", "Observation.subject reference-type")]
    [TestCase("""{"resourceType":"Observation","status":"final","code":{"text":"a"},"focus":[{"reference":"https://ehr.example.org/fhir/Goal/1","type":"Condition"}]}""", "Observation.focus[0] reference-type")]
    [TestCase("""{"resourceType":"MedicationOrder"}""", "MedicationOrder resource-type")]
    [TestCase("""{"resourceType":"Bundle","type":"collection","entry":[{"resource":{"resourceType":"Foo"}}]}""", "Bundle.entry[0].resource resource-type")]
    [TestCase("""{"resourceType":"Observation","status":"final","code":{"text":"a"},"note":[{"text":""}]}""", "Observation.note[0].text format")]
    [TestCase("""{"resourceType":"Observation","status":"final","code":{"text":"a"},"extension":[{"url":"http://x"}]}""", "Observation.extension[0] ext-1")]
    [TestCase("""{"resourceType":"Observation","status":"final","code":{}}""", "Observation.code ele-1")]
    [TestCase("""{"resourceType":"Goal","lifecycleStatus":"active","description":{"text":"a"},"subject":{"reference":"Patient/1"},"target":[{"detailString":"b"}]}""", "Goal.target[0] gol-1")]
    [TestCase("""{"resourceType":"CarePlan","status":"active","intent":"plan","subject":{"reference":"Patient/1"},"activity":[{"reference":{"reference":"Task/1"},"detail":{"status":"scheduled"}}]}""", "CarePlan.activity[0] cpl-3")]
    [TestCase("""{"resourceType":"Bundle","type":"transaction","entry":[{"fullUrl":"urn:uuid:6f2c1b04-0000-4000-8000-0000000000a1","resource":{"resourceType":"Basic","code":{"text":"a"}}}]}""", "Bundle bdl-3")]
    [TestCase("""{"resourceType":"Bundle","type":"collection","entry":[{"resource":{"resourceType":"Basic","code":{"text":"a"},"subject":{"reference":"urn:uuid:6f2c1b04-0000-4000-8000-0000000000a1"}}}]}""", "Bundle.entry[0].resource.subject bundle-link")]
    [TestCase("""{"resourceType":"Bundle","type":"transaction","entry":[{"resource":{"resourceType":"Basic","code":{"text":"a"}},"request":{"method":"POST","url":"Patient"}}]}""", "Bundle.entry[0] bundle-request")]
    public void The_rule_is_told_by_its_key(string json, string fault)
    {
        var found = Validate(json);

        Assert.That(found.Errors.Select(error => $"{error.Expression} {error.Rule}"), Is.EqualTo((string[])[fault]));
    }

    [TestCase("""{"resourceType":"Observation","status":"final","code":{"text":"a"},"subject":{"reference":"https://idp.example.org/Users/42","type":"Patient"}}""")]
    [TestCase("""{"resourceType":"Observation","status":"final","code":{"text":"a"},"subject":{"reference":"https://idp.example.org/Users/42"}}""")]
    [TestCase("""{"resourceType":"NutritionOrder"}""")]
    public void What_may_be_is_no_fault(string json) => Assert.That(Validate(json).Errors, Is.Empty);

    [TestCase("""{"resourceType":"Task","status":"requested","intent":"order","authoredOn":"2026-11-06","lastModified":"2026-11-04"}""", "a task is not changed before it is made")]
    [TestCase("""{"resourceType":"Parameters","parameter":[{"name":"a"}]}""", "a parameter has a value, a resource or parts, and one of them only")]
    public void A_key_that_two_types_share_is_told_in_the_words_of_each(string json, string text)
    {
        var error = Validate(json).Errors.Single();

        Assert.That((error.Rule, error.Text), Is.EqualTo(("inv-1", text)));
    }

    [Test]
    public void A_profile_that_is_asked_for_holds_without_being_claimed()
    {
        var json = $$"""{"resourceType":"Observation","status":"final","code":{"text":"a"},"category":[{{Survey}}],"valueString":"b"}""";

        Assert.That(Validate(json).Errors, Is.Empty);
        Assert.That(Validate(json, UsCore + "us-core-observation-screening-assessment").Errors.Select(error => $"{error.Expression} {error.Rule}"), Is.EqualTo((string[])["Observation.subject cardinality"]));
    }

    [Test]
    public void A_slice_that_is_needed_is_missed()
    {
        var json = """{"resourceType":"Observation","status":"final","code":{"text":"a"},"subject":{"reference":"Patient/1"},"category":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/observation-category","code":"exam"}]}],"valueString":"b"}""";

        var found = Validate(json, UsCore + "us-core-observation-screening-assessment");

        Assert.That(found.Errors.Select(error => $"{error.Expression} {error.Rule}"), Is.EqualTo((string[])["Observation.category slicing"]));
    }

    [Test]
    public void What_is_pointed_at_in_the_same_Bundle_keeps_to_its_profile()
    {
        var json = $$$"""{"resourceType":"Bundle","type":"collection","entry":[{"fullUrl":"http://x.org/Patient/p","resource":{"resourceType":"Patient","id":"p"}},{"fullUrl":"http://x.org/Observation/o","resource":{"resourceType":"Observation","id":"o","meta":{"profile":["{{{UsCore}}}us-core-observation-screening-assessment"]},"status":"final","code":{"text":"a"},"subject":{"reference":"Patient/p"},"category":[{{{Survey}}}],"valueString":"b"}}]}""";

        var found = Validate(json);

        Assert.That(found.Errors.Select(error => $"{error.Expression} {error.Rule}"), Is.EqualTo((string[])["Bundle.entry[1].resource.subject reference-target"]));
    }

    // https://hl7.org/fhir/R4/terminologies.html#extensible
    [TestCase("HH", false)]
    [TestCase("IMP", true)]
    public void A_code_outside_of_a_list_that_may_be_left_is_a_warning_and_no_fault(string code, bool isWarned)
    {
        var found = Validate($$"""{"resourceType":"Encounter","status":"finished","class":{"system":"http://terminology.hl7.org/CodeSystem/v3-ActCode","code":"{{code}}"} }""", "https://chwfhir.org/fhir/StructureDefinition/chw-visit");

        Assert.That(found.Issues.Where(issue => issue.Rule == "binding").Select(issue => $"{issue.Expression} {issue.Severity}"), isWarned ? Is.EqualTo((string[])["Encounter.class Warning"]) : Is.Empty);
    }

    [Test]
    public void A_profile_that_nobody_knows_is_told_and_not_passed()
    {
        var found = Validate("""{"resourceType":"Patient","meta":{"profile":["http://x.org/none"]},"name":[{"text":"a"}]}""");

        Assert.That(found.NotChecked, Is.EqualTo((string[])["the profile http://x.org/none"]));
    }

    [TestCase("chw-visit", true)]
    [TestCase("chw-visit|0.1.0", true)]
    [TestCase("chw-visit|9.9.0", false)]
    public void A_claim_of_another_version_of_a_profile_is_held_to_the_one_that_is_known_and_that_is_told(string claim, bool isKnown)
    {
        var found = Validate($$"""{"resourceType":"Encounter","meta":{"profile":["https://chwfhir.org/fhir/StructureDefinition/{{claim}}"]},"status":"finished","class":{"system":"http://terminology.hl7.org/CodeSystem/v3-ActCode","code":"HH"} }""");

        Assert.That(found.NotChecked, isKnown ? Is.Empty : Is.EqualTo((string[])[$"the profile https://chwfhir.org/fhir/StructureDefinition/{claim} in its version; what is said here is of 0.1.0"]));
        Assert.That(found.Errors, Is.Not.Empty, "the type of the visit is missing");
    }

    [Test]
    public void An_extension_is_held_to_its_own_definition()
    {
        var found = Validate($$"""{"resourceType":"Patient","extension":[{"url":"{{UsCore}}us-core-birthsex","valueString":"x"}]}""");

        Assert.That(found.Errors.Select(error => $"{error.Expression} {error.Rule}"), Is.EqualTo((string[])["Patient.extension[0].value type"]));
    }

    // https://hl7.org/fhir/R4/extensibility.html#modifierExtension
    [Test]
    public void An_extension_that_modifies_nothing_has_no_place_among_those_that_do_and_one_that_nobody_knows_is_told()
    {
        var found = Validate($$"""{"resourceType":"Patient","modifierExtension":[{"url":"{{UsCore}}us-core-birthsex","valueCode":"F"},{"url":"https://a.example/not","valueBoolean":true}]}""");

        Assert.That(found.Errors.Select(error => $"{error.Expression} {error.Rule}"), Is.EqualTo((string[])["Patient.modifierExtension[0] extension-modifier"]));
        Assert.That(found.NotChecked, Does.Contain("modifier extensions that are not known here: they may change what is said"));
    }

    [TestCase("extension", "Patient.extension[0] extension-modifier")]
    [TestCase("modifierExtension", null)]
    public void An_extension_that_modifies_has_no_place_among_those_that_do_not(string member, string? fault)
    {
        var definition = """{"resourceType":"StructureDefinition","url":"https://a.example/not","type":"Extension","derivation":"constraint","baseDefinition":"http://hl7.org/fhir/StructureDefinition/Extension","snapshot":{"element":[{"id":"Extension","path":"Extension","isModifier":true}]}}""";
        var validation = new FhirValidation(ProfileSet.Load([new MemoryStream(Encoding.UTF8.GetBytes(definition))]));

        var found = validation.Validate(FhirJson.Read<Resource>(Encoding.UTF8.GetBytes($$"""{"resourceType":"Patient","{{member}}":[{"url":"https://a.example/not","valueBoolean":true}]}""")));

        Assert.That(found.Errors.Select(error => $"{error.Expression} {error.Rule}"), fault is null ? Is.Empty : Is.EqualTo((string[])[fault]));
    }

    private static ValidationResult Validate(string json, params string[] profiles) => TheProfiles.Validation.Validate(FhirJson.Read<Resource>(Encoding.UTF8.GetBytes(json)), profiles);
}
