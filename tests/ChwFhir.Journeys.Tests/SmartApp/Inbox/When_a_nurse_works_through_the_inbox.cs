using ChwFhir.Access;
using ChwFhir.Journeys.Audit;
using ChwFhir.Testing;
using Microsoft.Playwright;

namespace ChwFhir.Journeys.SmartApp.Inbox;

/// <summary>In a real browser, by their own sign-in: nurse, social worker and supervisor, on a screen and on a phone.</summary>
internal sealed class When_a_nurse_works_through_the_inbox
{
    private AppTown town = null!;
    private IPlaywright playwright = null!;
    private IBrowser browser = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        var chromium = Needs.Chromium();
        town = await AppTown.StartAsync(("CareTeam__AfterHoursPhone", "410-555-0100"));
        await town.LiveAsync();
        await ALongDay.LiveAsync(town.Town, 24);
        await ALongDay.LiveAsync(town.Town, 8, "social-work");
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

    [TestCase(1280)]
    [TestCase(390)]
    public async Task What_presses_comes_first_and_the_callback_is_the_first_line(int width)
    {
        await using var context = await SitDownAsync(width, Role.Nurse, "nurse-1", "Paula Nurse");
        var page = await GoAsync(context, "");

        Assert.That(page.Url, Does.EndWith("/inbox"));
        var first = page.Locator(".inbox > li").First;
        await Assertions.Expect(first.Locator(".body > :first-child")).ToContainTextAsync("410-555-0177");
        Assert.That(await first.Locator("a.phone").GetAttributeAsync("href"), Is.EqualTo("tel:4105550177"));
        Assert.That(await page.Locator(".group h2").AllInnerTextsAsync(), Has.Some.Contains("Now").And.Some.Contains("Today"));
        await PictureAsync(page, $"inbox-{width}");
    }

    [Test]
    public async Task A_list_opens_nothing_and_a_message_that_is_read_says_who_has_seen_it()
    {
        await using var context = await SitDownAsync(1280, Role.Nurse, "nurse-1", "Paula Nurse");
        var page = await GoAsync(context, "/inbox");
        var row = page.Locator(".inbox > li").Filter(new() { HasText = "could not finish a sentence" }).Last;
        await Assertions.Expect(row).ToContainTextAsync("Nobody has opened it yet");

        await row.Locator("a.person").ClickAsync();

        await Assertions.Expect(page.Locator(".seen-by")).ToContainTextAsync("Seen by you");
        await PictureAsync(page, "inbox-message");
    }

    [TestCase(1280)]
    [TestCase(390)]
    public async Task Advice_is_asked_about_once_and_the_CHW_sees_who_calls_and_not_what_they_say(int width)
    {
        await using var context = await SitDownAsync(width, Role.Nurse, "nurse-1", "Paula Nurse");
        var page = await GoAsync(context, "/inbox");
        await page.Locator(".inbox > li").Filter(new() { HasText = "Pain 9 of 10" }).Nth(width == 390 ? 1 : 0).Locator("a.person").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Take it" }).ClickAsync();
        await page.Locator("textarea[name=text]").FillAsync("She can take two of the long ones tonight.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Send the answer" }).ClickAsync();

        await Assertions.Expect(page.Locator(".advice")).ToContainTextAsync("Advice for the patient?");
        await Assertions.Expect(page.Locator(".advice .phone")).ToHaveTextAsync("410-555-0142");
        await PictureAsync(page, $"advice-{width}");
        await page.GetByRole(AriaRole.Button, new() { Name = "I call" }).ClickAsync();
        await Assertions.Expect(page.Locator(".reply")).ToContainTextAsync("You call by today");
        await PictureAsync(page, $"answered-{width}");
        var id = new Uri(page.Url).AbsolutePath.Split('/')[^1];

