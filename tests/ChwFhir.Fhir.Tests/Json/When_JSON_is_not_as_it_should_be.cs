using System.Text;
using ChwFhir.Fhir.Model;
using ChwFhir.Testing;
using NUnit.Framework;

namespace ChwFhir.Fhir.Tests.Json;

public sealed class When_JSON_is_not_as_it_should_be
{
    [TestCase("""{"resourceType":"Patient","birthDate":1970}""", FhirJsonIssueCode.WrongType, "Patient.birthDate", 1, 39)]
    [TestCase("{\n  \"resourceType\": \"Patient\",\n  \"shoe\": 42\n}", FhirJsonIssueCode.UnknownMember, "Patient.shoe", 3, 11)]
    [TestCase("{\"resourceType\":\"Patient\",\n\"ü\":\"é\",\"id\":\"a\",\"id\":\"b\"}", FhirJsonIssueCode.DuplicateMember, "Patient.id", 2, 23)]
    [TestCase("""{"resourceType":"Patient","shoe":1,"shoe":2}""", FhirJsonIssueCode.DuplicateMember, "Patient.shoe", 1, 43)]
    [TestCase("""{"resourceType":"Patient","deceasedBoolean":true,"deceasedDateTime":"2026"}""", FhirJsonIssueCode.DuplicateMember, "Patient.deceasedDateTime", 1, 69)]
    [TestCase("""{"resourceType":"Patient","deceasedBoolean":true,"deceasedBoolean":false}""", FhirJsonIssueCode.DuplicateMember, "Patient.deceasedBoolean", 1, 68)]
    [TestCase("""{"resourceType":"Patient","deceasedString":"so"}""", FhirJsonIssueCode.UnknownMember, "Patient.deceasedString", 1, 44)]
    [TestCase("""{"resourceType":"Patient","gender":"x"}""", FhirJsonIssueCode.UnknownCode, "Patient.gender", 1, 36)]
    [TestCase("""{"resourceType":"Patient","name":{"family":"A"}}""", FhirJsonIssueCode.NotAList, "Patient.name", 1, 34)]
    [TestCase("""{"resourceType":"Patient","name":[{"given":"A"}]}""", FhirJsonIssueCode.NotAList, "Patient.name[0].given", 1, 44)]
    [TestCase("""{"resourceType":"Patient","name":[]}""", FhirJsonIssueCode.EmptyList, "Patient.name", 1, 35)]
    [TestCase("""{"resourceType":"Patient","name":[{},{"given":["A",7]}]}""", FhirJsonIssueCode.WrongType, "Patient.name[1].given[1]", 1, 52)]
    [TestCase("""{"resourceType":"Patient","name":[1]}""", FhirJsonIssueCode.WrongType, "Patient.name[0]", 1, 35)]
    [TestCase("""{"resourceType":"Patient","maritalStatus":[{}]}""", FhirJsonIssueCode.WrongType, "Patient.maritalStatus", 1, 43)]
    [TestCase("""{"resourceType":"Patient","meta":{"lastUpdated":"2026-03-14"}}""", FhirJsonIssueCode.NotAnInstant, "Patient.meta.lastUpdated", 1, 49)]
    [TestCase("""{"resourceType":"Patient","id":"\udc00"}""", FhirJsonIssueCode.BrokenText, "Patient.id", 1, 32)]
    [TestCase("""{"resourceType":"Bundle","entry":[{},{},{},{"resource":{"resourceType":"Patient","birthDate":[]}}]}""", FhirJsonIssueCode.WrongType, "Bundle.entry[3].resource.birthDate", 1, 94)]
    [TestCase("""{"resourceType":"Bundle","entry":[{"resource":{"id":"1"}}]}""", FhirJsonIssueCode.NoResourceType, "Bundle.entry[0].resource", 1, 47)]
    public void It_is_read_as_far_as_it_makes_sense_and_the_oddity_has_its_place(string json, FhirJsonIssueCode code, string path, int line, int position)
    {
        var reading = FhirJson.Read<Resource>(Encoding.UTF8.GetBytes(json));

        Assert.That(reading.Resource, Is.Not.Null);
        Assert.That(reading.Issues.SkipLast(1).Select(issue => issue.Code), Is.All.EqualTo(FhirJsonIssueCode.UnknownMember));
        Assert.That(reading.Issues.Select(issue => (issue.Code, issue.Path, issue.Line, issue.Position)).Last(), Is.EqualTo((code, path, line, position)));
    }

