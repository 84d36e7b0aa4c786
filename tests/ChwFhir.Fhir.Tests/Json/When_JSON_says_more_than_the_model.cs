using ChwFhir.Fhir.Model;
using NUnit.Framework;

namespace ChwFhir.Fhir.Tests.Json;

public sealed class When_JSON_says_more_than_the_model
{
    // Each is written again byte by byte.
    private static readonly string[] TheTexts =
    [
        """{"resourceType":"Patient","birthDate":"2026-03"}""",
        """{"resourceType":"Patient","birthDate":"1950","_birthDate":{"extension":[{"url":"http://x.org/t","valueDateTime":"1950"}]}}""",
        """{"resourceType":"Patient","_birthDate":{"id":"b","extension":[{"url":"http://hl7.org/fhir/StructureDefinition/data-absent-reason","valueCode":"unknown"}]}}""",
        """{"resourceType":"Patient","name":[{"given":[null,"Anne"],"_given":[{"id":"g"},null]}]}""",
        """{"resourceType":"Patient","name":[{"_given":[{"id":"g"}]}]}""",
        """{"resourceType":"Patient","gender":"androgynous","_gender":{"id":"x"}}""",
        """{"resourceType":"Patient","deceasedBoolean":true,"_deceasedBoolean":{"id":"d","extension":[{"url":"http://x.org/y","valueInteger":1}]}}""",
        """{"resourceType":"Patient","_deceasedDateTime":{"id":"d"}}""",
        """{"resourceType":"Patient","_birthDate":{}}""",
        """{"resourceType":"Patient","active":"true"}""",
        """{"resourceType":"Patient","active":null,"name":null,"birthDate":null,"maritalStatus":null}""",
        """{"resourceType":"Patient","name":[]}""",
        """{"resourceType":"Patient","name":[{"given":[]}]}""",
        """{"resourceType":"Patient","name":["Anne",{"text":"Anne"},null,[1,[2]]]}""",
        """{"resourceType":"Patient","maritalStatus":"single"}""",
        """{"resourceType":"Patient","maritalStatus":{}}""",
        """{"resourceType":"Patient","deceasedString":"yes","nickname":{"a":[1.50,{"b":null}]},"fhir_comments":["x"]}""",
        """{"resourceType":"Patient","multipleBirthInteger":2.0}""",
        """{"resourceType":"Patient","multipleBirthInteger":1e1}""",
        """{"resourceType":"Patient","multipleBirthInteger":-0}""",
        """{"resourceType":"Patient","_nickname":{"id":"x"}}""",
        """{"resourceType":"Patient","modifierExtension":[{"url":"http://x.org/not","valueBoolean":true}]}""",
        """{"resourceType":"Patient","contained":[{"resourceType":"Slot","id":"s","start":"2026-01-01T00:00:00Z","comment":"1.50"},{"resourceType":"Organization","id":"o"}]}""",
        """{"resourceType":"Bundle","entry":[{"resource":{"resourceType":"Slot","id":"s","meta":{"versionId":"1"},"overbooked":false,"_overbooked":{"id":"o"}}},{"resource":{"resourceType":"Unheard","x":1}}]}""",
        """{"resourceType":"Bundle","entry":[{"resource":"nothing"},{"resource":{"resourceType":5,"x":1}}]}""",
        """{"resourceType":"Bundle","meta":{"lastUpdated":"2026-03-14T09:26:53+00:00"},"timestamp":"2026-03-14T09:26:53.500Z"}""",
        """{"resourceType":"Bundle","timestamp":"2026-03-14","total":"7"}""",
        """{"resourceType":"Observation","valueQuantity":{"value":1.50}}""",
        """{"resourceType":"Observation","valueQuantity":{"value":123456789012345678901234567890.12}}""",
        """{"resourceType":"Observation","valueQuantity":{"value":0.123456789012345678901234567890}}""",
        """{"resourceType":"Observation","valueQuantity":{"value":1.0E-2}}""",
        """{"resourceType":"Observation","valueQuantity":{"value":1e400}}""",
        """{"resourceType":"Observation","valueQuantity":{"value":-0.00}}""",
        """{"resourceType":"Observation","valueQuantity":{"value":"6.0"}}""",
        """{"resourceType":"Observation","extension":[{"url":"http://x.org/d","valueDecimal":2.50e3}]}""",
        """{"resourceType":"Observation","valueString":"a","_valueQuantity":{"id":"q"}}""",
        """{"resourceType":"Observation","valueString":7}""",
        """{"resourceType":"Observation","valueQuantity":7}""",
        """{"resourceType":"Binary","contentType":"text/plain","data":"YQ"}""",
        """{"resourceType":"Binary","contentType":"text/plain","data":"YR=="}""",
        """{"resourceType":"Binary","contentType":"text/plain","data":"not base64!"}""",
        """{"resourceType":"Basic","text":{"status":"generated","div":"<div xmlns=\"http://www.w3.org/1999/xhtml\">a &amp; b < 'c' é €</div>"}}""",
        """{"resourceType":"Basic","id":"half \ud83d a character"}""",
        """{"resourceType":"Basic","language":["en"]}""",
        """{"resourceType":"CapabilityStatement","format":["json","xml"],"_format":[null,{"id":"x"}],"rest":[{"resource":[{"referencePolicy":["literal","by-heart",null]}]}]}""",
    ];

