using System.Text;
using System.Text.Json.Nodes;
using NUnit.Framework;

namespace ChwFhir.Journeys.Tests.Sandbox;

public sealed class When_somebody_searches_the_sandbox
{
    private RunningSandbox sandbox = null!;

    [OneTimeSetUp]
    public async Task Fill()
    {
        sandbox = await RunningSandbox.StartAsync();
        await Put("""{ "resourceType": "Patient", "id": "lucia", "meta": { "tag": [{ "system": "urn:t", "code": "a" }], "profile": ["http://x/p"] }, "identifier": [{ "system": "urn:mrn", "value": "7" }, { "value": "bare" }], "name": [{ "family": "Vargas, Ortega", "given": ["Lucía"] }], "gender": "female", "birthDate": "1968-12-13" }""");
        await Put("""{ "resourceType": "Patient", "id": "omar", "identifier": [{ "system": "urn:mrn", "value": "8" }], "name": [{ "family": "Farouk", "given": ["Omar"] }], "gender": "male", "birthDate": "1968-12" }""");
        await Put("""{ "resourceType": "Practitioner", "id": "chw", "name": [{ "family": "Whitfield" }] }""");
        await Encounter("e1", "lucia", "finished", """{ "start": "2026-11-03T14:05:00-05:00", "end": "2026-11-03T15:10:00-05:00" }""");
        await Encounter("e2", "lucia", "planned", """{ "start": "2026-11-17T14:00:00-05:00" }""");
        await Encounter("e3", "omar", "finished", """{ "start": "2026-11-04T02:00:00Z", "end": "2026-11-04T03:00:00Z" }""");
        await Put("""{ "resourceType": "Condition", "id": "c1", "clinicalStatus": { "coding": [{ "system": "http://terminology.hl7.org/CodeSystem/condition-clinical", "code": "active" }] }, "category": [{ "coding": [{ "system": "urn:cat", "code": "health-concern" }] }], "code": { "coding": [{ "system": "http://snomed.info/sct", "code": "733423003" }] }, "subject": { "reference": "Patient/lucia" }, "onsetDateTime": "2026" }""");
        await Put("""{ "resourceType": "Communication", "id": "m1", "status": "completed", "subject": { "reference": "Patient/lucia" }, "encounter": { "reference": "Encounter/e1" }, "sent": "2026-11-03T16:00:00-05:00", "sender": { "reference": "Practitioner/chw" }, "recipient": [{ "identifier": { "system": "urn:staff", "value": "n1" } }] }""");
        await Put("""{ "resourceType": "Task", "id": "t1", "status": "requested", "intent": "order", "focus": { "reference": "Communication/m1" }, "for": { "reference": "Patient/lucia" } }""");
        await Put("""{ "resourceType": "Provenance", "id": "p1", "target": [{ "reference": "Encounter/e1" }], "recorded": "2026-11-03T16:00:00Z", "agent": [{ "who": { "reference": "Practitioner/chw" } }] }""");
        await Put("""{ "resourceType": "Questionnaire", "id": "q1", "url": "http://x/q", "status": "active" }""");
    }

    [OneTimeTearDown]
    public ValueTask Stop() => sandbox.DisposeAsync();

