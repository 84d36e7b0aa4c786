using System.Text;
using System.Text.Json.Nodes;
using ChwFhir.Api.Fhir;
using ChwFhir.Chart;
using ChwFhir.Fhir.Model;
using ChwFhir.Journeys.Identity;
using ChwFhir.Testing;

namespace ChwFhir.Journeys.Fhir;

/// <summary>A CHW states a need and a goal for it; a screening of the same need comes in later, marked as restricted, and so does a summary.</summary>
internal sealed class When_something_restricted_is_handed_in
{
    private const string Food = "The fridge is empty";
    private PanelTown town = null!;
    private string summary = "";

    [OneTimeSetUp]
    public async Task Start()
    {
        town = await PanelTown.StartAsync();
        var note = Some.Note("Patient/rosa-m");
        note["concerns"] = JsonNode.Parse($$"""[ { "domain": "food-insecurity", "text": "{{Food}}" } ]""");
        note["goals"] = JsonNode.Parse("""[ { "id": "pantry", "text": "Food in the house", "addresses": ["food-insecurity"] } ]""");
        note["visit"]!["start"] = "2026-01-05T14:05:00-05:00";
        await FhirTown.HandInAsync(town.Dolores, note);

        var screening = JsonNode.Parse(await File.ReadAllTextAsync(Repository.Path("samples", "questionnaire-responses", "hunger-vital-sign.json")))!.AsObject();
        screening["meta"] = JsonNode.Parse("""{ "security": [ { "system": "http://terminology.hl7.org/CodeSystem/v3-Confidentiality", "code": "R" } ] }""");
        screening["subject"] = new JsonObject { ["reference"] = "Patient/rosa-m" };
        await HandInAsync("QuestionnaireResponse", screening);

        var document = new JsonObject
        {
            ["resourceType"] = "DocumentReference",
            ["status"] = "current",
            ["identifier"] = new JsonArray(new JsonObject { ["value"] = "restricted-summary" }),
            ["subject"] = new JsonObject { ["reference"] = "Patient/rosa-m" },
            ["securityLabel"] = JsonNode.Parse("""[ { "coding": [ { "system": "http://terminology.hl7.org/CodeSystem/v3-Confidentiality", "code": "V" } ] } ]"""),
            ["content"] = new JsonArray(new JsonObject { ["attachment"] = new JsonObject { ["contentType"] = "text/plain", ["data"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(await File.ReadAllTextAsync(Repository.Path("samples", "after-visit-summaries", "clinic-visit.txt")))) } }),
        };
        summary = await HandInAsync("DocumentReference", document);
    }

    [OneTimeTearDown]
    public async Task Stop() => await town.DisposeAsync();

    [TestCase("QuestionnaireResponse?patient=rosa-m", "R")]
    [TestCase("Observation?patient=rosa-m&category=survey", "R")]
    [TestCase("DocumentReference?patient=rosa-m&_id={summary}", "V")]
    public async Task It_keeps_its_label_and_CHWs_are_only_told_how_much_there_is(string search, string label)
    {
        search = search.Replace("{summary}", summary, StringComparison.Ordinal);
        var (_, chws) = await town.Dolores.GetAsync($"/fhir/{search}");
        var (_, supervisors) = await town.Supervisor.GetAsync($"/fhir/{search}");

        using var together = Assert.EnterMultipleScope();
        Assert.That(FhirTown.Resources(supervisors).ToList(), Is.Not.Empty.And.All.Matches<JsonObject>(one => (string?)one?["meta"]?["security"]?[0]?["code"] == label), supervisors!.ToJsonString());
        Assert.That(FhirTown.Ids(chws), Is.Empty);
        Assert.That(FhirTown.Resources(chws, "outcome").Single()["issue"]!.AsArray().Select(issue => (string?)issue?["diagnostics"]), Does.Contain("withheld"));
        foreach (var id in FhirTown.Ids(supervisors))
            Assert.That((await town.Dolores.GetAsync($"/fhir/{search.Split('?')[0]}/{id}")).Status, Is.EqualTo(404));
    }

    [Test]
    public async Task A_need_that_a_CHW_stated_herself_she_reads_as_she_stated_it()
    {
        var (_, chws) = await town.Dolores.GetAsync("/fhir/Condition?patient=rosa-m");
        var (_, supervisors) = await town.Supervisor.GetAsync("/fhir/Condition?patient=rosa-m");
        var (need, whole) = (FhirTown.Resources(chws).Single(), FhirTown.Resources(supervisors).Single());
        var goal = FhirTown.Resources((await town.Dolores.GetAsync("/fhir/Goal?patient=rosa-m")).Body).Single();
        var single = (await town.Dolores.GetAsync($"/fhir/Condition/{need["id"]}")).Body!;

        using var together = Assert.EnterMultipleScope();
        Assert.That((string?)whole["meta"]!["security"]![0]!["code"], Is.EqualTo("R"), whole.ToJsonString());
        Assert.That((string?)need["code"]!["text"], Is.EqualTo(Food));
        Assert.That((need["meta"]!["security"], need["evidence"]), Is.EqualTo(((JsonNode?)null, (JsonNode?)null)), need.ToJsonString());
        Assert.That((string?)goal["addresses"]![0]!["reference"], Is.EqualTo($"Condition/{need["id"]}"));
        Assert.That(single.ToJsonString(), Is.EqualTo(need.ToJsonString()));
    }

