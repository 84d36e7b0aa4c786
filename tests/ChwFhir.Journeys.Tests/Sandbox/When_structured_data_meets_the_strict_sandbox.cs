using System.Text.Json.Nodes;
using NUnit.Framework;

namespace ChwFhir.Journeys.Tests.Sandbox;

public sealed class When_structured_data_meets_the_strict_sandbox
{
    private RunningSandbox sandbox = null!;

    [SetUp]
    public async Task Start() => sandbox = await StrictSandbox.StartAsync();

    [TearDown]
    public ValueTask Stop() => sandbox.DisposeAsync();

    [Test]
    public async Task A_reading_is_filed_once()
    {
        var first = await PostAsync(StrictSandbox.Weight());
        var again = await PostAsync(StrictSandbox.Weight());

        Assert.That((int)first.StatusCode, Is.EqualTo(201));
        Assert.That((await sandbox.GetAsync(first.Headers.Location!.OriginalString))["identifier"], Is.Null);
        await StrictSandbox.AssertRefusedAsync(again, 400, "59189", "code/instant");
    }

    [TestCase("99999-9", "rosa-m-programme", "59188", "code")]
    [TestCase("29463-7", "rosa-m-palliative-1", "59159", "encounter")]
    [TestCase("29463-7", "rosa-m-home-2", "59159", "encounter")]
    [TestCase("29463-7", "walter-b-clinic-1", "59111", "subject")]
    public async Task A_reading_that_has_no_row_or_no_open_encounter_is_refused(string code, string encounter, string number, string expression) =>
        await StrictSandbox.AssertRefusedAsync(await PostAsync(StrictSandbox.Weight(code, encounter)), 400, number, expression);

    [TestCase("encounter", "null", "59108", "encounter")]
    [TestCase("effectiveDateTime", "null", "59108", "effectiveDateTime")]
    [TestCase("valueQuantity", "null", "59108", "valueQuantity")]
    [TestCase("status", "\"preliminary\"", "59111", "status")]
    [TestCase("category", "[{ \"coding\": [{ \"code\": \"social-history\" }] }]", "59111", "category")]
    [TestCase("code", "{ \"coding\": [{ \"system\": \"http://loinc.org\", \"code\": \"29463-7\" }, { \"system\": \"http://snomed.info/sct\", \"code\": \"27113001\" }] }", "59111", "code")]
    [TestCase("code", "{ \"coding\": [{ \"system\": \"http://loinc.org\", \"code\": \"85354-9\" }] }", "59108", "component")]
    [TestCase("note", "[{ \"text\": \"a\" }, { \"text\": \"b\" }]", "59111", "note")]
    public async Task A_reading_that_breaks_a_rule_is_refused_with_its_number(string element, string value, string number, string expression)
    {
        var weight = StrictSandbox.Weight();
        weight[element] = JsonNode.Parse(value);

        await StrictSandbox.AssertRefusedAsync(await PostAsync(weight), 400, number, expression);
    }

    [TestCase(254, 201)]
    [TestCase(255, 400)]
    public async Task The_note_of_a_reading_is_short(int length, int status)
    {
        var weight = StrictSandbox.Weight();
        weight["note"] = new JsonArray(new JsonObject { ["text"] = new string('x', length) });

        Assert.That((int)(await PostAsync(weight)).StatusCode, Is.EqualTo(status));
    }

    [Test]
    public async Task A_provisional_problem_is_taken_twice_and_not_seen_again()
    {
        var first = await PostAsync(StrictSandbox.Problem());
        var second = await PostAsync(StrictSandbox.Problem());
        var found = await sandbox.GetAsync("Condition?patient=rosa-m&code=733423003");

        using (Assert.EnterMultipleScope())
        {
            Assert.That((int)first.StatusCode, Is.EqualTo(201));
            Assert.That((int)second.StatusCode, Is.EqualTo(201));
            Assert.That(second.Headers.Location, Is.Not.EqualTo(first.Headers.Location));
            Assert.That(StrictSandbox.Matches(found), Is.Empty);
        }
        await StrictSandbox.AssertRefusedAsync(await sandbox.Http.GetAsync(first.Headers.Location), 404, "4102");
    }

    [Test]
    public async Task A_problem_that_is_not_provisional_is_refused() => await StrictSandbox.AssertRefusedAsync(await PostAsync(StrictSandbox.Problem("confirmed")), 422, "59012", "verificationstatus");

    [TestCase("category", "[{ \"coding\": [{ \"code\": \"encounter-diagnosis\" }] }]", 403, "59203", null)]
    [TestCase("subject", "null", 400, "59108", "subject")]
    [TestCase("subject", "{ \"reference\": \"Patient/none\" }", 400, "59144", "subject")]
    [TestCase("code", "{ \"text\": \"hunger\" }", 400, "59108", "code")]
    [TestCase("clinicalStatus", "null", 400, "59108", "clinicalStatus")]
    [TestCase("clinicalStatus", "{ \"coding\": [{ \"code\": \"resolved\" }] }", 400, "59111", "clinicalStatus")]
    [TestCase("colour", "\"red\"", 400, "59102", "colour")]
    public async Task A_problem_that_breaks_a_rule_is_refused_with_its_number(string element, string value, int status, string number, string? expression)
    {
        var problem = StrictSandbox.Problem();
        problem[element] = JsonNode.Parse(value);

        await StrictSandbox.AssertRefusedAsync(await PostAsync(problem), status, number, expression);
    }

    [Test]
    public async Task Answers_to_an_assigned_questionnaire_are_taken()
    {
        var assigned = await sandbox.GetAsync("CarePlan?patient=george-t&category=http://snomed.info/sct%7C719091000000102");
        var number = assigned["entry"]![0]!["resource"]!["identifier"]![0]!["value"]!.GetValue<string>();

        var response = await PostAsync(Answers(number, "101", "valueDecimal", "2"));

        Assert.That((int)response.StatusCode, Is.EqualTo(201));
        Assert.That((await sandbox.GetAsync(response.Headers.Location!.OriginalString))["subject"]!["reference"]!.GetValue<string>(), Is.EqualTo("Patient/george-t"));
    }

    [TestCase("assignment-of-nobody", "101", "valueDecimal", "2", "subject")]
    [TestCase("assignment-george-t-1", "999", "valueDecimal", "2", "item/linkId")]
    [TestCase("assignment-george-t-1", "101", "valueInteger", "2", "item/answer")]
    [TestCase("assignment-george-t-1", "102", "valueString", "\"yes\"", "item/answer")]
    public async Task Other_answers_break_a_business_rule(string number, string link, string kind, string value, string expression) =>
        await StrictSandbox.AssertRefusedAsync(await PostAsync(Answers(number, link, kind, value)), 400, "59159", expression);

    private static JsonNode Answers(string number, string link, string kind, string value) => JsonNode.Parse($$"""
        { "resourceType": "QuestionnaireResponse", "status": "completed", "questionnaire": "Questionnaire/home-safety", "subject": { "identifier": { "value": "{{number}}" } },
          "item": [{ "linkId": "{{link}}", "answer": [{ "{{kind}}": {{value}} }] }] }
        """)!;

    private Task<HttpResponseMessage> PostAsync(JsonNode resource) => sandbox.SendAsync(HttpMethod.Post, resource["resourceType"]!.GetValue<string>(), resource.ToJsonString());
}
