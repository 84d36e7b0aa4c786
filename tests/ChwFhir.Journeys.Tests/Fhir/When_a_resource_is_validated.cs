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

    private static IEnumerable<string> Errors(JsonNode? outcome) =>
        outcome!["issue"]!.AsArray().Where(issue => (string?)issue!["severity"] is "error" or "fatal").Select(issue => (string?)issue!["expression"]?[0] ?? (string?)issue["details"]?["text"] ?? "");
}
