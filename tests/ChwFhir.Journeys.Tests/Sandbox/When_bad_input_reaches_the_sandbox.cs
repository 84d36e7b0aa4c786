using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using NUnit.Framework;

namespace ChwFhir.Journeys.Tests.Sandbox;

public sealed class When_bad_input_reaches_the_sandbox
{
    private RunningSandbox sandbox = null!;

    [OneTimeSetUp]
    public async Task Start() => sandbox = await RunningSandbox.StartAsync();

    [OneTimeTearDown]
    public ValueTask Stop() => sandbox.DisposeAsync();

    private static readonly TestCaseData[] Bodies =
    [
        Body("nothing", "", 400), Body("no JSON", "{", 400), Body("a list", "[]", 400), Body("a text", "\"x\"", 400), Body("null", "null", 400),
        Body("no resourceType", "{}", 400), Body("another type", """{ "resourceType": "Basic", "code": { "text": "x" } }""", 400),
        Body("a number as resourceType", """{ "resourceType": 1 }""", 400),
        Body("the same member twice", """{ "resourceType": "Patient", "gender": "male", "gender": "female" }""", 400),
        Body("nesting of 10,000", $$"""{ "resourceType": "Patient", "name": {{new string('[', 10_000)}}{{new string(']', 10_000)}} }""", 400),
        Body("a null", """{ "resourceType": "Patient", "gender": null }""", 400, "Patient.gender"),
        Body("an empty text", """{ "resourceType": "Patient", "birthDate": "" }""", 400, "Patient.birthDate"),
        Body("an empty list", """{ "resourceType": "Patient", "name": [] }""", 400, "Patient.name"),
        Body("an empty object", """{ "resourceType": "Patient", "name": [{}] }""", 400, "Patient.name[0]"),
        Body("an object for a list", """{ "resourceType": "Patient", "name": { "family": "x" } }""", 400, "Patient.name"),
        Body("a list for one", """{ "resourceType": "Patient", "gender": ["male"] }""", 400, "Patient.gender"),
        Body("an unknown element", """{ "resourceType": "Patient", "nickname": "x" }""", 400, "Patient.nickname"),
        Body("an unknown element inside", """{ "resourceType": "Patient", "name": [{ "famly": "x" }] }""", 400, "Patient.name[0].famly"),
        Body("an unknown code", """{ "resourceType": "Patient", "gender": "lady" }""", 400, "Patient.gender"),
        Body("an impossible date", """{ "resourceType": "Patient", "birthDate": "1963-02-30" }""", 400, "Patient.birthDate"),
        Body("a date with time", """{ "resourceType": "Patient", "birthDate": "1963-02-03T10:00:00Z" }""", 400, "Patient.birthDate"),
        Body("a time without zone", """{ "resourceType": "Patient", "deceasedDateTime": "2026-01-01T10:00:00" }""", 400, "Patient.deceasedDateTime"),
        Body("the year nought", """{ "resourceType": "Patient", "birthDate": "0000" }""", 400, "Patient.birthDate"),
        Body("two of a choice", """{ "resourceType": "Patient", "deceasedBoolean": true, "deceasedDateTime": "2026" }""", 400, "Patient.deceased"),
        Body("a text for a boolean", """{ "resourceType": "Patient", "active": "true" }""", 400, "Patient.active"),
        Body("a text for a number", """{ "resourceType": "Patient", "multipleBirthInteger": "1" }""", 400, "Patient.multipleBirthInteger"),
        Body("meta of another kind", """{ "resourceType": "Patient", "meta": "x" }""", 400, "Patient.meta"),
        Body("a lone surrogate", """{ "resourceType": "Patient", "name": [{ "family": "\ud800" }] }""", 400),
        Body("a lone surrogate as a name", """{ "resourceType": "Patient", "\ud800": 1 }""", 400),
        Body("NUL", """{ "resourceType": "Patient", "name": [{ "family": "a\u0000b" }] }""", 400, "Patient.name[0].family"),
        Body("a patient that is not there", """{ "resourceType": "Patient", "link": [{ "other": { "reference": "Patient/nobody" }, "type": "seealso" }] }""", 422, "Patient.link[0].other"),
        Body("a reference to another type", """{ "resourceType": "Patient", "managingOrganization": { "reference": "Patient/nobody" } }""", 400, "Patient.managingOrganization"),
        Body("a reference that is a text", """{ "resourceType": "Patient", "managingOrganization": "Organization/1" }""", 400, "Patient.managingOrganization"),
        Body("a reference that is a number", """{ "resourceType": "Patient", "managingOrganization": { "reference": 1 } }""", 400, "Patient.managingOrganization.reference"),
        Body("a urn", """{ "resourceType": "Patient", "managingOrganization": { "reference": "urn:uuid:1" } }""", 422, "Patient.managingOrganization"),
        Body("a condition", """{ "resourceType": "Patient", "managingOrganization": { "reference": "Organization?name=x" } }""", 422, "Patient.managingOrganization"),
        Body("a contained one that is not there", """{ "resourceType": "Patient", "managingOrganization": { "reference": "#x" } }""", 422, "Patient.managingOrganization"),
        Body("a contained one without type", """{ "resourceType": "Patient", "contained": [{ "id": "x" }] }""", 400, "Patient.contained[0]"),
        Body("a time far out", """{ "resourceType": "Patient", "deceasedDateTime": "0001-01-01T00:00:00+14:00" }""", 201),
        Body("the last day", """{ "resourceType": "Patient", "birthDate": "9999-12-31" }""", 201),
        Body("script", """{ "resourceType": "Patient", "name": [{ "family": "<script>alert(1)</script>" }] }""", 201)
    ];