    [Test]
    public void What_refers_to_something_withheld_does_not_name_it()
    {
        var goal = new Goal();
        goal.Addresses.Add(new ResourceReference("urn:uuid:0f3a381c-fd45-5ed8-b562-377beaa5f6ba", "Her fear"));
        var entry = new RecordEntry("1-g", "urn:uuid:1f3a381c-fd45-5ed8-b562-377beaa5f6ba", goal, default, default, 1);

        var shown = JsonNode.Parse(new ShownRecord(new PatientRecord([entry], 1, 0, 0), "https://ehr.example/fhir").Show(entry).Json)!;

        Assert.That(shown["addresses"]!.ToJsonString(), Is.EqualTo("""[{"extension":[{"url":"http://hl7.org/fhir/StructureDefinition/data-absent-reason","valueCode":"masked"}]}]"""));
    }

    [Test]
    public async Task Nothing_of_it_is_in_the_Bundle_of_the_REST_door_either()
    {
        var chws = (await town.Dolores.GetAsync("/api/v1/questionnaire-responses/hvs-2026-11-20-marion/bundle")).Body!;
        var supervisors = (await town.Supervisor.GetAsync("/api/v1/questionnaire-responses/hvs-2026-11-20-marion/bundle")).Body!;

        Assert.That((supervisors["entry"]!.AsArray().Count > 0, chws["entry"]), Is.EqualTo((true, (JsonNode?)null)), chws.ToJsonString());
    }

    [Test]
    public async Task How_far_it_is_a_CHW_reads_without_a_name_of_its_parts([Values("", "/plan", "/history")] string of)
    {
        const string Way = "/api/v1/questionnaire-responses/hvs-2026-11-20-marion";
        var chws = (await town.Dolores.GetAsync(Way + of)).Body!;
        var supervisors = (await town.Supervisor.GetAsync(Way + of)).Body!;
        var listed = (await town.Dolores.GetAsync("/api/v1/visit-notes?patient=Patient/rosa-m")).Body!["items"]!.AsArray().Single(note => (string?)note!["id"] == "hvs-2026-11-20-marion")!;

        using var together = Assert.EnterMultipleScope();
        Assert.That(supervisors.ToJsonString(), Does.Contain("hunger-vital-sign"), "what is looked for is there");
        foreach (var shown in new[] { chws, listed })
            Assert.That(shown.ToJsonString(), Does.Not.Contain("hunger").IgnoreCase.And.Not.Contain("Observation").And.Not.Contain("food").IgnoreCase);
        Assert.That(Parts(chws), Is.EqualTo(Parts(supervisors)), "how much there is may be known");
        Assert.That((string?)listed["state"], Is.EqualTo("written"));
    }

    [Test]
    public async Task What_it_holds_back_is_counted_for_a_CHW_and_not_told()
    {
        var screening = JsonNode.Parse("""
            { "resourceType": "QuestionnaireResponse", "meta": { "security": [ { "system": "http://terminology.hl7.org/CodeSystem/v3-Confidentiality", "code": "R" } ] }, "identifier": { "system": "https://example.org/forms", "value": "violence" },
              "questionnaire": "https://example.org/forms/Questionnaire/hrsn", "status": "completed", "subject": { "reference": "Patient/rosa-m" }, "authored": "2026-11-20T10:00:00-05:00", "source": { "reference": "Patient/rosa-m" },
              "item": [ { "linkId": "1", "definition": "http://loinc.org/fhir/DataElement/96777-8", "item": [ { "linkId": "1.1", "definition": "http://loinc.org/fhir/DataElement/95618-5", "answer": [ { "valueCoding": { "system": "http://loinc.org", "code": "LA6482-9", "display": "Frequently" } } ] } ] } ] }
            """)!.AsObject();
        await HandInAsync("QuestionnaireResponse", screening);
        var chws = (await town.Dolores.GetAsync("/api/v1/questionnaire-responses/violence/held")).Body!;
        var supervisors = (await town.Supervisor.GetAsync("/api/v1/questionnaire-responses/violence/held")).Body!;

        Assert.That(((int)supervisors["count"]! > 0, (int)chws["count"]! > 0), Is.EqualTo((true, true)), supervisors.ToJsonString());
        Assert.That((supervisors["parts"]!.AsArray().Count > 0, chws["parts"]!.AsArray().Count), Is.EqualTo((true, 0)), chws.ToJsonString());
    }

    [Test]
    public async Task What_is_not_restricted_is_named_also_when_it_is_handed_in_again()
    {
        var note = Some.Note("Patient/rosa-m");
        note["concerns"] = JsonNode.Parse("""[ { "id": "roof", "domain": "housing-instability", "text": "It leaks" } ]""");
        await FhirTown.HandInAsync(town.Dolores, note);

        using var again = await town.Dolores.RawAsync(HttpMethod.Post, "/api/v1/visit-notes", note.ToJsonString());

        var text = await again.Content.ReadAsStringAsync();
        Assert.That((int)again.StatusCode, Is.EqualTo(200), text);
        Assert.That(JsonNode.Parse(text)!["resources"]!.AsArray().Select(row => (string?)row!["key"]), Does.Contain("concern/roof"), text);
    }

    private static int Parts(JsonNode of) => (of["resources"] ?? of["steps"] ?? of["items"])!.AsArray().Count;

    private async Task<string> HandInAsync(string type, JsonObject resource)
    {
        using var answer = await town.Dolores.RawAsync(HttpMethod.Post, $"/fhir/{type}", resource.ToJsonString());
        Assert.That((int)answer.StatusCode, Is.EqualTo(202), await answer.Content.ReadAsStringAsync());
        for (var patience = 0; (await town.Supervisor.GetAsync(answer.Headers.Location!.AbsolutePath)).Status != 200 && patience < 300; patience++)
            await Task.Delay(50);
        return answer.Headers.Location!.Segments[^1];
    }
}
