using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using NUnit.Framework;

namespace ChwFhir.Journeys.Api;

internal sealed class When_a_request_cannot_be_answered
{
    private const string Json = "application/json";
    private const string LoneSurrogate = "{\"reason\":\"\\ud800\",\"key\":\"\\ud800\",\"code\":\"\\ud800\",\"name\":\"\\ud800\"}";
    private const string LoneSurrogateAsName = "{\"\\ud800\":1}";
    private Town town = null!;

    [OneTimeSetUp]
    public async Task Start() => town = await Town.StartAsync();

    [OneTimeTearDown]
    public async Task Stop() => await town.DisposeAsync();

    [TestCase("GET", "/nowhere", null, null, 404)]
    [TestCase("GET", "/api/v1/nowhere", null, null, 404)]
    [TestCase("GET", "/api/v2/visit-notes", null, null, 404)]
    [TestCase("GET", "/assets/nothing.css", null, null, 404)]
    [TestCase("GET", "/notes/nothing", null, null, 404)]
    [TestCase("GET", "/api/v1/visit-notes/nothing", null, null, 404)]
    [TestCase("POST", "/api/v1/visit-notes/any/resolve", Json, LoneSurrogate, 400)]
    [TestCase("POST", "/api/v1/visit-notes/any/resolve", Json, LoneSurrogateAsName, 400)]
    [TestCase("POST", "/api/v1/visit-notes/any/retract", Json, LoneSurrogate, 400)]
    [TestCase("POST", "/api/v1/visit-notes/any/retract", Json, LoneSurrogateAsName, 400)]
    [TestCase("POST", "/api/v1/visit-notes/any/retract", Json, "{\"reason\":\"wrong-patient\",\"rightPatient\":{\"reference\":\"\\ud800\"}}", 400)]
    [TestCase("POST", "/api/v1/visit-notes/any/removed", Json, LoneSurrogate, 400)]
    [TestCase("POST", "/api/v1/visit-notes/any/removed", Json, LoneSurrogateAsName, 400)]
    [TestCase("POST", "/api/v1/delivery/retry", Json, LoneSurrogate, 400)]
    [TestCase("POST", "/api/v1/delivery/retry", Json, LoneSurrogateAsName, 400)]
    [TestCase("POST", "/api/v1/patients/search", Json, LoneSurrogate, 400)]
    [TestCase("POST", "/api/v1/patients/search", Json, LoneSurrogateAsName, 400)]
    [TestCase("GET", "/api/v1/visit-notes/a%20b%3Cscript%3E", null, null, 404)]
    [TestCase("GET", "/api/v1/visit-notes/nothing/bundle", null, null, 404)]
    [TestCase("GET", "/api/v1/visit-notes/nothing/plan", null, null, 404)]
    [TestCase("POST", "/api/v1/visit-notes/nothing/retry", null, null, 404)]
    [TestCase("DELETE", "/api/v1/visit-notes", null, null, 405)]
    [TestCase("POST", "/health/live", null, null, 405)]
    [TestCase("POST", "/api/v1/visit-notes", Json, "{", 400)]
    [TestCase("POST", "/api/v1/visit-notes", Json, "", 400)]
    [TestCase("POST", "/api/v1/visit-notes", Json, "{}", 422)]
    [TestCase("POST", "/api/v1/visit-notes", "application/json; charset=utf-8", "{}", 422)]
    [TestCase("POST", "/api/v1/visit-notes", "Application/JSON;charset=\"UTF-8\"", "{}", 422)]
    [TestCase("POST", "/api/v1/visit-notes", "application/json; charset=utf-16", "{}", 415)]
    [TestCase("POST", "/api/v1/visit-notes", "application/fhir+json", "{}", 415)]
    [TestCase("POST", "/api/v1/visit-notes", "text/plain", "{}", 415)]
    [TestCase("POST", "/api/v1/visit-notes", null, "{}", 415)]
    [TestCase("POST", "/api/v1/visit-notes/preview", Json, "[]", 422)]
    [TestCase("POST", "/api/v1/visit-notes/preview", "text/xml", "<a/>", 415)]
    [TestCase("POST", "/api/v1/patients/search", Json, "{}", 422)]
    [TestCase("GET", "/api/v1/visit-notes?colour=blue", null, null, 400)]
    [TestCase("GET", "/api/v1/visit-notes?limit=0", null, null, 400)]
    [TestCase("GET", "/api/v1/visit-notes?limit=201", null, null, 400)]
    [TestCase("GET", "/api/v1/visit-notes?limit=ten", null, null, 400)]
    [TestCase("GET", "/api/v1/visit-notes?limit=1&limit=2", null, null, 400)]
    [TestCase("GET", "/api/v1/visit-notes?state=lost", null, null, 400)]
    [TestCase("GET", "/api/v1/visit-notes?since=yesterday", null, null, 400)]
    [TestCase("GET", "/api/v1/visit-notes?cursor=", null, null, 400)]
    [TestCase("GET", "/api/v1/visit-notes?cursor=garbage", null, null, 400)]
    [TestCase("GET", "/api/v1/visit-notes?cursor=1.2x", null, null, 400)]
    [TestCase("GET", "/api/v1/visit-notes?patient=", null, null, 400)]
    public async Task The_problem_says_so(string method, string path, string? contentType, string? body, int status)
    {
        using var request = Request(method, path, contentType, body);
        using var answer = await town.Http.SendAsync(request);

        await IsProblem(answer, status);
    }

