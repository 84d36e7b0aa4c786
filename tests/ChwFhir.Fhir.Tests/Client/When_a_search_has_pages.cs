using ChwFhir.Fhir.Client;
using NUnit.Framework;

namespace ChwFhir.Fhir.Tests.Client;

public sealed class When_a_search_has_pages
{
    private const string Condition = """{"resource":{"resourceType":"Condition","id":"%"},"search":{"mode":"match"}}""";

    [Test]
    public async Task They_are_followed_as_linked_and_an_empty_one_is_no_end()
    {
        using var server = new ScriptedServer(request => request.Target switch
        {
            "/fhir/Condition?patient=p1" => Page(Entry("a"), $"{Root(request)}/paging?session=%7Ex%2By&page=2"),
            "/paging?session=%7Ex%2By&page=2" => Page("", "Condition?page=3"),
            "/fhir/Condition?page=3" => Page(Entry("b"), null),
            _ => Reply.Empty(404),
        });
        using var client = Some.Client(server);

        var search = await client.SearchAsync("Condition", Some.Query("patient", "p1"), 10, default);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(search.Matches.Select(match => match.Id), Is.EqualTo(new[] { "a", "b" }));
            Assert.That((search.Complete, search.Pages), Is.EqualTo((true, 3)));
        }
    }

    [Test]
    public async Task Remarks_and_included_resources_stand_apart()
    {
        const string rest = """{"resource":{"resourceType":"Patient","id":"p1"},"search":{"mode":"include"}},{"resource":{"resourceType":"OperationOutcome","issue":[{"severity":"warning","code":"processing","details":{"coding":[{"code":"4101"}]}}]},"search":{"mode":"outcome"}}""";
        using var server = new ScriptedServer(_ => Page($"{Entry("a")},{rest}", null));
        using var client = Some.Client(server);

        var search = await client.SearchAsync("Condition", Some.Query("patient", "p1"), 10, default);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(search.Matches.Select(match => match.Id), Is.EqualTo(new[] { "a" }));
            Assert.That(search.Included.Select(match => match.Id), Is.EqualTo(new[] { "p1" }));
            Assert.That(search.Outcomes.Single().Has("4101"), Is.True);
            Assert.That(search.Complete, Is.True);
        }
    }

    [TestCase("""{"severity":"warning","code":"processing","details":{"coding":[{"code":"4119"}]}}""")]
    [TestCase("""{"severity":"warning","code":"suppressed"}""")]
    [TestCase("""{"severity":"error","code":"exception"}""")]
    public async Task A_server_that_keeps_something_back_has_not_said_all(string issue)
    {
        using var server = new ScriptedServer(_ => Page($$$"""{"resource":{"resourceType":"OperationOutcome","issue":[{{{issue}}}]},"search":{"mode":"outcome"}}""", null));
        using var client = Some.Client(server);

        var search = await client.SearchAsync("Condition", Some.Query("patient", "p1"), 10, default);

        Assert.That(search.Complete, Is.False);
    }

    [TestCase("http://127.0.0.1:9/fhir/Condition?page=2")]
    [TestCase("http://user@SELF/fhir/Condition?page=2")]
    [TestCase("//elsewhere.test/fhir?page=2")]
    [TestCase("file:///etc/passwd")]
    [TestCase("http://SELF.elsewhere.test/fhir")]
    public async Task A_link_to_another_origin_is_not_followed(string link)
    {
        using var server = new ScriptedServer(request => Page(Entry("a"), link.Replace("SELF", request.Headers["Host"], StringComparison.Ordinal)));
        using var client = Some.Client(server);

        var search = await client.SearchAsync("Condition", Some.Query("patient", "p1"), 10, default);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(server.Seen, Has.Count.EqualTo(1));
            Assert.That(search.Complete, Is.False);
            Assert.That(search.Matches, Has.Count.EqualTo(1));
            Assert.That(search.Trouble, Is.InstanceOf<FhirAnswer.NotSent>());
        }
    }

    [Test]
    public async Task Pages_in_a_circle_come_to_an_end()
    {
        using var server = new ScriptedServer(_ => Page(Entry("a"), "Condition?page=1"));
        using var client = Some.Client(server);

        var search = await client.SearchAsync("Condition", Some.Query("patient", "p1"), 50, default);

        Assert.That((search.Complete, server.Seen.Count), Is.EqualTo((false, 2)));
    }

    [Test]
    public async Task The_limit_of_pages_is_kept_and_told()
    {
        using var server = new ScriptedServer(request => Page(Entry("a"), $"Condition?page={request.Number + 1}"));
        using var client = Some.Client(server);

        var search = await client.SearchAsync("Condition", Some.Query("patient", "p1"), 3, default);

        Assert.That((search.Complete, search.Pages, server.Seen.Count), Is.EqualTo((false, 3, 3)));
    }

    [Test]
    public async Task A_page_that_fails_leaves_what_was_read_and_says_that_it_is_not_all()
    {
        using var server = new ScriptedServer(request => request.Number == 1 ? Page(Entry("a"), "Condition?page=2") : Reply.Json(400, """{"resourceType":"OperationOutcome","issue":[{"severity":"error","code":"expired","details":{"coding":[{"code":"4113"}]}}]}"""));
        using var client = Some.Client(server);

        var search = await client.SearchAsync("Condition", Some.Query("patient", "p1"), 10, default);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(search.Matches, Has.Count.EqualTo(1));
            Assert.That(search.Complete, Is.False);
            Assert.That((search.Trouble as FhirAnswer.Refused)?.Outcome?.Has("4113"), Is.True);
        }
    }

    [Test]
    public async Task A_search_by_POST_keeps_names_out_of_the_address()
    {
        using var server = new ScriptedServer(_ => Page("", null));
        using var client = new FhirClient(new HttpClient(FhirHandler.Create(Some.RequestTimeout)), new FhirClientOptions { BaseUrl = server.Base, SearchByPost = true });

        var search = await client.SearchAsync("Patient", Some.Query("family", "Ro&e=ü"), 10, default);

        var request = server.Seen.Single();
        using (Assert.EnterMultipleScope())
        {
            Assert.That((request.Method, request.Target, request.Body), Is.EqualTo(("POST", "/fhir/Patient/_search", "family=Ro%26e%3D%C3%BC")));
            Assert.That(request.Headers["Content-Type"], Does.StartWith("application/x-www-form-urlencoded"));
            Assert.That(search.Complete, Is.True);
        }
    }

    private static string Root(SeenRequest request) => $"http://{request.Headers["Host"]}";

    private static string Entry(string id) => Condition.Replace("%", id, StringComparison.Ordinal);

    private static Reply Page(string entries, string? next)
    {
        var link = next is null ? "" : $$"""{"relation":"next","url":"{{next}}"}""";
        return Reply.Json(200, $$"""{"resourceType":"Bundle","type":"searchset","link":[{{link}}],"entry":[{{entries}}]}""");
    }
}
