using ChwFhir.Testing;
using Microsoft.Playwright;

namespace ChwFhir.Journeys.SmartApp;

/// <summary>A page with several notes that lay in the background for a while.</summary>
internal sealed class When_somebody_comes_back_to_an_open_page
{
    private AppTown town = null!;
    private IPlaywright playwright = null!;
    private IBrowser browser = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        var chromium = Needs.Chromium();
        town = await AppTown.StartAsync();
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
    public async Task Only_what_changed_meanwhile_is_asked_for()
    {
        var visitor = await town.LaunchAsync("onc-1", AppTown.Full);
        await using var context = await browser.NewContextAsync(new() { Locale = "en" });
        await visitor.SitDownAsync(context);
        var page = await context.NewPageAsync();
        await page.AddInitScriptAsync("globalThis.told = []; globalThis.EventSource = class extends EventSource { constructor(...given) { super(...given); this.addEventListener('note', ({ data }) => told.push(data.split(' ')[0])); } };");
        List<string> asked = [];
        page.Request += (_, request) => asked.AddRange(request.Url.Contains("/live/note/", StringComparison.Ordinal) ? [new Uri(request.Url).AbsolutePath.Split('/')[^1]] : []);
        await page.RunAndWaitForRequestAsync(() => page.GotoAsync(visitor.Address($"/patients/{AppTown.Full}/visits")), "**/events?notes=*");
        Assert.That(await page.Locator("[data-live]").CountAsync(), Is.GreaterThan(2));

        await LookAsync(page, hidden: true);
        using var content = new StringContent("""{"reason":"entered-in-error"}""", null, "application/json");
        using var taken = await town.Town.Http.PostAsync("/api/v1/visit-notes/rosa-m-2026-11-03/retract", content);
        Assert.That((int)taken.StatusCode, Is.InRange(200, 202));
        await page.EvaluateAsync("() => { told = []; }");
        await page.RunAndWaitForRequestAsync(() => LookAsync(page, hidden: false), "**/live/note/*");

        // How all of them stand has been told, and whatever else there were to ask for has been asked for before this.
        await page.WaitForFunctionAsync("() => new Set(told).size === new Set([...document.querySelectorAll('[data-live^=\"note/\"]')].map(place => place.dataset.live)).size");
        await page.RunAndWaitForRequestAsync(() => page.EvaluateAsync("() => { fetch('/app/after-all'); }"), "**/app/after-all");
        Assert.That(asked.Distinct(), Has.Exactly(1).Items);
    }

    private static Task LookAsync(IPage page, bool hidden) => page.EvaluateAsync(
        "hidden => { Object.defineProperty(document, 'hidden', { value: hidden, configurable: true }); document.dispatchEvent(new Event('visibilitychange')); }", hidden);
}
