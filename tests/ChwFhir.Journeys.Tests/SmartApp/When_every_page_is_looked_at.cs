using System.Collections.Concurrent;
using ChwFhir.Testing;
using Microsoft.Playwright;

namespace ChwFhir.Journeys.SmartApp;

/// <summary>Each page in a real browser: nobody is kept out by how it is made, whatever they see, use or carry.</summary>
internal sealed class When_every_page_is_looked_at
{
    private readonly ConcurrentDictionary<string, string> titles = new();
    private string axe = null!;
    private AppTown town = null!;
    private VisitorBook book = null!;
    private IPlaywright playwright = null!;
    private IBrowser browser = null!;

    private static IEnumerable<PageToSee> Pages => EveryPage.All;

    private static IEnumerable<PageToSee> PagesOfNobodyKnown => EveryPage.All.Where(page => !page.NeedsSomething && page.Path.Contains("{patient}", StringComparison.Ordinal));

    [OneTimeSetUp]
    public async Task Start()
    {
        (var chromium, axe) = (Needs.Chromium(), Needs.Axe());
        town = await AppTown.StartAsync();
        book = new VisitorBook(town);
        await town.LiveAsync();
        await town.HoldAsync();
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

    [TestCaseSource(nameof(Pages))]
    public async Task Nobody_is_kept_out(PageToSee seen)
    {
        await using var context = await ContextAsync();

        var page = await OpenAsync(context, seen, AppTown.Full);

        Assert.That(await LookedAt.FaultsAsync(page, axe), Is.Empty);
        Assert.That(titles.GetOrAdd(await page.TitleAsync() + " " + seen.Who, seen.Name), Is.EqualTo(seen.Name), "another page has the same title");
        await PictureAsync(seen);
    }

    [TestCaseSource(nameof(PagesOfNobodyKnown))]
    public async Task Nobody_is_kept_out_while_there_is_nothing_to_show(PageToSee seen)
    {
        await using var context = await ContextAsync();

        var page = await OpenAsync(context, seen, AppTown.Empty);

        Assert.That(await LookedAt.FaultsAsync(page, axe), Is.Empty);
    }

    [Test]
    public async Task Nobody_is_kept_out_by_the_colours_of_the_EHR()
    {
        await using var context = await ContextAsync(ofTheEhr: true);

        var page = await OpenAsync(context, EveryPage.All[0], AppTown.Full);

        Assert.That(await page.EvaluateAsync<string>("() => getComputedStyle(document.body).colorScheme"), Is.EqualTo("light"), "the sandbox has colours of its own");
        Assert.That(await LookedAt.FaultsAsync(page, axe), Is.Empty);
    }

    [TestCaseSource(nameof(Pages))]
    public async Task It_can_be_read_without_script(PageToSee seen)
    {
        await using var context = await ContextAsync(script: false);

        var page = await OpenAsync(context, seen, AppTown.Full, script: false);

        await Assertions.Expect(page.Locator("h1")).ToBeVisibleAsync();
        // What was not there in time is a link away.
        if (await page.Locator(".late[aria-busy] a").CountAsync() > 0)
            await page.Locator(".late[aria-busy] a").First.ClickAsync();
        await Assertions.Expect(page.Locator(".late[aria-busy]")).ToHaveCountAsync(0);
    }

    // For people: tests/pictures.sh.
    private async Task PictureAsync(PageToSee seen)
    {
        if (Environment.GetEnvironmentVariable("CHWFHIR_PICTURES") is not { Length: > 0 } folder)
            return;
        foreach (var language in new[] { "en", "es" })
        {
            await using var context = await ContextAsync(language);
            var page = await OpenAsync(context, seen, AppTown.Full);
            foreach (var (width, height) in new[] { (1280, 800), (390, 844) })
            {
                foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
                {
                    await page.SetViewportSizeAsync(width, height);
                    await page.EmulateMediaAsync(new() { ColorScheme = scheme, ReducedMotion = ReducedMotion.Reduce });
                    await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{seen.Name}-{width}-{scheme}-{language}.png".ToLowerInvariant()), FullPage = true });
                }
            }
        }
        await using var paper = await ContextAsync();
        var sheet = await OpenAsync(paper, seen, AppTown.Full);
        await sheet.PdfAsync(new() { Path = Path.Combine(folder, $"{seen.Name}.pdf"), Format = "Letter" });
    }

    // Our own colours, unless the EHR's are what is looked at: those have no dark.
    private async Task<IBrowserContext> ContextAsync(string language = "en", bool script = true, bool ofTheEhr = false)
    {
        var context = await browser.NewContextAsync(new() { ViewportSize = new() { Width = 1280, Height = 800 }, Locale = language, JavaScriptEnabled = script });
        if (!ofTheEhr)
            await context.RouteAsync("**/style.css", route => route.FulfillAsync(new() { ContentType = "text/css", Body = "" }));
        return context;
    }

    private async Task<IPage> OpenAsync(IBrowserContext context, PageToSee seen, string patient, bool script = true)
    {
        var visitor = await book.OfAsync(seen.Who, patient);
        await visitor.SitDownAsync(context);
        var page = await context.NewPageAsync();
        List<string> troubles = [];
        page.PageError += (_, error) => troubles.Add(error);
        page.Console += (_, said) => troubles.AddRange(said.Type == "error" ? [said.Text] : []);
        var path = seen.Path.Replace("{patient}", patient, StringComparison.Ordinal);
        var answer = await page.GotoAsync(path.StartsWith("/app/", StringComparison.Ordinal) ? new Uri(visitor.Service, path).AbsoluteUri : visitor.Address(path));
        Assert.That(answer!.Status, Is.EqualTo(200), await page.Locator("body").InnerTextAsync());
        if (seen.Then is not null)
            await page.FollowAsync(seen.Then);
        if (script)
            await Assertions.Expect(page.Locator(".late[data-late]")).ToHaveCountAsync(0, new() { Timeout = 20_000 });
        Assert.That(troubles, Is.Empty);
        return page;
    }
}
