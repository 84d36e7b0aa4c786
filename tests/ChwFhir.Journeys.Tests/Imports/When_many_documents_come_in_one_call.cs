using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using NUnit.Framework;

namespace ChwFhir.Journeys.Imports;

internal sealed class When_many_documents_come_in_one_call
{
    private Town town = null!;

    [OneTimeSetUp]
    public async Task Start() => town = await Town.StartAsync();

    [OneTimeTearDown]
    public async Task Stop() => await town.DisposeAsync();

    [Test]
    public async Task Each_line_has_its_own_answer()
    {
        var (good, other) = (Some.Note(), Some.Note("Patient/walter-b"));
        var changed = Some.Note(id: (string)good["id"]!, narrative: "Something else.");
        var wrong = Some.Note();
        wrong["visit"]!["kind"] = "balloon";

        var results = await ImportAsync(good.ToJsonString(), "", other.ToJsonString(), "{ not JSON", wrong.ToJsonString(), good.ToJsonString(), changed.ToJsonString(), """{"resourceType":"Patient"}""", "[]");

        using var all = Assert.EnterMultipleScope();
        Assert.That(results.Keys, Is.EquivalentTo(new[] { 1, 3, 4, 5, 6, 7, 8, 9 }), "the empty line has none");
        Assert.That(Statuses(results), Is.EqualTo("1:202 3:202 4:400 5:422 6:200 7:409 8:422 9:422"));
        Assert.That((string?)results[1]["id"], Is.EqualTo((string?)good["id"]));
        Assert.That((string?)results[1]["location"], Is.EqualTo($"/api/v1/visit-notes/{good["id"]}"));
        Assert.That((string?)results[5]["errors"]![0]!["pointer"], Is.EqualTo("/visit/kind"));
        Assert.That((string?)results[8]["errors"]![0]!["pointer"], Is.EqualTo("/resourceType"));
        Assert.That((string?)(await town.SettledAsync((string)other["id"]!))["state"], Is.EqualTo("written"));
    }

    [Test]
    public async Task Notes_of_one_patient_are_taken_in_the_order_of_their_lines()
    {
        var notes = Enumerable.Range(1, 60).Select(at => Some.Note(at % 2 == 0 ? "Patient/thomas-n" : "Patient/walter-b")).ToArray();

        await ImportAsync([.. notes.Select(note => note.ToJsonString())]);

        var listed = JsonNode.Parse(await town.Http.GetStringOfAsync("/api/v1/visit-notes?patient=Patient/thomas-n&limit=30"))!["items"]!.AsArray().Select(note => (string?)note!["id"]);
        Assert.That(listed, Is.EqualTo(notes.Where((_, at) => at % 2 == 1).Select(note => (string?)note["id"]).Reverse()));
    }

    [TestCase("""{"contentType":"\ud800","text":"Diet: low salt"}""", 400)]
    [TestCase("""{"patient":{"reference":"\ud800"},"narrative":"x"}""", 400)]
    [TestCase("""{"contentType":"no media type","text":"Diet: low salt"}""", 422)]
    [TestCase("""{"contentType":"text/plain","patient":"Patient/\u00e9","text":"Diet: low salt"}""", 422)]
    public async Task A_line_that_nobody_can_read_does_not_end_the_import_of_the_next(string line, int status)
    {
        var results = await ImportAsync(line, Some.Note().ToJsonString());

        Assert.That(Statuses(results), Is.EqualTo($"1:{status} 2:202"));
    }

    [TestCase("""{"contentType":"text/plain","patient":{"reference":"Patient/rosa-m"},"text":"Diet: low salt"}""", "/patient", "string-expected")]
    [TestCase("""{"contentType":"text/plain","patient":"Patient/rosa-m","documentID":"d1","text":"Diet: low salt"}""", "/documentID", "unknown-member")]
    [TestCase("""{"contentType":"text/plain","patient":"Patient/rosa-m","patient":"Patient/walter-b","text":"Diet: low salt"}""", "/patient", "duplicate-member")]
    [TestCase("""{"contentType":"text/plain","patient":"Patient/rosa-m","text":"Diet: low salt","data":"RGlldDogbG93"}""", "/data", "exclusive")]
    public async Task What_is_said_of_a_document_beside_it_is_not_passed_over(string line, string pointer, string code)
    {
        var fault = (await ImportAsync(line))[1]["errors"]![0]!;

        Assert.That(((string?)fault["pointer"], (string?)fault["code"]), Is.EqualTo((pointer, code)));
    }

