using System.Text.Json.Nodes;
using ChwFhir.Testing;
using Microsoft.Playwright;

namespace ChwFhir.Journeys.SmartApp.Clinician;

/// <summary>From the sandbox's chart, the whole real way: what a clinician and a social worker read of a patient with three visits behind her, and say of it.</summary>
internal sealed class When_a_clinician_reads_a_chart
{
    private const string Rosa = AppTown.Full;
    private AppTown town = null!;
    private VisitorBook book = null!;
    private IPlaywright playwright = null!;
    private IBrowser browser = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        var chromium = Needs.Chromium();
        town = await AppTown.StartAsync();
        book = new VisitorBook(town);
        await town.LiveAsync();
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = chromium, Args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"] });
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        if (browser is not null)
            await browser.DisposeAsync();
        playwright?.Dispose();
        if (town is not null)
            await town.DisposeAsync();
    }

    [Test]
    public async Task The_first_page_says_what_the_team_should_know_in_its_order_on_one_screen()
    {
        await using var context = await ContextAsync();
        var page = await OpenAsync(context, Who.Clinician, "");

        Assert.That(await page.Locator("section.know h2").AllInnerTextsAsync(), Is.EqualTo(new[] { "Urgent messages", "Red flags", "Insights", "First goal", "Needs" }));
        // The introduction of the CHW is there once; the page that a clinician opens every day has none.
        Assert.That(await page.EvaluateAsync<int>("() => { document.querySelector('.intro')?.remove(); return Math.round(document.querySelector('main').lastElementChild.getBoundingClientRect().bottom); }"), Is.LessThanOrEqualTo(800), "nobody scrolls");
        var main = page.Locator("main");
        await Assertions.Expect(main).ToContainTextAsync("She slipped on Sunday, no head injury");
        await Assertions.Expect(main).ToContainTextAsync("On good days I forget about it until four o'clock.");
        await Assertions.Expect(main.Locator(".not-order").First).ToContainTextAsync("not an order. Code status in the chart:");
        await Assertions.Expect(main).ToContainTextAsync("Sit in my garden every day that it does not rain");
        await Assertions.Expect(main).ToContainTextAsync("No ride to the treatment on Thursdays");
    }

    [Test]
    public async Task Seen_is_said_once_and_is_true_from_then_on()
    {
        await using var context = await ContextAsync(390);
        var page = await OpenAsync(context, Who.Nurse, "");
        var first = page.Locator(".asks").First;

        await first.GetByRole(AriaRole.Button, new() { Name = "Seen" }).ClickAsync();

        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("What the team should know");
        await Assertions.Expect(page.Locator(".asks").Filter(new() { HasText = "Opened by" })).ToHaveCountAsync(1);
    }

    [TestCase(1280), TestCase(390)]
    public async Task Visits_lead_to_each_note_as_it_was_written_with_where_each_part_stands(int width)
    {
        await using var context = await ContextAsync(width, script: false);
        var page = await OpenAsync(context, Who.Clinician, "/visits");
        await Assertions.Expect(page.Locator(".timeline > li")).ToHaveCountAsync(3);

        await page.Locator(".timeline a").First.ClickAsync();

        var paper = page.Locator(".note-paper");
        await Assertions.Expect(paper).ToContainTextAsync("A good visit. Rosa was in the garden when I came.");
        await Assertions.Expect(paper.Locator(".note-part", new() { HasText = "Home environment" })).ToContainTextAsync("In the chart as part of the note");
        await Assertions.Expect(paper.Locator(".note-part", new() { HasText = "Wishes about treatment" })).ToContainTextAsync("not an order");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("written by a community health worker, not a clinician");
        Assert.That(await page.ContentAsync(), Does.Not.Contain("back gate").And.Not.Contain("did Wheels call"), "the home and the questions are for the CHW team");
    }

    [Test]
    public async Task An_amendment_says_what_it_changed_and_the_first_words_stay_to_be_read()
    {
        var note = Some.Note($"Patient/{AppTown.Empty}", narrative: "He walks to the corner and back.\n\nHe sleeps well.");
        (await town.Town.PostNoteAsync(note.ToJsonString())).Dispose();
        var id = (string)note["id"]!;
        await town.Town.SettledAsync(id);
        note["narrative"] = "He walks to the shop and back.\n\nHe sleeps well.";
        await AmendAsync(id, note.ToJsonString());
        await town.Town.SettledAsync(id);
        await using var context = await ContextAsync();
        var page = await OpenAsync(context, Who.Clinician, $"/visits/{id}", AppTown.Empty);

        await page.Locator(".changes summary").ClickAsync();

        await Assertions.Expect(page.Locator(".diff del")).ToHaveTextAsync("corner ");
        await Assertions.Expect(page.Locator(".diff ins")).ToHaveTextAsync("shop ");
        await page.GetByRole(AriaRole.Link, new() { Name = "As first written" }).ClickAsync();
        await Assertions.Expect(page.Locator(".note-paper")).ToContainTextAsync("He walks to the corner and back.");
    }

    [Test]
    public async Task An_earlier_version_of_what_holds_something_since_says_that_it_is_shown_in_part()
    {
        var note = Some.Note($"Patient/{AppTown.Empty}", narrative: "He walks to the corner. His son takes the bank card.");
        note["sections"] = JsonNode.Parse("""[ { "title": "Kitchen", "text": "Warm, and tea on the stove." } ]""");
        (await town.Town.PostNoteAsync(note.ToJsonString())).Dispose();
        var id = (string)note["id"]!;
        await town.Town.SettledAsync(id);
        note["narrative"] = "He walks to the corner.";
        note["sections"]!.AsArray().Add(JsonNode.Parse("""{ "title": "Money", "text": "His son takes the bank card.", "hold": { "why": "danger", "for": ["social-work"] } }"""));
        await AmendAsync(id, note.ToJsonString());
        await town.Town.SettledAsync(id);
        await using var context = await ContextAsync();
        var page = await OpenAsync(context, Who.Nurse, $"/visits/{id}", AppTown.Empty);

        await page.Locator(".changes summary").ClickAsync();

        await Assertions.Expect(page.Locator(".changes")).ToContainTextAsync("Part of this note has been held back since.");
        await Assertions.Expect(page.Locator(".diff .kind")).ToHaveTextAsync("Says");
        await Assertions.Expect(page.Locator(".diff ins")).ToHaveTextAsync("He walks to the corner.");
        await page.GetByRole(AriaRole.Link, new() { Name = "As first written" }).ClickAsync();
        await Assertions.Expect(page.Locator(".note-paper")).ToContainTextAsync("Of this version you see only what the newest one also says.");
        await Assertions.Expect(page.Locator(".note-paper")).ToContainTextAsync("Warm, and tea on the stove.");
        Assert.That(await page.ContentAsync(), Does.Not.Contain("bank card").And.Not.Contain("Money"));
    }

    [Test]
    public async Task A_clinician_sets_a_need_aside_with_a_reason_and_it_leaves_the_first_page()
    {
        await using var context = await ContextAsync();
        var page = await OpenAsync(context, Who.Clinician, "/plan");
        var bills = page.Locator(".need", new() { HasText = "Two hospital bills" });
        await bills.Locator("summary").ClickAsync();
        await bills.GetByRole(AriaRole.Button, new() { Name = "Set aside" }).ClickAsync();
        await Assertions.Expect(page.Locator("[role=alert]")).ToContainTextAsync("nobody sets a concern aside without a reason");

        await bills.Locator("summary").ClickAsync();
        await bills.Locator("textarea").FillAsync("Paid last week, the office has told me.");
        await bills.GetByRole(AriaRole.Button, new() { Name = "Set aside" }).ClickAsync();

        await Assertions.Expect(bills).ToContainTextAsync("Set aside by");
        await Assertions.Expect(bills).ToContainTextAsync("Paid last week");
        await page.GotoAsync((await book.OfAsync(Who.Clinician, Rosa)).Address($"/patients/{Rosa}"));
        await Assertions.Expect(page.Locator("main")).Not.ToContainTextAsync("Two hospital bills");
    }

    [Test]
    public async Task A_social_worker_takes_a_need_on_and_confirms_none()
    {
        await using var context = await ContextAsync(390, script: false);
        var page = await OpenAsync(context, Who.SocialWorker, "/plan");
        var rides = page.Locator(".need", new() { HasText = "No ride to the treatment" });
        await Assertions.Expect(rides.Locator("details")).ToHaveCountAsync(0);

        await rides.GetByRole(AriaRole.Button, new() { Name = "I have this one" }).ClickAsync();

        await Assertions.Expect(rides).ToContainTextAsync("you have this one");
        var clinician = await OpenAsync(context, Who.Clinician, "/plan");
        await Assertions.Expect(clinician.Locator(".need", new() { HasText = "No ride to the treatment" })).ToContainTextAsync("has this one");
    }

    [Test]
    public async Task A_plan_says_how_goals_and_referrals_went_from_visit_to_visit()
    {
        await using var context = await ContextAsync();
        var page = await OpenAsync(context, Who.Clinician, "/plan");

        await Assertions.Expect(page.Locator(".goal .track")).ToContainTextAsync("no progress");
        await Assertions.Expect(page.Locator(".goal .track")).ToContainTextAsync("sustained");
        await Assertions.Expect(page.Locator(".goal")).ToContainTextAsync("2 of 3 steps");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("Food pantry");
        await Assertions.Expect(page.Locator("#plan-in-chart")).ToBeVisibleAsync();
    }

    [TestCase("en", "Pain", "As a table"), TestCase("es", "Dolor", "Como tabla")]
    public async Task Symptoms_are_drawn_with_the_same_values_as_a_table(string language, string pain, string table)
    {
        await using var context = await ContextAsync(language: language);
        var page = await OpenAsync(context, Who.Clinician, "/symptoms");

        var first = page.Locator(".multiple").First;
        await Assertions.Expect(first.Locator("h2")).ToContainTextAsync(pain);
        await Assertions.Expect(first.Locator("svg .point:not(.chart)")).ToHaveCountAsync(3);
        await page.GetByText(table).ClickAsync();
        await Assertions.Expect(page.Locator(".values table").First.Locator("tbody tr")).ToHaveCountAsync(await first.Locator("svg .point").CountAsync());
    }

    private async Task AmendAsync(string id, string json)
    {
        using var before = await town.Town.Http.GetAsync($"/api/v1/visit-notes/{id}");
        using var request = new HttpRequestMessage(HttpMethod.Put, $"/api/v1/visit-notes/{id}") { Content = new StringContent(json, System.Text.Encoding.UTF8, "application/json") };
        request.Headers.TryAddWithoutValidation("If-Match", before.Headers.ETag!.ToString());
        using var answer = await town.Town.Http.SendAsync(request);
        Assert.That((int)answer.StatusCode, Is.EqualTo(202), await answer.Content.ReadAsStringAsync());
    }

    private Task<IBrowserContext> ContextAsync(int width = 1280, bool script = true, string language = "en") =>
        browser.NewContextAsync(new() { ViewportSize = new() { Width = width, Height = width < 600 ? 844 : 800 }, Locale = language, JavaScriptEnabled = script });

    private async Task<IPage> OpenAsync(IBrowserContext context, Who who, string path, string patient = Rosa)
    {
        var visitor = await book.OfAsync(who, patient);
        await visitor.SitDownAsync(context);
        var page = await context.NewPageAsync();
        var answer = await page.GotoAsync(visitor.Address($"/patients/{patient}{path}"));
        Assert.That(answer!.Status, Is.EqualTo(200), await page.Locator("body").InnerTextAsync());
        Assert.That(await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth"), Is.LessThanOrEqualTo(0), "wider than the screen");
        return page;
    }
}