    [TestCase("Patient?_id=lucia", "lucia")]
    [TestCase("Patient?_id=omar,lucia", "lucia omar")]
    [TestCase("Patient?identifier=urn:mrn|7", "lucia")]
    [TestCase("Patient?identifier=7", "lucia")]
    [TestCase("Patient?identifier=|7", "")]
    [TestCase("Patient?identifier=|bare", "lucia")]
    [TestCase("Patient?identifier=urn:mrn|", "lucia omar")]
    [TestCase("Patient?identifier=urn:mrn|7,urn:mrn|8", "lucia omar")]
    [TestCase("Patient?name=luc", "lucia")]
    [TestCase("Patient?name=LUCIA", "lucia")]
    [TestCase("Patient?family=vargas\\,", "lucia")]
    [TestCase("Patient?family:exact=Farouk", "omar")]
    [TestCase("Patient?family:exact=farouk", "")]
    [TestCase("Patient?family:contains=rou", "omar")]
    [TestCase("Patient?family=rou", "")]
    [TestCase("Patient?given=Omar&family=Farouk", "omar")]
    [TestCase("Patient?birthdate=1968-12-13", "lucia")]
    [TestCase("Patient?birthdate=1968-12", "lucia omar")]
    [TestCase("Patient?birthdate=ge1968-12-14", "omar")]
    [TestCase("Patient?gender=male", "omar")]
    [TestCase("Patient?gender:not=male", "lucia")]
    [TestCase("Patient?_tag=urn:t|a", "lucia")]
    [TestCase("Patient?_profile=http://x/p", "lucia")]
    [TestCase("Patient?_profile:missing=true", "omar")]
    [TestCase("Patient?_lastUpdated=gt2020-01-01", "lucia omar")]
    [TestCase("Patient?_lastUpdated=lt2020-01-01", "")]
    [TestCase("Encounter?patient=lucia", "e1 e2")]
    [TestCase("Encounter?patient=Patient/lucia", "e1 e2")]
    [TestCase("Encounter?patient={base}/Patient/lucia", "e1 e2")]
    [TestCase("Encounter?subject=Patient/omar", "e3")]
    [TestCase("Encounter?subject:Patient=omar", "e3")]
    [TestCase("Encounter?patient=Practitioner/lucia", "")]
    [TestCase("Encounter?patient=http://elsewhere/Patient/lucia", "")]
    [TestCase("Encounter?status=finished", "e1 e3")]
    [TestCase("Encounter?status=http://hl7.org/fhir/encounter-status|finished", "e1 e3")]
    [TestCase("Encounter?class=http://terminology.hl7.org/CodeSystem/v3-ActCode|HH", "e1 e2 e3")]
    [TestCase("Encounter?type=439708006", "e1 e2 e3")]
    [TestCase("Encounter?date=2026-11-03", "e1")]
    [TestCase("Encounter?date=2026-11", "e1 e3")]
    [TestCase("Encounter?date=ge2026-11-03T00:00:00-05:00&date=lt2026-11-04T00:00:00-05:00", "e1 e3")]
    [TestCase("Encounter?date=ge2026-11-04T00:00:00%2B00:00", "e2 e3")]
    [TestCase("Encounter?date=ge2026-11-04T00:00:00+00:00", "e2 e3")]
    [TestCase("Encounter?date=ne2026-11-03", "e2 e3")]
    [TestCase("Encounter?date=gt2026-11-03T15:10:00-05:00", "e2 e3")]
    [TestCase("Encounter?date=le2026-11-03", "e1")]
    [TestCase("Encounter?date=sa2026-11-03", "e2 e3")]
    [TestCase("Encounter?date=eb2026-11-04", "e1")]
    [TestCase("Encounter?date=ap2026-11-03", "e1")]
    [TestCase("Condition?patient=lucia&category=health-concern&clinical-status=active", "c1")]
    [TestCase("Condition?code=http://snomed.info/sct|733423003", "c1")]
    [TestCase("Condition?code=http://loinc.org|733423003", "")]
    [TestCase("Condition?onset-date=2026", "c1")]
    [TestCase("Condition?onset-date=2026-05", "")]
    [TestCase("Condition?onset-date=ap2026-05", "c1")]
    [TestCase("Communication?sender=Practitioner/chw&sent=2026-11-03", "m1")]
    [TestCase("Communication?encounter=e1", "m1")]
    [TestCase("Communication?recipient:identifier=urn:staff|n1", "m1")]
    [TestCase("Communication?received:missing=true", "m1")]
    [TestCase("Task?focus=Communication/m1", "t1")]
    [TestCase("Task?patient=lucia", "t1")]
    [TestCase("Provenance?target=Encounter/e1", "p1")]
    [TestCase("Questionnaire?url=http://x/q", "q1")]
    public async Task It_finds(string search, string expected)
    {
        var ids = await sandbox.IdsAsync(search.Replace("{base}", sandbox.BaseUrl.ToString(), StringComparison.Ordinal));

        Assert.That(string.Join(' ', ids.Order(StringComparer.Ordinal)), Is.EqualTo(expected));
    }

