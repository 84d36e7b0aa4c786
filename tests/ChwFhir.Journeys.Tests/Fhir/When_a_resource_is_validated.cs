using System.Text.Json.Nodes;
using ChwFhir.Journeys.Identity;

namespace ChwFhir.Journeys.Fhir;

internal sealed class When_a_resource_is_validated
{
    private const string Good = """{ "resourceType": "Goal", "lifecycleStatus": "active", "description": { "text": "Sit in the garden" }, "subject": { "reference": "Patient/rosa-m" } }""";
    private const string Bad = """{ "resourceType": "Goal", "lifecycleStatus": "alive", "subject": { "reference": "Practitioner/x" } }""";
    private PanelTown town = null!;

    [OneTimeSetUp]
    public async Task Start() => (town, _, _) = await FhirTown.StartAsync();

    [OneTimeTearDown]
    public async Task Stop() => await town.DisposeAsync();

    [Test]
    public async Task What_is_right_has_no_fault_and_what_is_wrong_all_of_them()
    {
        var good = await town.Dolores.PostAsync("/fhir/$validate", Good);
        var bad = await town.Dolores.PostAsync("/fhir/Goal/$validate", Bad);
        var inside = await town.Dolores.PostAsync("/fhir/$validate", $$"""{ "resourceType": "Parameters", "parameter": [ { "name": "resource", "resource": {{Bad}} } ] }""");

        using var together = Assert.EnterMultipleScope();
        Assert.That((good.Status, bad.Status, inside.Status), Is.EqualTo((200, 200, 200)));
        Assert.That(Errors(good.Body), Is.Empty, good.Body!.ToJsonString());
        Assert.That(Errors(bad.Body), Does.Contain("Goal.lifecycleStatus").And.Contain("Goal.subject.reference").Or.Contain("Goal.subject"), bad.Body!.ToJsonString());
        Assert.That(Errors(bad.Body).Count(), Is.GreaterThanOrEqualTo(3), "status, description and subject");
        Assert.That(Errors(inside.Body), Is.EqualTo(Errors(bad.Body)));
    }

    [Test]
    public async Task A_profile_that_is_named_counts_and_one_that_nobody_knows_is_refused()
    {
        var profile = Uri.EscapeDataString("https://chwfhir.org/fhir/StructureDefinition/chw-action-plan");
        var named = await town.Dolores.PostAsync($"/fhir/CarePlan/$validate?profile={profile}", """{ "resourceType": "CarePlan", "status": "active", "intent": "plan", "subject": { "reference": "Patient/rosa-m" } }""");
        var unknown = await town.Dolores.PostAsync("/fhir/CarePlan/$validate?profile=http://example.org/nothing", """{ "resourceType": "CarePlan" }""");

        Assert.That((named.Status, unknown.Status), Is.EqualTo((200, 422)));
        Assert.That(Errors(named.Body), Is.Not.Empty, named.Body!.ToJsonString());
    }

    [TestCase("mode=create", 200)]
    [TestCase("mode=profile", 422)]
    [TestCase("mode=profile&profile=http://hl7.org/fhir/us/core/StructureDefinition/us-core-goal", 200)]
    [TestCase("mode=delete", 422)]
    public async Task Its_mode_is_kept_or_refused(string mode, int expected)
    {
        var (status, outcome) = await town.Dolores.PostAsync($"/fhir/Goal/$validate?{mode}", Good);

        Assert.That((status, (string?)outcome!["resourceType"]), Is.EqualTo((expected, "OperationOutcome")));
        if (mode == "mode=create")
            Assert.That(outcome["issue"]!.AsArray().Select(issue => (string?)issue!["diagnostics"]), Does.Contain("not-created-here"));
    }

    [TestCase("QuestionnaireResponse", """ "status": "in-progress" """, "QuestionnaireResponse.status")]
    [TestCase("QuestionnaireResponse", """ "subject": null """, "QuestionnaireResponse.subject")]
    [TestCase("QuestionnaireResponse", """ "text": { "status": "generated" } """, null)]
    [TestCase("QuestionnaireResponse", "", null)]
    [TestCase("DocumentReference", """ "content": [ { "attachment": { "contentType": "text/html", "data": "PHA+" } } ], "type": { "coding": [ { "system": "http://loinc.org", "code": "34129-7" } ] } """, "DocumentReference.content[0].attachment.contentType")]
    [TestCase("DocumentReference", """ "content": [ { "attachment": { "contentType": "application/json", "data": "eyJ2aXNpdCI6MX0=" } } ] """, "DocumentReference.subject")]
    public async Task What_creating_it_would_refuse_is_told_where_that_is_asked_for(string type, [System.Diagnostics.CodeAnalysis.StringSyntax("Json")] string otherwise, string? where)
    {
        var resource = type == "QuestionnaireResponse"
            ? JsonNode.Parse(await File.ReadAllTextAsync(Testing.Repository.Path("samples", "questionnaire-responses", "hunger-vital-sign.json")))!.AsObject()
            : JsonNode.Parse("""{ "resourceType": "DocumentReference", "status": "current", "subject": { "reference": "Patient/rosa-m" } }""")!.AsObject();
        foreach (var (name, value) in JsonNode.Parse($"{{{otherwise}}}")!.AsObject().ToList())
        {
            resource.Remove(name);
            if (value is not null)
                resource[name] = value.DeepClone();
        }

        var creating = Errors((await town.Dolores.PostAsync($"/fhir/{type}/$validate?mode=create", resource.ToJsonString())).Body).ToList();
        using var created = await town.Dolores.RawAsync(HttpMethod.Post, $"/fhir/{type}", resource.ToJsonString());

        using var together = Assert.EnterMultipleScope();
        Assert.That(creating, Is.Unique);
        Assert.That(creating, where is null && created.IsSuccessStatusCode ? Is.Empty : Is.Not.Empty);
        Assert.That(where is null ? [] : creating, where is null ? Is.Empty : Does.Contain(where));
        Assert.That(created.IsSuccessStatusCode, Is.EqualTo(creating.Count == 0), await created.Content.ReadAsStringAsync());
    }