    [TestCase("GET", "/api/v1/visit-notes", "text/html")]
    [TestCase("GET", "/api/v1/visit-notes", "application/json;q=0")]
    [TestCase("POST", "/api/v1/visit-notes", "application/xml")]
    [TestCase("POST", "/api/v1/visit-notes/preview", "application/xml")]
    [TestCase("GET", "/api/v1/visit-notes", ";;;")]
    public async Task A_form_that_we_do_not_have_is_not_given(string method, string path, string accept)
    {
        var note = Some.Note();
        using var request = Request(method, path, method == "POST" ? Json : null, method == "POST" ? note.ToJsonString() : null);
        request.Headers.TryAddWithoutValidation("Accept", accept);
        using var answer = await town.Http.SendAsync(request);

        await IsProblem(answer, 406);
        using var kept = await town.Http.GetAsync($"/api/v1/visit-notes/{note["id"]}");
        Assert.That((int)kept.StatusCode, Is.EqualTo(404), "refused, and yet kept");
    }

    [Test]
    public async Task Every_fault_stands_in_it_with_its_pointer()
    {
        var note = Some.Note();
        note["colour"] = "blue";
        note["visit"]!["kind"] = "moon";
        using var answer = await town.PostNoteAsync(note.ToJsonString());

        var problem = await IsProblem(answer, 422);
        Assert.That(problem["errors"]!.AsArray().Select(error => (string?)error!["pointer"]), Is.EquivalentTo(new[] { "/colour", "/visit/kind" }));
        Assert.That(problem["errors"]!.AsArray().Select(error => error!.AsObject().Select(member => member.Key)), Is.All.EqualTo(new[] { "pointer", "code", "detail" }));
    }

    [TestCase(1_200_000, false)]
    [TestCase(1_200_000, true)]
    [TestCase(10_500_000, false)]
    [TestCase(10_500_000, true)]
    [TestCase(20_000_000, false)]
    [TestCase(20_000_000, true)]
    public async Task Too_much_is_refused_also_where_no_length_is_announced(int size, bool chunked)
    {
        var bytes = Encoding.UTF8.GetBytes(Some.Note(narrative: new string('a', size)).ToJsonString());
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/visit-notes") { Content = new StreamContent(new MemoryStream(bytes)) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(Json);
        request.Headers.TransferEncodingChunked = chunked;
        using var answer = await town.Http.SendAsync(request);

        await IsProblem(answer, 413);
    }