    [TestCaseSource(nameof(TheTexts))]
    public void It_is_written_again_as_it_was_read(string json)
    {
        var read = FhirJson.Parse<Resource>(json);

        Assert.That(FhirJson.ToJson(read), Is.EqualTo(json));
        Assert.That(FhirJson.ToJson((Resource)read.DeepCopy()), Is.EqualTo(json));
        Assert.That(FhirJson.JsonEquals(FhirJson.Parse<Resource>(FhirJson.ToBytes(read, pretty: true)), read));
    }

    [Test]
    public void The_type_may_stand_anywhere()
    {
        var read = FhirJson.Parse<Bundle>("""{"entry":[{"resource":{"id":"p","active":true,"resourceType":"Patient"}}],"resourceType":"Bundle"}""");

        Assert.That(read.Entry[0].Resource, Is.TypeOf<Patient>().With.Property("Active").True);
    }

    [Test]
    public void What_can_be_understood_is_understood()
    {
        var read = FhirJson.Parse<Patient>("""{"resourceType":"Patient","active":"true","multipleBirthInteger":2.0,"name":{"given":"Anne"},"gender":"x"}""");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(read.Active, Is.True);
            Assert.That(((Integer)read.MultipleBirth!).Value, Is.EqualTo(2));
            Assert.That(read.Name[0].Given, Is.EqualTo(new[] { "Anne" }));
            Assert.That(read.Gender, Is.Null);
        }
    }

    [Test]
    public void A_new_value_takes_the_place_of_what_was_kept()
    {
        var read = FhirJson.Parse<Patient>("""{"resourceType":"Patient","active":"true","gender":"x","_gender":{"id":"g"},"birthDate":null}""");

        read.Active = false;
        read.Gender = AdministrativeGender.Female;
        read.BirthDate = "1950-02";

        Assert.That(FhirJson.ToJson(read), Is.EqualTo("""{"resourceType":"Patient","active":false,"gender":"female","_gender":{"id":"g"},"birthDate":"1950-02"}"""));
    }

    [Test]
    public void A_digit_changed_is_a_digit_written()
    {
        var read = FhirJson.Parse<Observation>("""{"resourceType":"Observation","valueQuantity":{"value":1.0E-2}}""");

        ((Quantity)read.Value!).Value = 0.020m;

        Assert.That(FhirJson.ToJson(read), Does.Contain("\"value\":0.020"));
    }

    [Test]
    public void Extensions_of_a_plain_value_can_be_read_and_added()
    {
        var patient = new Patient();
        Assert.That(FhirJson.PrimitiveExtensions(patient, "gender"), Is.Empty);

        FhirJson.PrimitiveExtensions(patient, "birthDate").Add(new Extension("http://x.org/r", new Code("unknown")));

        Assert.That(FhirJson.ToJson(patient), Is.EqualTo("""{"resourceType":"Patient","_birthDate":{"extension":[{"url":"http://x.org/r","valueCode":"unknown"}]}}"""));
    }

    [Test]
    public void A_copy_shares_nothing()
    {
        var read = FhirJson.Parse<Patient>("""{"resourceType":"Patient","name":[{"given":["A"],"_given":[{"id":"g"}]}],"_birthDate":{"extension":[{"url":"u"}]}}""");
        var before = FhirJson.ToJson(read);
        var copy = (Patient)read.DeepCopy();

        copy.Name[0].Given = ["B"];
        FhirJson.PrimitiveExtensions(copy, "birthDate").Clear();

        Assert.That(FhirJson.ToJson(read), Is.EqualTo(before));
    }

    [TestCase("""{"resourceType":"Patient","id":"1","active":true}""", """{ "active": true, "resourceType": "Patient", "id": "\u0031" }""", true)]
    [TestCase("""{"resourceType":"Observation","valueQuantity":{"value":1.5}}""", """{"resourceType":"Observation","valueQuantity":{"value":1.50}}""", false)]
    [TestCase("""{"resourceType":"Patient","id":"1"}""", """{"resourceType":"Patient","id":"1","active":true}""", false)]
    [TestCase("""{"resourceType":"Patient","x":[1,2]}""", """{"resourceType":"Patient","x":[2,1]}""", false)]
    public void Two_trees_are_equal_when_their_JSON_says_the_same(string one, string other, bool equal) =>
        Assert.That(FhirJson.JsonEquals(FhirJson.Parse<Resource>(one), FhirJson.Parse<Resource>(other)), Is.EqualTo(equal));
}