    [TestCase("Encounter?_sort=date", "e1 e3 e2")]
    [TestCase("Encounter?_sort=-date", "e2 e3 e1")]
    [TestCase("Encounter?_sort=_lastUpdated", "e1 e2 e3")]
    [TestCase("Encounter?_sort=-_lastUpdated", "e3 e2 e1")]
    [TestCase("Patient?_sort=-family", "lucia omar")]
    [TestCase("Patient?_sort=given", "lucia omar")]
    public async Task It_sorts(string search, string expected) =>
        Assert.That(string.Join(' ', await sandbox.IdsAsync(search)), Is.EqualTo(expected));

    [TestCase("Encounter?_id=e1&_include=Encounter:patient", "e1:match lucia:include")]
    [TestCase("Communication?_include=Communication:encounter&_include=Communication:sender", "m1:match e1:include chw:include")]
    [TestCase("Encounter?_id=e1&_revinclude=Provenance:target", "e1:match p1:include")]
    public async Task It_includes(string search, string expected)
    {
        var entries = (await sandbox.GetAsync(search))["entry"]!.AsArray();

        Assert.That(string.Join(' ', entries.Select(entry => $"{entry!["resource"]!["id"]}:{entry["search"]!["mode"]}")), Is.EqualTo(expected));
    }

    [Test]
    public async Task A_total_counts_matches_only_and_the_self_link_says_what_was_understood()
    {
        var bundle = await sandbox.GetAsync("Encounter?patient=lucia&nonsense=1&_include=Encounter:patient");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(bundle["total"]!.GetValue<int>(), Is.EqualTo(2));
            Assert.That(bundle["link"]![0]!["url"]!.GetValue<string>(), Does.StartWith($"{sandbox.BaseUrl}/Encounter?patient=lucia").And.Not.Contain("nonsense"));
            Assert.That(bundle["entry"]!.AsArray()[^1]!["search"]!["mode"]!.GetValue<string>(), Is.EqualTo("outcome"));
        }
    }

    [TestCase("Encounter?_summary=count")]
    [TestCase("Encounter?_count=0")]
    public async Task It_only_counts_when_asked_to(string search)
    {
        var bundle = await sandbox.GetAsync(search);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(bundle["total"]!.GetValue<int>(), Is.EqualTo(3));
            Assert.That(bundle["entry"], Is.Null);
        }
    }

    [Test]
    public async Task What_is_not_known_is_an_error_for_a_strict_caller()
    {
        var response = await sandbox.SendAsync(HttpMethod.Get, "Encounter?nonsense=1", null, ("Prefer", "handling=strict"));

        await RunningSandbox.JsonOf(response, 400);
    }

    [Test]
    public async Task A_search_may_stand_in_the_body()
    {
        var response = await sandbox.Http.PostAsync("Patient/_search", new StringContent("name=omar&birthdate=1968", Encoding.UTF8, "application/x-www-form-urlencoded"));

        Assert.That((await RunningSandbox.JsonOf(response, 200))["entry"]![0]!["resource"]!["id"]!.GetValue<string>(), Is.EqualTo("omar"));
    }

    private Task Encounter(string id, string patient, string status, string period) => Put($$"""
        { "resourceType": "Encounter", "id": "{{id}}", "status": "{{status}}", "class": { "system": "http://terminology.hl7.org/CodeSystem/v3-ActCode", "code": "HH" },
          "type": [{ "coding": [{ "system": "http://snomed.info/sct", "code": "439708006" }] }], "subject": { "reference": "Patient/{{patient}}" }, "period": {{period}} }
        """);

    private async Task Put(string json)
    {
        var node = JsonNode.Parse(json)!;
        await RunningSandbox.JsonOf(await sandbox.SendAsync(HttpMethod.Put, $"{node["resourceType"]}/{node["id"]}", json), 201);
    }
}