    [TestCase("", FhirJsonIssueCode.NotJson)]
    [TestCase("  ", FhirJsonIssueCode.NotJson)]
    [TestCase("nonsense", FhirJsonIssueCode.NotJson)]
    [TestCase("{\"resourceType\":\"Patient\"", FhirJsonIssueCode.NotJson)]
    [TestCase("{\"resourceType\":\"Patient\",}", FhirJsonIssueCode.NotJson)]
    [TestCase("{\"resourceType\":\"Patient\"} {}", FhirJsonIssueCode.NotJson)]
    [TestCase("{\"resourceType\":\"Patient\"/* */}", FhirJsonIssueCode.NotJson)]
    [TestCase("{\"resourceType\":\"Patient\",\"active\":True}", FhirJsonIssueCode.NotJson)]
    [TestCase("{\"resourceType\":\"Patient\",\"multipleBirthInteger\":01}", FhirJsonIssueCode.NotJson)]
    [TestCase("{\"resourceType\":\"Patient\",\"multipleBirthInteger\":NaN}", FhirJsonIssueCode.NotJson)]
    [TestCase("{\"resourceType\":\"Patient\",\"id\":\"a\tb\"}", FhirJsonIssueCode.NotJson)]
    [TestCase("{\"resourceType\":\"Patient\",\"id\":'a'}", FhirJsonIssueCode.NotJson)]
    [TestCase("{\"resourceType\":\"Patient\",\"id\":\"\\x\"}", FhirJsonIssueCode.NotJson)]
    [TestCase("<Patient/>", FhirJsonIssueCode.NotJson)]
    [TestCase("[]", FhirJsonIssueCode.NotAnObject)]
    [TestCase("[{\"resourceType\":\"Patient\"}]", FhirJsonIssueCode.NotAnObject)]
    [TestCase("null", FhirJsonIssueCode.NotAnObject)]
    [TestCase("\"Patient\"", FhirJsonIssueCode.NotAnObject)]
    [TestCase("{}", FhirJsonIssueCode.NoResourceType)]
    [TestCase("{\"resourceType\":7}", FhirJsonIssueCode.NoResourceType)]
    [TestCase("{\"resourceType\":\"Observation\"}", FhirJsonIssueCode.AnotherResource)]
    [TestCase("{\"resourceType\":\"Unheard\"}", FhirJsonIssueCode.AnotherResource)]
    public void What_is_no_such_resource_is_refused_with_a_reason(string json, FhirJsonIssueCode code)
    {
        var reading = FhirJson.Read<Patient>(Encoding.UTF8.GetBytes(json));

        Assert.That(reading.Resource, Is.Null);
        Assert.That(reading.Issues.Select(issue => issue.Code), Does.Contain(code));
        Assert.That(() => FhirJson.Parse<Patient>(json), Throws.TypeOf<FhirJsonException>());
    }

    [Test]
    public void Broken_JSON_is_told_with_the_place_where_it_breaks()
    {
        var issue = FhirJson.Read<Patient>("{\n\"resourceType\":\"Patient\",\n\"name\":[{\"family\": oops}]}"u8).Issues.Single();

        Assert.That((issue.Path, issue.Line, issue.Position), Is.EqualTo(("Patient.name[0].family", 3, 20)));
    }

    [Test]
    public void Bytes_that_are_no_UTF8_are_refused()
    {
        var reading = FhirJson.Read<Patient>([.. "{\"resourceType\":\"Patient\",\"id\":\""u8, 0xC3, 0x28, .. "\"}"u8]);

        Assert.That(reading.Issues.Single().Code, Is.EqualTo(FhirJsonIssueCode.NotUtf8));
    }

    [Test]
    public void A_byte_order_mark_is_passed_over() =>
        Assert.That(FhirJson.Read<Patient>([0xEF, 0xBB, 0xBF, .. "{\"resourceType\":\"Patient\"}"u8]).Resource, Is.Not.Null);