    [Test]
    public async Task Another_type_than_that_of_the_address_is_refused() => Assert.That((await town.Dolores.PostAsync("/fhir/CarePlan/$validate", Good)).Status, Is.EqualTo(422));

    [TestCase("CarePlan")]
    [TestCase("Goal")]
    [TestCase("Communication")]
    [TestCase("Encounter")]
    [TestCase("DocumentReference")]
    [TestCase("Observation")]
    [TestCase("Condition")]
    [TestCase("Provenance")]
    [TestCase("QuestionnaireResponse")]
    public async Task What_this_door_shows_keeps_what_it_claims(string type)
    {
        var bundle = (await town.Dolores.GetAsync($"/fhir/{type}?patient=rosa-m")).Body;
        var faults = new List<string>();
        foreach (var resource in FhirTown.Resources(bundle))
            faults.AddRange(Errors((await town.Dolores.PostAsync($"/fhir/{type}/$validate", resource.ToJsonString())).Body));

        Assert.That(faults, Is.Empty);
    }

    [TestCase("""{ "resourceType": "Parameters", "parameter": [ { "name": "resource", "resource": { "resourceType": "Goal" } }, { "name": "profile", "name": "mode" } ] }""")]
    [TestCase("""{ "resourceType": "Parameters", "parameter": [ { "name": "resource", "resource": { "resourceType": "Goal", "language": "\ud800" } } ] }""")]
    [TestCase("""{ "resourceType": "\ud800" }""")]
    [TestCase("""{ "resourceType": "Goal", "language": "\ud800" }""")]
    [TestCase("{ \"resourceType\": \"\u00ff\" }", "latin1")]
    [TestCase("")]
    public async Task What_cannot_be_read_is_told_with_its_place(string body, string encoding = "utf-8")
    {
        using var content = new ByteArrayContent(System.Text.Encoding.GetEncoding(encoding).GetBytes(body));
        content.Headers.TryAddWithoutValidation("Content-Type", "application/fhir+json");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/fhir/$validate") { Content = content };
        using var bearer = await town.Dolores.RawAsync(HttpMethod.Get, "/fhir/metadata", null);
        request.Headers.Authorization = bearer.RequestMessage!.Headers.Authorization;

        using var answer = await town.Town.Http.SendAsync(request);
        var outcome = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;

        using var together = Assert.EnterMultipleScope();
        Assert.That(((int)answer.StatusCode, (string?)outcome["resourceType"]), Is.EqualTo((200, "OperationOutcome")), outcome.ToJsonString());
        Assert.That(outcome["issue"]!.AsArray().Where(issue => (string?)issue!["code"] == "structure").Select(issue => (string?)issue!["expression"]?[0]), Is.Not.Empty.And.All.Not.Null, outcome.ToJsonString());
    }

    [TestCase("""{ "name": "mode", "valueCode": "create" }""")]
    [TestCase("""{ "name": "resource", "resource": { "resourceType": "Goal" } }, { "name": "resource", "resource": { "resourceType": "Goal" } }""")]
    public async Task Not_exactly_one_resource_is_refused(string parameters)
    {
        var (status, outcome) = await town.Dolores.PostAsync("/fhir/$validate", $$"""{ "resourceType": "Parameters", "parameter": [ {{parameters}} ] }""");

        Assert.That((status, (string?)outcome!["issue"]![0]!["code"]), Is.EqualTo((422, "required")));
    }

    [TestCase("http://hl7.org/fhir/us/core/StructureDefinition/us-core-goal|7.0.0", 200, 0)]
    [TestCase("http://hl7.org/fhir/us/core/StructureDefinition/us-core-goal|3.1.1", 422, 1)]
    [TestCase("http://hl7.org/fhir/StructureDefinition/Goal", 200, 0)]
    [TestCase("http://hl7.org/fhir/StructureDefinition/Goal|4.0.1", 200, 0)]
    [TestCase("http://hl7.org/fhir/StructureDefinition/Goal|5.0.0", 422, 1)]
    [TestCase("http://hl7.org/fhir/StructureDefinition/DomainResource", 200, 0)]
    [TestCase("http://hl7.org/fhir/StructureDefinition/CarePlan", 200, 1)]
    [TestCase("http://hl7.org/fhir/StructureDefinition/bp", 422, 1)]
    public async Task A_profile_may_be_named_in_its_version_and_R4s_own_holds_anyway(string profile, int expected, int errors)
    {
        var (status, outcome) = await town.Dolores.PostAsync($"/fhir/$validate?profile={Uri.EscapeDataString(profile)}", Good);

        Assert.That((status, Errors(outcome).Count()), Is.EqualTo((expected, errors)), outcome!.ToJsonString());
    }

    private static IEnumerable<string> Errors(JsonNode? outcome) =>
        outcome!["issue"]!.AsArray().Where(issue => (string?)issue!["severity"] is "error" or "fatal").Select(issue => (string?)issue!["expression"]?[0] ?? (string?)issue["details"]?["text"] ?? "");
}