        var seen = await AsChwAsync(id);
        Assert.That(seen, Does.Contain("\"will\":\"i-call\"").And.Not.Contain("two of the long ones"));
    }

    [Test]
    public async Task Closed_it_is_off_the_list_and_its_outcome_is_told()
    {
        await using var context = await SitDownAsync(1280, Role.Nurse, "nurse-1", "Paula Nurse");
        var page = await GoAsync(context, "/inbox");
        await page.Locator(".inbox > li").Filter(new() { HasText = "The walker has come" }).First.Locator("a.person").ClickAsync();
        var id = new Uri(page.Url).AbsolutePath.Split('/')[^1];
        await page.GetByText("Close it", new() { Exact = true }).ClickAsync();
        await page.GetByLabel("Not needed").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Close", Exact = true }).ClickAsync();

        await Assertions.Expect(page.Locator(".notice")).ToContainTextAsync("Closed.");
        Assert.That(await AsChwAsync(id), Does.Contain("\"outcome\":\"not-needed\""));
        Assert.That((await town.Town.AuditAsync()).Where(item => (string?)item["name"] == "Paula Nurse" && (string?)item["kind"] == "message" && (string?)item["what"] == id).Select(item => (string?)item["action"]), Is.SupersetOf(new[] { "read", "update" }));
    }

    [Test]
    public async Task Handed_on_it_is_the_social_workers_and_away_it_is_their_covers()
    {
        await using var nurse = await SitDownAsync(1280, Role.Nurse, "nurse-1", "Paula Nurse");
        await using var social = await SitDownAsync(390, Role.SocialWorker, "sw-1", "Sam Social");
        var page = await GoAsync(nurse, "/inbox");
        await page.Locator(".inbox > li").Filter(new() { HasText = "missed four shifts" }).First.Locator("a.person").ClickAsync();
        await page.GetByText("Hand it on", new() { Exact = true }).First.ClickAsync();
        await page.Locator("select[name=to]").SelectOptionAsync("Practitioner/sw-1");
        await page.Locator("form[action$=hand] button").ClickAsync();
        await Assertions.Expect(page.Locator(".notice")).ToContainTextAsync("Handed on.");

        var me = await GoAsync(social, "/me");
        await me.Locator("select[name=cover]").SelectOptionAsync("Practitioner/nurse-1");
        await me.GetByRole(AriaRole.Button, new() { Name = "Say that I am away" }).ClickAsync();
        await Assertions.Expect(me.Locator("main")).ToContainTextAsync("Paula Nurse covers");
        await PictureAsync(me, "me-390");

        await page.GotoAsync(page.Url.Split('?')[0]);
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("You cover for Sam Social");
        await Assertions.Expect(page.Locator(".inbox > li").Filter(new() { HasText = "for Sam Social, who is away" }).First).ToBeVisibleAsync();
        await me.GetByRole(AriaRole.Button, new() { Name = "I am back" }).ClickAsync();
    }

    [TestCase(1280)]
    [TestCase(390)]
    public async Task The_social_worker_has_an_inbox_of_their_own(int width)
    {
        await using var context = await SitDownAsync(width, Role.SocialWorker, "sw-1", "Sam Social");
        var page = await GoAsync(context, "");

        Assert.That(page.Url, Does.EndWith("/inbox"));
        Assert.That(await page.Locator(".inbox > li").CountAsync(), Is.GreaterThanOrEqualTo(8));
        await PictureAsync(page, $"inbox-sw-{width}");
    }

    [Test]
    public async Task The_huddle_is_one_line_for_each_patient()
    {
        await using var context = await SitDownAsync(1280, Role.Nurse, "nurse-1", "Paula Nurse");
        var page = await GoAsync(context, "/huddle");

        await Assertions.Expect(page.Locator(".huddle tbody tr").First).ToContainTextAsync("Rosa");
        await PictureAsync(page, "huddle");
    }

    [Test]
    public async Task What_is_held_is_marked_in_the_inbox_and_on_no_sheet_that_is_printed()
    {
        await using var context = await SitDownAsync(1280, Role.Nurse, "nurse-1", "Paula Nurse");
        var before = await (await GoAsync(context, "/huddle")).Locator(".huddle tbody").InnerTextAsync();

        await TellAsync("chw", "rosa-m", """{"id":"held-1","to":["nurse"],"urgency":"stat","text":"Marker-of-what-is-held","hold":{"why":"danger","for":["nurse"]}}""");

        Assert.That(await (await GoAsync(context, "/huddle")).Locator(".huddle tbody").InnerTextAsync(), Is.EqualTo(before));
        var row = (await GoAsync(context, "/inbox")).Locator(".inbox > li").Filter(new() { HasText = "Marker-of-what-is-held" });
        await Assertions.Expect(row).ToContainTextAsync("Held", new() { IgnoreCase = true });
    }

    [Test]
    public async Task Who_asks_a_CHW_and_then_answers_them_is_asked_too_whether_it_is_advice()
    {
        await using var clinician = await SitDownAsync(1280, Role.Clinician, "pcp-1", "Ana Clinician");
        var id = await TellAsync("clinician", "lucia-v", """{"id":"asked-1","kind":"question","to":["chw"],"urgency":"urgent","text":"Does she have the tablets at home?"}""", "Practitioner/pcp-1");
        var page = await GoAsync(clinician, $"/inbox/{id}");
        await page.Locator("textarea[name=text]").FillAsync("Tell her to stop the morphine.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Send the answer" }).ClickAsync();

        await Assertions.Expect(page.Locator(".advice")).ToContainTextAsync("The CHW does not pass it on");
        await page.GetByRole(AriaRole.Button, new() { Name = "A nurse calls" }).ClickAsync();
        await Assertions.Expect(page.Locator(".reply")).ToContainTextAsync("A nurse calls");
        await using var nurse = await SitDownAsync(390, Role.Nurse, "nurse-1", "Paula Nurse");
        await Assertions.Expect((await GoAsync(nurse, $"/inbox/{id}")).Locator("main")).ToContainTextAsync("stop the morphine");
    }

    private async Task<string> TellAsync(string role, string patient, string message, string? practitioner = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/patients/{patient}/messages") { Content = new StringContent(message, null, "application/json") };
        request.Headers.Add("X-Dev-Role", role);
        using var answer = await town.Town.Http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.That((int)answer.StatusCode, Is.EqualTo(202), text);
        return (string)System.Text.Json.Nodes.JsonNode.Parse(text)!["id"]!;
    }

    private async Task<IBrowserContext> SitDownAsync(int width, Role role, string practitioner, string name)
    {
        var context = await browser.NewContextAsync(new() { ViewportSize = new() { Width = width, Height = width == 390 ? 844 : 800 }, Locale = "en" });
        var visitor = await town.SignInAsync(role, practitioner, name);
        await visitor.SitDownAsync(context);
        visitors[context] = visitor;
        return context;
    }

    private readonly Dictionary<IBrowserContext, Visitor> visitors = [];

    private async Task<IPage> GoAsync(IBrowserContext context, string path)
    {
        var page = await context.NewPageAsync();
        var answer = await page.GotoAsync(visitors[context].Address(path));
        Assert.That(answer!.Status, Is.EqualTo(200), await page.Locator("body").InnerTextAsync());
        return page;
    }

    private async Task<string> AsChwAsync(string id)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/messages/{id}");
        request.Headers.Add("X-Dev-Role", "chw");
        using var answer = await town.Town.Http.SendAsync(request);
        return await answer.Content.ReadAsStringAsync();
    }

    // For people who look: CHWFHIR_PICTURES names a folder.
    private static async Task PictureAsync(IPage page, string name)
    {
        if (Environment.GetEnvironmentVariable("CHWFHIR_PICTURES") is { Length: > 0 } folder)
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"team-{name}.png"), FullPage = true });
    }
}
