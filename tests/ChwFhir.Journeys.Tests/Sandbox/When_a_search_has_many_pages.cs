using NUnit.Framework;

namespace ChwFhir.Journeys.Tests.Sandbox;

public sealed class When_a_search_has_many_pages
{
    [TestCase("Observation?_count=7")]
    [TestCase("Observation?_count=7&_sort=date")]
    [TestCase("Observation?_count=7&_sort=-date,_id")]
    [TestCase("Observation?_count=7&_sort=-_lastUpdated")]
    public async Task Each_match_stands_on_exactly_one_page(string search)
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        // Many share a date and some have none: the order between those must hold across pages, too.
        for (var i = 0; i < 40; i++)
            await sandbox.CreateAsync("Observation", $$"""{ "resourceType": "Observation", "status": "final", "code": { "text": "{{i}}" } {{(i % 5 == 0 ? "" : $", \"effectiveDateTime\": \"2026-11-0{1 + (i % 3)}\"")}} }""");

        List<string> seen = [];
        for (string? next = search; next is not null;)
        {
            var page = await sandbox.GetAsync(next);
            seen.AddRange(page["entry"]!.AsArray().Select(entry => entry!["resource"]!["code"]!["text"]!.GetValue<string>()));
            Assert.That(page["total"]!.GetValue<int>(), Is.EqualTo(40));
            next = page["link"]!.AsArray().SingleOrDefault(link => link!["relation"]!.GetValue<string>() == "next")?["url"]!.GetValue<string>();
        }

        Assert.That(seen.Order(StringComparer.Ordinal), Is.EqualTo(Enumerable.Range(0, 40).Select(i => $"{i}").Order(StringComparer.Ordinal)));
    }

    [Test]
    public async Task What_is_written_and_deleted_meanwhile_moves_nothing_else()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        List<string> ids = [];
        for (var i = 0; i < 20; i++)
            ids.Add((await sandbox.CreateAsync("Basic", """{ "resourceType": "Basic", "code": { "text": "x" } }"""))["id"]!.GetValue<string>());

        var first = await sandbox.GetAsync("Basic?_count=10");
        await sandbox.SendAsync(HttpMethod.Delete, $"Basic/{ids[3]}");
        await sandbox.SendAsync(HttpMethod.Put, $"Basic/{ids[15]}", $$"""{ "resourceType": "Basic", "id": "{{ids[15]}}", "code": { "text": "y" } }""");
        var second = await sandbox.IdsAsync(first["link"]![1]!["url"]!.GetValue<string>());

        Assert.That(second, Is.EqualTo(ids.Skip(10)));
    }

    [Test]
    public async Task A_page_address_that_was_not_given_is_refused()
    {
        await using var sandbox = await RunningSandbox.StartAsync();

        await RunningSandbox.JsonOf(await sandbox.Http.GetAsync("Basic?_page=nonsense"), 400);
    }
}