    [TestCaseSource(nameof(Bodies))]
    public async Task A_body_is_answered_by_what_is_wrong_with_it(string body, int status, string? expression)
    {
        var answer = await RunningSandbox.JsonOf(await sandbox.SendAsync(HttpMethod.Post, "Patient", body), status);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer["resourceType"]!.GetValue<string>(), Is.EqualTo(status == 201 ? "Patient" : "OperationOutcome"));
            if (expression is not null)
                Assert.That(answer["issue"]!.AsArray().Select(issue => issue!["expression"]?[0]!.GetValue<string>()), Does.Contain(expression));
        }
    }

    [TestCase("GET", "Nonsense", 404)]
    [TestCase("GET", "Nonsense/1", 404)]
    [TestCase("GET", "Patient/none", 404)]
    [TestCase("GET", "Patient/none/_history/1", 404)]
    [TestCase("GET", "Patient/a/b/c/d", 404)]
    [TestCase("GET", "Patient/$everything", 404)]
    [TestCase("GET", "", 400)]
    [TestCase("GET", "Patient?birthdate=yesterday", 400)]
    [TestCase("GET", "Patient?birthdate=xx2026", 400)]
    [TestCase("GET", "Patient?birthdate=2026-99-99T99:99", 400)]
    [TestCase("GET", "Patient?_lastUpdated=now", 400)]
    [TestCase("GET", "Patient?_count=-1", 400)]
    [TestCase("GET", "Patient?_count=many", 400)]
    [TestCase("GET", "Patient?name:nonsense=x", 400)]
    [TestCase("GET", "Patient?name:missing=perhaps", 400)]
    [TestCase("GET", "Patient?name=,", 400)]
    [TestCase("GET", "Patient?identifier=a|b|c", 200)]
    [TestCase("GET", "Patient?name=%00%27%22;--", 200)]
    [TestCase("GET", "Patient?name=%ff%fe%zz\\", 200)]
    [TestCase("GET", "Patient?_sort=nonsense", 200)]
    [TestCase("GET", "Patient?_include=nonsense&_revinclude=:::", 200)]
    [TestCase("GET", "Patient?_page=W10", 400)]
    [TestCase("GET", "Patient?_page=WyJhIixbXV0", 400)]
    [TestCase("GET", "Patient?_id=,,", 200)]
    [TestCase("PATCH", "Patient/1", 405)]
    [TestCase("DELETE", "Patient", 405)]
    [TestCase("DELETE", "Patient/none", 204)]
    [TestCase("POST", "Patient/1", 405)]
    [TestCase("POST", "Patient/$match", 404)]
    [TestCase("PUT", "Patient/none", 400)]
    [TestCase("PUT", "Patient", 412)]
    [TestCase("POST", "", 400)]
    public async Task An_address_is_answered_by_what_is_wrong_with_it(string method, string path, int status)
    {
        var response = await sandbox.SendAsync(new HttpMethod(method), path, method is "POST" or "PUT" ? """{ "resourceType": "Patient" }""" : null);

        Assert.That((int)response.StatusCode, Is.EqualTo(status), await response.Content.ReadAsStringAsync());
    }

    [Test]
    public async Task An_id_that_is_not_the_address_is_refused()
    {
        var outcome = await RunningSandbox.JsonOf(await sandbox.SendAsync(HttpMethod.Put, "Patient/a", """{ "resourceType": "Patient", "id": "b" }"""), 400);

        Assert.That(outcome["issue"]![0]!["expression"]![0]!.GetValue<string>(), Is.EqualTo("Patient.id"));
    }

    [Test]
    public async Task Bytes_that_are_not_UTF_8_are_refused()
    {
        var content = new ByteArrayContent(Encoding.Latin1.GetBytes("""{ "resourceType": "Patient", "name": [{ "family": "Nuñez" }] }""")) { Headers = { ContentType = new("application/fhir+json") } };

        await RunningSandbox.JsonOf(await sandbox.Http.PostAsync("Patient", content), 400);
    }

    [TestCase("application/fhir+xml", 415)]
    [TestCase("text/plain", 415)]
    [TestCase("application/json; charset=iso-8859-1", 415)]
    [TestCase("application/json+fhir", 201)]
    public async Task A_media_type_is_taken_or_refused(string type, int status)
    {
        var content = new StringContent("""{ "resourceType": "Patient" }""") { Headers = { ContentType = MediaTypeHeaderValue.Parse(type) } };

        Assert.That((int)(await sandbox.Http.PostAsync("Patient", content)).StatusCode, Is.EqualTo(status));
    }

    [TestCase("application/fhir+xml", 406)]
    [TestCase("application/fhir+xml, application/fhir+json;q=0.5", 200)]
    [TestCase("*/*", 200)]
    [TestCase("application/*", 200)]
    public async Task Who_takes_XML_only_is_told_that_there_is_none(string accept, int status) =>
        Assert.That((int)(await sandbox.SendAsync(HttpMethod.Get, "Patient", null, ("Accept", accept))).StatusCode, Is.EqualTo(status));

    [Test]
    public async Task A_body_of_eleven_megabytes_is_too_large()
    {
        var response = await sandbox.SendAsync(HttpMethod.Post, "Binary", $$"""{ "resourceType": "Binary", "contentType": "text/plain", "data": "{{new string('A', 11 * 1024 * 1024)}}" }""");

        await RunningSandbox.JsonOf(response, 413);
    }

    [Test]
    public async Task A_name_of_another_machine_is_not_answered()
    {
        var response = await sandbox.SendAsync(HttpMethod.Get, "Patient", null, ("Host", "rebound.example"));

        Assert.That((int)response.StatusCode, Is.EqualTo(421));
    }

    private static TestCaseData Body(string name, string body, int status, string? expression = null) =>
        new TestCaseData(body, status, expression).SetArgDisplayNames(name);

    [TestCase("any", 201)]
    [TestCase("known", 422)]
    public async Task A_profile_that_is_not_HL7s_is_refused_only_where_it_is_told_to(string profiles, int status)
    {
        await using var sandbox = await RunningSandbox.StartAsync(options => options with { Profiles = profiles });

        var ours = await sandbox.SendAsync(HttpMethod.Post, "Patient", """{"resourceType":"Patient","meta":{"profile":["http://hl7.org/fhir/us/core/StructureDefinition/us-core-patient","https://chwfhir.org/fhir/StructureDefinition/x"]}}""");
        await sandbox.CreateAsync("Patient", """{"resourceType":"Patient","meta":{"profile":["http://hl7.org/fhir/us/core/StructureDefinition/us-core-patient"]}}""");

        var told = await RunningSandbox.JsonOf(ours, status);
        Assert.That((string?)told["issue"]?[0]?["expression"]?[0], Is.EqualTo(profiles == "known" ? "Patient.meta.profile[1]" : null));
    }
}