    [Test]
    public async Task A_batch_of_messages_on_a_line_is_answered_message_by_message()
    {
        var batch = $"BHS|^~\\&|E|F|C|H\r{SomeMessage.Of("IMP1")}{SomeMessage.Of("IMP2", trigger: "T01")}{SomeMessage.Of("IMP3")}BTS|3\r";

        var told = await ToldAsync(new JsonObject { ["contentType"] = "x-application/hl7-v2+er7", ["text"] = batch, ["patient"] = "Patient/walter-b" }.ToJsonString(), Some.Note().ToJsonString());

        Assert.That(told.Select(result => $"{result["line"]}.{result["message"]}:{result["status"]}"), Is.EquivalentTo(new[] { "1.1:202", "1.2:400", "1.3:202", "2.:202" }));
    }

    [Test]
    public async Task A_line_that_is_too_long_is_refused_and_the_next_is_taken()
    {
        var results = await ImportAsync($$"""{"narrative":"{{new string('x', 11 * 1024 * 1024)}}"}""", Some.Note().ToJsonString());

        Assert.That(Statuses(results), Is.EqualTo("1:413 2:202"));
    }

    [Test]
    public async Task A_caller_who_reads_nothing_before_everything_is_sent_gets_every_answer()
    {
        const int Lines = 40_000;
        using var line = new TcpClient();
        await line.ConnectAsync(town.Http.BaseAddress!.Host, town.Http.BaseAddress.Port);
        line.SendTimeout = 60_000;
        await using var stream = line.GetStream();
        var body = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("{}\n", Lines)));

        await stream.WriteAsync(Encoding.ASCII.GetBytes($"POST /api/v1/imports HTTP/1.0\r\nHost: {town.Http.BaseAddress.Authority}\r\nContent-Type: application/x-ndjson\r\nContent-Length: {body.Length}\r\n\r\n"));
        await stream.WriteAsync(body).AsTask().WaitAsync(TimeSpan.FromSeconds(60));
        using var reader = new StreamReader(stream);
        var told = await reader.ReadToEndAsync().WaitAsync(TimeSpan.FromSeconds(60));

        var numbers = told.Split('\n').Where(each => each.StartsWith("{\"line\":", StringComparison.Ordinal)).Select(each => (int)JsonNode.Parse(each)!["line"]!).ToHashSet();
        Assert.That(numbers, Has.Count.EqualTo(Lines), told[..Math.Min(500, told.Length)]);
    }

    [Test]
    public async Task Anything_but_lines_of_JSON_is_a_415()
    {
        using var answer = await town.Http.PostAsync("/api/v1/imports", new StringContent("{}", Encoding.UTF8, "application/json"));

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.UnsupportedMediaType));
    }

    private async Task<Dictionary<int, JsonNode>> ImportAsync(params string[] lines) => (await ToldAsync(lines)).ToDictionary(result => (int)result["line"]!);

    private async Task<IReadOnlyList<JsonNode>> ToldAsync(params string[] lines)
    {
        using var content = new StringContent(string.Join('\n', lines), Encoding.UTF8, new MediaTypeHeaderValue("application/x-ndjson"));
        using var answer = await town.Http.PostAsync("/api/v1/imports", content);
        Assert.That((answer.StatusCode, answer.Content.Headers.ContentType?.MediaType), Is.EqualTo((HttpStatusCode.OK, "application/x-ndjson")));
        return [.. (await answer.Content.ReadAsStringAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!)];
    }

    private static string Statuses(Dictionary<int, JsonNode> results) => string.Join(' ', results.OrderBy(result => result.Key).Select(result => $"{result.Key}:{result.Value["status"]}"));
}
