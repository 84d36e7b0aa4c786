using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using ChwFhir.Testing;
using NUnit.Framework;

namespace ChwFhir.Journeys.Api;

internal sealed class When_a_completed_screening_is_posted
{
    private const string Path = "/api/v1/questionnaire-responses";
    private Town town = null!;

    private static IEnumerable<string> Samples => Directory.EnumerateFiles(Repository.Path("samples", "questionnaire-responses"), "*.json").Select(file => System.IO.Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal);

    [OneTimeSetUp]
    public async Task Start() => town = await Town.StartAsync();

    [OneTimeTearDown]
    public async Task Stop() => await town.DisposeAsync();

    [TestCaseSource(nameof(Samples))]
    public async Task It_stands_in_the_chart_with_what_its_answers_say(string sample)
    {
        using var answer = await PostAsync(town.Http, Path, Sample(sample));
        var accepted = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Accepted), accepted.ToJsonString());
        var id = (string)accepted["id"]!;
        var settled = await town.SettledAsync(id);

        using var scope = Assert.EnterMultipleScope();
        Assert.That(answer.Headers.Location?.OriginalString, Is.EqualTo($"{Path}/{id}"));
        Assert.That((string?)settled["kind"], Is.EqualTo("questionnaire-response"));
        Assert.That((string?)settled["state"], Is.EqualTo("written"), settled.ToJsonString());
        var response = await town.ReadFromEhrAsync(Reference(settled, "QuestionnaireResponse"));
        Assert.That((string?)response["subject"]!["reference"], Is.EqualTo("Patient/marion-o"));
        var observation = await town.ReadFromEhrAsync(Reference(settled, "Observation"));
        Assert.That((string?)observation["derivedFrom"]![0]!["reference"], Is.EqualTo(Reference(settled, "QuestionnaireResponse")));
        var bundle = JsonNode.Parse(await town.Http.GetStringAsync($"{Path}/{id}/bundle"))!;
        Assert.That(bundle["entry"]!.AsArray().Select(entry => (string?)entry!["resource"]!["resourceType"]), Does.Contain("QuestionnaireResponse").And.Contain("DocumentReference").And.Contain("Provenance"));
        var plan = JsonNode.Parse(await town.Http.GetStringAsync($"{Path}/{id}/plan"))!;
        Assert.That(plan.ToJsonString(), Does.Contain("screening/"));
    }

    [Test]
    public async Task The_same_again_is_not_filed_twice_and_another_under_its_name_is_a_conflict()
    {
        var response = Fresh("again");
        using var first = await PostAsync(town.Http, Path, response.ToJsonString());
        await town.SettledAsync("again");
        using var second = await PostAsync(town.Http, Path, response.ToJsonString());
        response["authored"] = "2026-11-21T10:00:00-05:00";
        using var third = await PostAsync(town.Http, Path, response.ToJsonString());

        Assert.That(new[] { first.StatusCode, second.StatusCode, third.StatusCode }, Is.EqualTo(new[] { HttpStatusCode.Accepted, HttpStatusCode.OK, HttpStatusCode.Conflict }));
    }

    [Test]
    public async Task A_preview_keeps_nothing()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{Path}/preview") { Content = Body(Fresh("only-looked-at").ToJsonString()) };
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        using var answer = await town.Http.SendAsync(request);
        var preview = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        using var status = await town.Http.GetAsync($"{Path}/only-looked-at");

        using var scope = Assert.EnterMultipleScope();
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK), preview.ToJsonString());
        Assert.That((string?)preview["document"], Does.Contain("At risk"));
        Assert.That(preview["plan"]!.AsArray().Select(step => (string?)step!["key"]), Does.Contain("concern/food-insecurity"));
        Assert.That(status.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task What_is_wrong_is_named_with_its_place()
    {
        var response = Fresh("wrong");
        response["item"]![0]!["answer"]![0]!["valueCoding"]!["code"] = "LA33-6";
        response["item"]![0]!["answer"]![0]!["valueCoding"]!.AsObject().Remove("display");
        response.Remove("authored");
        using var answer = await PostAsync(town.Http, Path, response.ToJsonString());
        var problem = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        using var other = await PostAsync(town.Http, Path, "<x/>", "text/plain");

        using var scope = Assert.EnterMultipleScope();
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        Assert.That(problem["errors"]!.AsArray().Select(fault => ((string?)fault!["pointer"], (string?)fault["code"])), Is.EquivalentTo(new[] { ("/authored", "required"), ("/item/0/answer/0", "unknown-answer") }));
        Assert.That(other.StatusCode, Is.EqualTo(HttpStatusCode.UnsupportedMediaType));
    }

    [Test]
    public async Task It_is_taken_back_and_received_anew_for_the_right_patient()
    {
        using var answer = await PostAsync(town.Http, Path, Fresh("wrong-chart").ToJsonString());
        await town.SettledAsync("wrong-chart");
        using var retracted = await PostAsync(town.Http, $"{Path}/wrong-chart/retract", """{ "reason": "wrong-patient", "rightPatient": { "reference": "Patient/walter-b" } }""", "application/json");
        var moved = await town.SettledAsync("wrong-chart.moved");
        var old = await town.SettledAsync("wrong-chart");

        using var scope = Assert.EnterMultipleScope();
        Assert.That(retracted.StatusCode, Is.EqualTo(HttpStatusCode.Accepted), await retracted.Content.ReadAsStringAsync());
        Assert.That((string?)old["state"], Is.EqualTo("retracted"), old.ToJsonString());
        Assert.That((string?)moved["state"], Is.EqualTo("written"), moved.ToJsonString());
        Assert.That((string?)(await town.ReadFromEhrAsync(Reference(moved, "QuestionnaireResponse")))["subject"]!["reference"], Is.EqualTo("Patient/walter-b"));
    }

    [Test]
    public async Task The_form_of_each_instrument_can_be_had()
    {
        var questionnaire = JsonNode.Parse(await town.Http.GetStringAsync("/api/v1/schema/questionnaires/phq-9"))!;
        using var none = await town.Http.GetAsync("/api/v1/schema/questionnaires/gad-7");

        using var scope = Assert.EnterMultipleScope();
        Assert.That((string?)questionnaire["url"], Is.EqualTo("https://chwfhir.org/fhir/Questionnaire/phq-9"));
        Assert.That(none.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    private static JsonObject Fresh(string id)
    {
        var response = JsonNode.Parse(Sample("hunger-vital-sign"))!.AsObject();
        response["identifier"]!["value"] = id;

        return response;
    }

    private static string Sample(string name) => File.ReadAllText(Repository.Path("samples", "questionnaire-responses", $"{name}.json"));

    private static string Reference(JsonNode status, string type) =>
        (string)status["resources"]!.AsArray().First(resource => (string?)resource!["type"] == type && (string?)resource["state"] == "written")!["reference"]!;

    private static Task<HttpResponseMessage> PostAsync(HttpClient http, string path, string body, string contentType = "application/fhir+json") => http.PostAsync(path, Body(body, contentType));

    private static StringContent Body(string body, string contentType = "application/fhir+json") => new(body, Encoding.UTF8, contentType);
}
