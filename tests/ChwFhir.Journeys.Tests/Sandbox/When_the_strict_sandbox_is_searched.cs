using System.Text.Json.Nodes;
using NUnit.Framework;

namespace ChwFhir.Journeys.Tests.Sandbox;

public sealed class When_the_strict_sandbox_is_searched
{
    private readonly StoppedClock clock = new();
    private RunningSandbox sandbox = null!;

    [SetUp]
    public async Task Start() => sandbox = await StrictSandbox.StartAsync(options => options with { Clock = clock });

    [TearDown]
    public ValueTask Stop() => sandbox.DisposeAsync();

    [TestCase("Encounter", "4110", null)]
    [TestCase("Encounter?_count=50", "4110", null)]
    [TestCase("Encounter?status=planned", "4111", "patient")]
    [TestCase("DocumentReference?category=clinical-note", "4111", "patient")]
    [TestCase("DocumentReference?identifier=urn:n%7C1", "4111", "patient")]
    [TestCase("Condition?category=problem-list-item", "4111", "patient")]
    [TestCase("Observation?patient=rosa-m", "59108", "code/category")]
    [TestCase("CarePlan?patient=rosa-m", "59159", "category")]
    [TestCase("Encounter?patient=rosa-m&patient=walter-b", "4112", null)]
    [TestCase("Patient?gender=female", "4112", null)]
    [TestCase("Encounter?patient=rosa-m&date=yesterday", "4100", null)]
    public async Task A_search_without_its_companions_is_refused_with_its_number(string search, string number, string? expression) =>
        await StrictSandbox.AssertRefusedAsync(await sandbox.Http.GetAsync(search), 400, number, expression);

