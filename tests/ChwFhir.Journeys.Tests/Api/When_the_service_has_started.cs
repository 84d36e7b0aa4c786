using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using NUnit.Framework;

namespace ChwFhir.Journeys.Api;

internal sealed class When_the_service_has_started
{
    private Town town = null!;

    [OneTimeSetUp]
    public async Task Start() => town = await Town.StartAsync();

    [OneTimeTearDown]
    public async Task Stop() => await town.DisposeAsync();

    [Test]
    public async Task It_is_alive_and_ready()
    {
        var live = await town.Http.GetAsync("/health/live");
        var ready = await town.Http.GetFromJsonAsync<JsonObject>("/health/ready");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(live.StatusCode, Is.EqualTo(HttpStatusCode.OK));
            Assert.That((string?)ready!["store"], Is.EqualTo("ok"));
            Assert.That((string?)ready["ehr"], Is.EqualTo("ok"));
            Assert.That((string?)ready["status"], Is.EqualTo("ok"));
        }
    }

    [Test]
    public async Task The_sandbox_answers_next_door()
    {
        var patient = await town.ReadFromEhrAsync("Patient/rosa-m");

        Assert.That((string?)patient["birthDate"], Is.EqualTo("1963-04-02"));
    }

    [TestCase("GET", "/nowhere")]
    [TestCase("GET", "/api/v1/visit-notes/no-such-note")]
    [TestCase("PUT", "/api/v1/visit-notes/no-such-note")]
    [TestCase("POST", "/health/live")]
    public async Task What_is_not_there_is_a_problem_document(string method, string path)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        var answer = await town.Http.SendAsync(request);

        Assert.That(answer.Content.Headers.ContentType?.MediaType, Is.EqualTo("application/problem+json"));
        var problem = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        Assert.That((int?)problem["status"], Is.EqualTo((int)answer.StatusCode).And.GreaterThanOrEqualTo(400));
    }
}
