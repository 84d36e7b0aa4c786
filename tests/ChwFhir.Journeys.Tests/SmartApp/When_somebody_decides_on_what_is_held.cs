using System.Text.Json.Nodes;
using ChwFhir.Testing;
using Microsoft.Playwright;

namespace ChwFhir.Journeys.SmartApp;

/// <summary>The page of a note for the CHW who wrote it, for a social worker who decides, and for a nurse who is neither.</summary>
internal sealed class When_somebody_decides_on_what_is_held
{
    private const string Secret = "Her son takes the bank card", Violence = "Afraid of her husband";
    private Town town = null!;
    private IPlaywright playwright = null!;
    private IBrowser browser = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        var chromium = Needs.Chromium();
        town = await Town.StartAsync();
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
    public async Task A_nurse_reads_how_much_is_held_and_nothing_of_it()
    {
        await using var context = await ContextAsync(1280);
        var page = await NoteAsync(context, await PostAsync(), "nurse-1");

        await Assertions.Expect(page.Locator("body")).ToContainTextAsync("2 parts of this note are held back from the chart");
        Assert.That(await page.ContentAsync(), Does.Not.Contain(Secret).And.Not.Contain(Violence).And.Not.Contain("violence").And.Not.Contain("/held/"));
    }

    [Test]
    public async Task The_CHW_reads_what_they_held_and_is_offered_no_decision()
    {
        await using var context = await ContextAsync(390);
        var page = await NoteAsync(context, await PostAsync(), "chw-1");

        await Assertions.Expect(page.Locator("article")).ToHaveCountAsync(2);
        await Assertions.Expect(page.Locator("body")).ToContainTextAsync("Because it was told in confidence.");
        await Assertions.Expect(page.Locator("article form")).ToHaveCountAsync(0);
    }

    [TestCase(1280), TestCase(390)]
    public async Task The_page_fits(int width)
    {
        await using var context = await ContextAsync(width);
        var page = await NoteAsync(context, await PostAsync(), "sw-1");
        await page.Locator("article summary").First.ClickAsync();
        await ShowAsync(page, $"held-{width}");

        Assert.That(await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth"), Is.LessThanOrEqualTo(0));
        foreach (var button in await page.Locator("article").First.Locator("button, summary").AllAsync())
            Assert.That((await button.BoundingBoxAsync())!.Height, Is.GreaterThanOrEqualTo(44));
    }

    [Test]
    public async Task A_social_worker_keeps_one_part_held_and_releases_the_other()
    {
        await using var context = await ContextAsync(1280);
        var id = await PostAsync();
        var page = await NoteAsync(context, id, "sw-1");
        var violence = page.Locator("article", new() { HasText = Violence });
        var money = page.Locator("article", new() { HasText = Secret });

        await violence.Locator("summary").ClickAsync();
        await violence.Locator("textarea").FillAsync("He reads the portal.");
        await violence.GetByRole(AriaRole.Button, new() { Name = "Keep held" }).ClickAsync();
        await Assertions.Expect(page.Locator("[role=status]")).ToHaveTextAsync("It stays out of the chart.");
        await money.Locator("summary").ClickAsync();
        await money.Locator("textarea").FillAsync("She asked me to tell them.");
        await money.GetByRole(AriaRole.Button, new() { Name = "Release into the chart" }).ClickAsync();
        await Assertions.Expect(page.Locator("[role=status]")).ToContainTextAsync("Released.");
        await town.SettledAsync(id);
        await page.ReloadAsync();
        await ShowAsync(page, "held-decided");

        await Assertions.Expect(page.Locator(".paper")).ToContainTextAsync(Secret);
        await Assertions.Expect(page.Locator(".paper")).Not.ToContainTextAsync(Violence);
        await Assertions.Expect(violence).ToContainTextAsync("Kept held by");
        await Assertions.Expect(money).ToContainTextAsync("Released into the chart");
    }

    [Test]
    public async Task A_decision_without_a_reason_is_none()
    {
        await using var context = await ContextAsync(1280);
        var page = await NoteAsync(context, await PostAsync(), "sw-1");
        var violence = page.Locator("article", new() { HasText = Violence });
        await violence.Locator("summary").ClickAsync();
        await page.EvaluateAsync("for (const box of document.querySelectorAll('textarea')) box.required = false");
        await violence.GetByRole(AriaRole.Button, new() { Name = "Release into the chart" }).ClickAsync();

        await Assertions.Expect(page.Locator("[role=alert]")).ToContainTextAsync("Please say why");
        await Assertions.Expect(page.Locator(".paper")).Not.ToContainTextAsync(Violence);
    }

    private async Task<string> PostAsync()
    {
        var note = Some.Note("Patient/rosa-m");
        note["concerns"] = JsonNode.Parse($$"""[ { "id": "home", "domain": "intimate-partner-violence", "text": "{{Violence}}" } ]""");
        note["sections"] = JsonNode.Parse($$"""[ { "title": "Money", "text": "{{Secret}}. He keeps the letters as well.", "hold": { "why": "told-in-confidence", "for": ["social-work"] } } ]""");
        note["messages"] = JsonNode.Parse("""[ { "id": "m1", "to": ["social-work", "nurse"], "text": "Please call me about the letters." } ]""");
        (await town.PostNoteAsync(note.ToJsonString())).Dispose();
        await town.SettledAsync((string)note["id"]!);
        return (string)note["id"]!;
    }

    private Task<IBrowserContext> ContextAsync(int width) => browser.NewContextAsync(new() { ViewportSize = new() { Width = width, Height = 900 } });

    private async Task<IPage> NoteAsync(IBrowserContext context, string id, string user)
    {
        var page = await context.NewPageAsync();
        await page.GotoAsync($"{town.EhrBaseUrl.GetLeftPart(UriPartial.Authority)}/charts/rosa-m/launch?user={user}&in=window");
        await page.WaitForURLAsync("**/app/**");
        await page.GotoAsync($"{page.Url.Split("/patients/")[0].TrimEnd('/').Split('?')[0]}/patients/rosa-m/visits/{id}");
        await page.Locator(".paper").WaitForAsync();
        return page;
    }

    // Where somebody wants to look at them.
    private static async Task ShowAsync(IPage page, string name)
    {
        if (Environment.GetEnvironmentVariable("CHWFHIR_SCREENSHOTS") is { Length: > 0 } folder)
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, name + ".png"), FullPage = true });
    }
}