    [Test]
    public async Task What_finds_nothing_says_so_in_an_entry()
    {
        var found = await sandbox.GetAsync("Encounter?patient=thomas-n");

        var entry = found["entry"]!.AsArray().Single()!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(found["total"]!.GetValue<int>(), Is.Zero);
            Assert.That(entry["search"]!["mode"]!.GetValue<string>(), Is.EqualTo("outcome"));
            Assert.That(entry["fullUrl"]!.GetValue<string>(), Does.StartWith("urn:uuid:"));
            Assert.That(entry["resource"]!["issue"]![0]!["severity"]!.GetValue<string>(), Is.EqualTo("warning"));
            Assert.That(entry["resource"]!["issue"]![0]!["code"]!.GetValue<string>(), Is.EqualTo("processing"));
            Assert.That(StrictSandbox.Remarks(found), Is.EqualTo(["4101"]));
        }
    }

    [Test]
    public async Task A_search_over_several_kinds_names_those_that_it_leaves_out()
    {
        var wide = await sandbox.GetAsync("DocumentReference?patient=rosa-m");
        var narrow = await sandbox.GetAsync("DocumentReference?patient=rosa-m&category=clinical-note");
        var problems = await sandbox.GetAsync("Condition?patient=rosa-m");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(StrictSandbox.Matches(wide), Is.EqualTo(StrictSandbox.Matches(narrow)).And.Not.Empty);
            Assert.That(StrictSandbox.Remarks(wide), Is.EqualTo(Enumerable.Repeat("59204", 11)));
            Assert.That(StrictSandbox.Remarks(narrow), Is.Empty);
            Assert.That(StrictSandbox.Remarks(problems), Is.EqualTo(Enumerable.Repeat("59204", 6)));
            Assert.That(wide["entry"]!.AsArray()[^1]!["resource"]!["issue"]![0]!["code"]!.GetValue<string>(), Is.EqualTo("suppressed"));
            Assert.That(wide["entry"]!.AsArray()[^1]!["resource"]!["issue"]![0]!["diagnostics"]!.GetValue<string>(), Is.EqualTo("Client not authorized for DocumentReference - Document Information. Search results of this type have not been included."));
        }
    }

    [Test]
    public async Task An_entry_names_itself_by_a_link()
    {
        var entry = (await sandbox.GetAsync("Encounter?patient=rhea-g"))["entry"]![0]!;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(entry["link"]![0]!["url"]!.GetValue<string>(), Is.EqualTo($"{sandbox.BaseUrl}/Encounter/rhea-g-home-1"));
            Assert.That(entry["fullUrl"]!.GetValue<string>(), Is.EqualTo($"{sandbox.BaseUrl}/Encounter/rhea-g-home-1"));
            Assert.That(entry["resource"]!["meta"], Is.Null);
        }
    }

    [Test]
    public async Task What_is_not_used_of_a_search_is_named()
    {
        var found = await sandbox.GetAsync("Encounter?patient=rosa-m&zzz=1&_revinclude=Provenance:target");

        Assert.That(StrictSandbox.Remarks(found), Is.EqualTo(["4122", "4122"]));
    }

    [TestCase(1)]
    [TestCase(2)]
    [TestCase(7)]
    [TestCase(100)]
    public async Task Each_match_stands_on_exactly_one_page_though_pages_are_short(int count)
    {
        var filed = await FileAsync(25);

        var pages = await PagesAsync($"DocumentReference?patient=walter-b&category=clinical-note&encounter=walter-b-home-1&_count={count}");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(pages.SelectMany(StrictSandbox.Matches), Is.EqualTo(filed));
            Assert.That(pages.Select(page => page["total"]!.GetValue<int>()), Is.EqualTo(pages.Select(page => StrictSandbox.Matches(page).Length)), "the total is that of the page");
            if (count < 25)
                Assert.That(pages.SkipLast(1).Where(page => StrictSandbox.Matches(page).Length < count), Is.Not.Empty, "some page holds less than was asked for and has a next one");
        }
    }

    [Test]
    public async Task A_page_is_found_under_a_session_that_expires()
    {
        await FileAsync(5);
        var next = StrictSandbox.Next(await sandbox.GetAsync("DocumentReference?patient=walter-b&category=clinical-note&_count=2"))!;
        Assert.That(next, Does.Match(@"/DocumentReference\?sessionID=\d+-[0-9A-F]{32}$"));
        await sandbox.GetAsync(next);
        await sandbox.GetAsync(next);

        clock.Now += TimeSpan.FromMinutes(11);

        await StrictSandbox.AssertRefusedAsync(await sandbox.Http.GetAsync(next), 400, "4113");
    }

    [Test]
    public async Task A_session_does_not_outlive_the_server()
    {
        await FileAsync(5);
        var next = StrictSandbox.Next(await sandbox.GetAsync("DocumentReference?patient=walter-b&_count=2"))!;

        await sandbox.RestartAsync();

        await StrictSandbox.AssertRefusedAsync(await sandbox.Http.GetAsync(new Uri(next).PathAndQuery), 400, "4113");
    }

    [Test]
    public async Task Later_pages_say_what_the_first_one_said()
    {
        await FileAsync(5);

        var pages = await PagesAsync("DocumentReference?patient=walter-b&_count=3");

        Assert.That(pages.Select(page => StrictSandbox.Remarks(page).Length), Has.All.EqualTo(11));
    }

    [Test]
    public async Task A_search_may_come_as_a_form()
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["patient"] = "rhea-g" });

        var found = await RunningSandbox.JsonOf(await sandbox.Http.PostAsync("Encounter/_search", form), 200);

        Assert.That(StrictSandbox.Matches(found), Is.EqualTo(["rhea-g-home-1"]));
    }

    private async Task<List<string>> FileAsync(int count)
    {
        List<string> ids = [];
        for (var i = 0; i < count; i++)
        {
            var answer = await sandbox.SendAsync(HttpMethod.Post, "DocumentReference", StrictSandbox.Note($"Note {i}", "walter-b", "walter-b-home-1").ToJsonString());
            ids.Add(answer.Headers.Location!.OriginalString.Split('/')[1]);
        }
        return ids;
    }

    private async Task<List<JsonNode>> PagesAsync(string search)
    {
        List<JsonNode> pages = [];
        for (var next = search; next is not null && pages.Count < 100; next = StrictSandbox.Next(pages[^1]))
            pages.Add(await sandbox.GetAsync(next));
        return pages;
    }

    private sealed class StoppedClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
