using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using ChwFhir.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using NUnit.Framework;

namespace ChwFhir.Journeys.Api;

internal sealed class When_a_patient_is_looked_for
{
    private Town town = null!;

    [OneTimeSetUp]
    public async Task Start() => town = await Town.StartAsync();

    [OneTimeTearDown]
    public async Task Stop() => await town.DisposeAsync();

    [TestCase("""{ "name": "maldonado" }""")]
    [TestCase("""{ "name": "Rosa Maldonado", "birthDate": "1963-04-02" }""")]
    [TestCase("""{ "identifier": "urn:oid:2.16.840.1.113883.19.5.90.1|100231" }""")]
    [TestCase("""{ "identifier": "100231" }""")]
    [TestCase("""{ "identifier": { "system": "urn:oid:2.16.840.1.113883.19.5.90.1", "value": "100231" } }""")]
    public async Task The_one_is_found(string question)
    {
        var found = await FoundAsync(question);

        Assert.That(found["items"]!.AsArray(), Has.Count.EqualTo(1));
        var patient = found["items"]![0]!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That((string?)patient["reference"], Is.EqualTo("Patient/rosa-m"));
            Assert.That((string?)patient["name"], Is.EqualTo("Rosa Maldonado"));
            Assert.That((string?)patient["birthDate"], Is.EqualTo("1963-04-02"));
            Assert.That((string?)patient["gender"], Is.EqualTo("female"));
            Assert.That((string?)patient["identifiers"]![0]!["value"], Is.EqualTo("100231"));
        }
    }

    [Test]
    public async Task A_merged_chart_says_where_it_went()
    {
        var found = await FoundAsync("""{ "name": "Oduya" }""");

        var old = found["items"]!.AsArray().Single(patient => (string?)patient!["reference"] == "Patient/marion-o-old")!;
        Assert.That((bool?)old["active"], Is.False);
        Assert.That((string?)old["replacedBy"], Is.EqualTo("Patient/marion-o"));
    }

    [Test]
    public async Task Pages_hold_everybody_once()
    {
        var all = await FoundAsync("""{ "name": "a", "limit": 50 }""");
        List<string> paged = [];
        for (string? cursor = null, asked = "first"; asked is not null; asked = cursor)
        {
            var page = await FoundAsync(new JsonObject { ["name"] = "a", ["limit"] = 1, ["cursor"] = cursor }.ToJsonString());
            paged.AddRange(page["items"]!.AsArray().Select(patient => (string)patient!["reference"]!));
            cursor = (string?)page["next"];
            Assert.That(paged, Has.Count.LessThan(100));
        }

        Assert.That(paged, Is.Unique.And.EquivalentTo(all["items"]!.AsArray().Select(patient => (string)patient!["reference"]!)));
        Assert.That(paged, Has.Count.GreaterThan(1));
    }

    [Test]
    public async Task Nobody_is_no_error()
    {
        var found = await FoundAsync("""{ "name": "Nobody,By|This$Name" }""");

        Assert.That(found["items"]!.AsArray(), Is.Empty);
        Assert.That(found["next"], Is.Null);
    }

    [TestCase("{}", "")]
    [TestCase("[]", "")]
    [TestCase("""{ "name": "" }""", "/name")]
    [TestCase("""{ "name": 7 }""", "/name")]
    [TestCase("""{ "birthDate": "2.4.1963" }""", "/birthDate")]
    [TestCase("""{ "name": "a", "limit": 0 }""", "/limit")]
    [TestCase("""{ "name": "a", "cursor": "x" }""", "/cursor")]
    [TestCase("""{ "name": "a", "ssn": "1" }""", "/ssn")]
    [TestCase("""{ "identifier": { "system": "x" } }""", "/identifier")]
    public async Task A_question_that_is_none_is_refused_with_its_pointer(string question, string pointer)
    {
        using var answer = await AskAsync(question);
        var problem = await answer.Content.ReadFromJsonAsync<JsonObject>();

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        Assert.That(problem!["errors"]!.AsArray().Select(error => (string?)error!["pointer"]), Is.EqualTo(new[] { pointer }));
    }

    [Test]
    public async Task An_EHR_that_does_not_answer_is_told_as_such()
    {
        await using var lonely = await Town.StartAsync(("Ehr__BaseUrl", $"http://127.0.0.1:{Ports.Free()}/fhir"));

        using var answer = await lonely.Http.PostAsync("/api/v1/patients/search", Json("""{ "name": "a" }"""));
        var ready = await lonely.Http.GetFromJsonAsync<JsonObject>("/health/ready");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
            Assert.That(answer.Headers.RetryAfter, Is.Not.Null);
            Assert.That((string?)ready!["status"], Is.EqualTo("degraded"));
            Assert.That((string?)ready["store"], Is.EqualTo("ok"));
        }
    }

    [Test]
    public async Task An_EHR_that_hangs_is_asked_once_and_for_no_longer_than_one_request_may_take()
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        await using var hanging = builder.Build();
        var searches = 0;
        hanging.Run(async context =>
        {
            if (context.Request.Path.Value!.EndsWith("/Patient/_search", StringComparison.Ordinal))
                Interlocked.Increment(ref searches);
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        });
        await hanging.StartAsync();
        await using var waiting = await Town.StartAsync(("Ehr__BaseUrl", $"{hanging.Urls.First()}/fhir"), ("Ehr__RequestTimeout", "00:00:10"));

        var watch = Stopwatch.StartNew();
        using var answer = await waiting.Http.PostAsync("/api/v1/patients/search", Json("""{ "name": "a" }"""));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(watch.Elapsed, Is.LessThan(TimeSpan.FromSeconds(20)), "two requests would take as long");
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
            Assert.That(answer.Headers.RetryAfter, Is.Not.Null);
            Assert.That(searches, Is.EqualTo(1));
        }
    }

    private async Task<JsonObject> FoundAsync(string question)
    {
        using var answer = await AskAsync(question);
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK), await answer.Content.ReadAsStringAsync());
        return (await answer.Content.ReadFromJsonAsync<JsonObject>())!;
    }

    private Task<HttpResponseMessage> AskAsync(string question) => town.Http.PostAsync("/api/v1/patients/search", Json(question));

    private static StringContent Json(string text) => new(text, null, "application/json");
}