    [TestCase(64)]
    [TestCase(10_000)]
    public void What_is_too_deep_is_refused(int depth)
    {
        var json = string.Concat(Enumerable.Repeat("{\"extension\":[", depth / 2)) + string.Concat(Enumerable.Repeat("]}", depth / 2));

        var reading = FhirJson.Read<Patient>(Encoding.UTF8.GetBytes("{\"resourceType\":\"Patient\",\"extension\":[" + json + "]}"));

        Assert.That(reading.Resource, Is.Null);
        Assert.That(reading.Issues[^1].Code, Is.EqualTo(FhirJsonIssueCode.TooDeep));
    }

    [Test]
    public void What_is_just_deep_enough_is_read()
    {
        var json = string.Concat(Enumerable.Repeat("{\"extension\":[", 30)) + string.Concat(Enumerable.Repeat("]}", 30));

        Assert.That(FhirJson.Read<Patient>(Encoding.UTF8.GetBytes("{\"resourceType\":\"Patient\",\"extension\":[" + json + "]}")).Resource, Is.Not.Null);
    }

    [Test]
    public void What_is_too_big_is_refused() =>
        Assert.That(
            FhirJson.Read<Patient>("{\"resourceType\":\"Patient\"}"u8, new FhirJsonLimits { MaxBytes = 10 }).Issues.Single().Code,
            Is.EqualTo(FhirJsonIssueCode.TooBig));

    [Test]
    public void No_value_of_the_JSON_stands_in_what_is_told()
    {
        var reading = FhirJson.Read<Patient>("""{"resourceType":"Patient","gender":"MARKER","birthDate":{"x":"MARKER"},"name":["MARKER"],"meta":{"lastUpdated":"MARKER"}}"""u8);

        Assert.That(reading.Issues, Has.Count.EqualTo(4));
        Assert.That(reading.Issues.Select(issue => issue.ToString()), Has.None.Contains("MARKER"));
    }

    [Test]
    public void Malformed_files_of_others_do_not_throw()
    {
        foreach (var file in Directory.EnumerateFiles(Needs.TestData("malformed"), "*.json", SearchOption.AllDirectories))
        {
            var reading = FhirJson.Read<Resource>(File.ReadAllBytes(file));

            Assert.That(reading.Resource is not null || reading.Issues.Count > 0, file);
        }
    }

    [Test]
    public void Damaged_bytes_never_throw_and_what_is_read_can_be_written()
    {
        var random = new Random(20260314);
        var json = Encoding.UTF8.GetBytes(SomeBundle);
        for (var i = 0; i < 20_000; i++)
        {
            var damaged = (byte[])json.Clone();
            for (var hits = random.Next(1, 4); hits > 0; hits--)
                damaged[random.Next(damaged.Length)] = random.Next(3) == 0 ? (byte)random.Next(256) : json[random.Next(json.Length)];
            ReadAndWrite(damaged);
            ReadAndWrite(json.AsSpan(0, random.Next(json.Length)));
        }
    }

    private const string SomeBundle =
        """{"resourceType":"Bundle","type":"searchset","total":2,"entry":[{"fullUrl":"urn:uuid:1","resource":{"resourceType":"Patient","meta":{"lastUpdated":"2026-03-14T09:26:53.500Z"},"active":true,"name":[{"given":[null,"\u00c9a"],"_given":[{"id":"x"},null]}],"birthDate":"1950","_birthDate":{"id":"b"},"deceasedBoolean":false,"photo":[{"data":"YWJj","size":3}]}},{"resource":{"resourceType":"Slot","a":[1.50,null]}},{"resource":{"resourceType":"Observation","status":"final","valueQuantity":{"value":1.50e1,"unit":"kg"},"note":[{"text":"a\nb"}]}}]}""";

    private static void ReadAndWrite(ReadOnlySpan<byte> json)
    {
        var reading = FhirJson.Read<Resource>(json);
        if (reading.Resource is null)
        {
            Assert.That(reading.Issues, Is.Not.Empty);
            return;
        }

        var written = FhirJson.ToBytes(reading.Resource);
        Assert.That(FhirJson.JsonEquals(FhirJson.Parse<Resource>(written), reading.Resource), () => Encoding.UTF8.GetString(written));
    }
}