    [Test]
    public async Task A_compressed_body_is_not_taken()
    {
        using var request = Request("POST", "/api/v1/visit-notes", Json, "{}");
        request.Content!.Headers.ContentEncoding.Add("gzip");
        using var answer = await town.Http.SendAsync(request);

        await IsProblem(answer, 415);
    }

    [TestCase("GET", "Host", "chart.example")]
    [TestCase("GET", "X-Forwarded-For", "203.0.113.9")]
    [TestCase("GET", "Forwarded", "for=203.0.113.9")]
    public async Task A_stranger_is_refused_in_Development(string method, string header, string value)
    {
        using var request = Request(method, "/api/v1/visit-notes", null, null);
        request.Headers.TryAddWithoutValidation(header, value);
        using var answer = await town.Http.SendAsync(request);

        await IsProblem(answer, 403);
    }

    [TestCase("/health/live")]
    [TestCase("/api/v1/visit-notes")]
    [TestCase("/")]
    public async Task HEAD_is_GET_without_a_body(string path)
    {
        using var answer = await town.Http.SendAsync(new HttpRequestMessage(HttpMethod.Head, path));

        Assert.That((int)answer.StatusCode, Is.EqualTo(200));
        Assert.That(await answer.Content.ReadAsByteArrayAsync(), Is.Empty);
    }

    [Test]
    public async Task OPTIONS_says_what_is_allowed()
    {
        using var answer = await town.Http.SendAsync(new HttpRequestMessage(HttpMethod.Options, "/api/v1/visit-notes"));

        Assert.That((int)answer.StatusCode, Is.EqualTo(204));
        Assert.That(answer.Content.Headers.Allow, Is.SupersetOf(new[] { "GET", "POST" }));
        Assert.That(answer.Headers.Contains("Access-Control-Allow-Origin"), Is.False);
    }

    [Test]
    public async Task Every_answer_tells_the_browser_to_be_careful()
    {
        foreach (var path in new[] { "/", "/api/v1/visit-notes", "/nowhere", "/swagger/index.html" })
        {
            using var answer = await town.Http.GetAsync(path);
            using (Assert.EnterMultipleScope())
            {
                Assert.That(answer.Headers.GetValues("Content-Security-Policy").Single(), Does.Contain("frame-ancestors 'none'").And.Not.Contain("unsafe-eval").And.Not.Contain("script-src"));
                Assert.That(answer.Headers.GetValues("X-Content-Type-Options").Single(), Is.EqualTo("nosniff"));
                Assert.That(answer.Headers.GetValues("Referrer-Policy").Single(), Is.EqualTo("no-referrer"));
                Assert.That(answer.Headers.Server, Is.Empty);
            }
        }
    }

    private static HttpRequestMessage Request(string method, string path, string? contentType, string? body)
    {
        var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (body is null)
            return request;
        request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        if (contentType is not null)
            request.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        return request;
    }

    private static async Task<JsonObject> IsProblem(HttpResponseMessage answer, int status)
    {
        var text = await answer.Content.ReadAsStringAsync();
        Assert.That((int)answer.StatusCode, Is.EqualTo(status), text);
        Assert.That(answer.Content.Headers.ContentType?.MediaType, Is.EqualTo("application/problem+json"));
        var problem = JsonNode.Parse(text)!.AsObject();
        using (Assert.EnterMultipleScope())
        {
            Assert.That((int?)problem["status"], Is.EqualTo(status));
            Assert.That((string?)problem["title"], Is.Not.Empty);
            Assert.That((string?)problem["code"], Is.Not.Empty);
            Assert.That((string?)problem["detail"], Is.Not.Empty);
            Assert.That(text, Does.Not.Contain("   at ").And.Not.Contain("Exception"));
        }
        return problem;
    }
}
