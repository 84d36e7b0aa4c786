using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ChwFhir.Access;
using ChwFhir.Testing;
using Microsoft.Playwright;

namespace ChwFhir.Journeys.SmartApp.WriteVisit;

/// <summary>A service that a phone reaches only where there is a signal, and the way to its form.</summary>
internal abstract partial class WithAPhone
{
    protected const string Marker = "Zwetschgenmarker";
    protected AppTown town = null!;
    protected Airwaves airwaves = null!;
    private IPlaywright playwright = null!;
    private string chromium = null!;
    private Uri service = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        chromium = Needs.Chromium();
        var (front, behind) = (Ports.Free(), Ports.Free());
        town = await AppTown.StartAsync(("urls", $"http://127.0.0.1:{behind}"), ("PublicUrl", $"http://localhost:{front}"));
        airwaves = Airwaves.On(front, behind);
        service = new Uri($"http://localhost:{front}/");
        playwright = await Playwright.CreateAsync();
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        playwright?.Dispose();
        if (airwaves is not null)
            await airwaves.DisposeAsync();
        if (town is not null)
            await town.DisposeAsync();
    }

    // What a worker sends on for its page passes by the routes of a test.
    protected const string NoWorker = "Object.defineProperty(Navigator.prototype, 'serviceWorker', { value: undefined });";

    protected const string NoKey = "{ const real = fetch; globalThis.fetch = (address, ...more) => String(address).endsWith('/here') && !globalThis.answers ? Promise.reject(new TypeError('no signal')) : real(address, ...more); }";

    protected const string LateKey = "{ const real = fetch; globalThis.fetch = async (address, ...more) => { if (String(address).endsWith('/here') && !location.search && !globalThis.answer) await new Promise(done => { globalThis.answer = done; }); return real(address, ...more); }; }";

    protected static Task SignOutAsync(IPage page) => page.GetByRole(AriaRole.Button, new() { Name = "Sign out", Exact = true }).ClickAsync();

    // Changes what the phone keeps of each visit, and closes the page that would keep it anew.
    protected static async Task ChangeAsync(IPage page, string with)
    {
        await page.EvaluateAsync($$"""
            () => new Promise(done => { const open = indexedDB.open("chwfhir-visits"); open.onsuccess = () => { const drafts = open.result.transaction("drafts", "readwrite").objectStore("drafts");
            drafts.getAll().onsuccess = event => { for (const row of event.target.result) drafts.put({ ...row, {{with}} }); drafts.transaction.oncomplete = () => { open.result.close(); done(); }; }; }; })
            """);
        await page.CloseAsync();
    }

    protected static string Count(string store) =>
        $$"""() => new Promise(done => { const open = indexedDB.open("chwfhir-visits"); open.onsuccess = () => { open.result.transaction("{{store}}").objectStore("{{store}}").count().onsuccess = event => { open.result.close(); done(event.target.result); }; }; })""";

    protected static Task<int> DraftsAsync(IPage page) => page.EvaluateAsync<int>(Count("drafts"));

    // What stands in the form stands in the draft.
    protected static async Task Saved(IPage page)
    {
        for (var look = 0; look < 100; look++)
        {
            if (await page.EvaluateAsync<bool>("""
                async () => { const { last, all } = await import("/app/assets/modules/drafts.js"); const known = await last(); const drafts = known ? await all(known) : []; const form = [...new FormData(document.querySelector("[data-visit-form]"))].filter(([name]) => name !== "t");
                return drafts.some(draft => draft.body.touched && JSON.stringify(draft.body.fields) === JSON.stringify(form)); }
                """))
                return;
            await Task.Delay(100);
        }
        Assert.Fail("What was written is not kept.");
    }

    protected Task<IBrowserContext> OpenAsync(TempFolder phone) => playwright.Chromium.LaunchPersistentContextAsync(phone.Path, new()
    {
        ExecutablePath = chromium, Args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"], ViewportSize = new() { Width = 390, Height = 844 },
    });

    // The whole real way, from the chart.
    protected async Task<IPage> LaunchAsync(IBrowserContext browser, string patient, bool ready = true)
    {
        var page = await browser.NewPageAsync();
        await page.GotoAsync($"{town.Town.EhrBaseUrl.GetLeftPart(UriPartial.Authority)}/charts/{patient}/launch?user=chw-1&in=window");
        await page.WaitForURLAsync(InTheApp());
        await page.GotoAsync($"{InTheApp().Match(page.Url).Value}/patients/{patient}/visit/new", new() { WaitUntil = WaitUntilState.Commit });
        if (ready)
            await page.Locator("[data-ready][data-offline]").WaitForAsync();
        return page;
    }

    protected async Task<IPage> FormAsync(IBrowserContext browser, Visitor visitor, string patient, string? script = null, bool ready = true)
    {
        var here = visitor with { Service = service };
        await here.SitDownAsync(browser);
        var page = await browser.NewPageAsync();
        if (script is not null)
            await page.AddInitScriptAsync(script);
        await page.GotoAsync(here.Address($"/patients/{patient}/visit/new"));
        if (ready)
            await page.Locator("[data-ready]").WaitForAsync();
        return page;
    }

    protected async Task<IPage> PageAsync(IBrowserContext browser, Visitor visitor, string address)
    {
        var here = visitor with { Service = service };
        await here.SitDownAsync(browser);
        var page = await browser.NewPageAsync();
        await page.GotoAsync(here.Address(address));
        await page.Locator("[data-unsent][data-told]").WaitForAsync(new() { State = WaitForSelectorState.Attached });
        return page;
    }

    protected async Task<IPage> WriteAsync(IBrowserContext browser, Visitor visitor, string patient, string text)
    {
        var page = await FormAsync(browser, visitor, patient);
        await page.Locator("[name=narrative]").FillAsync(text);
        await Saved(page);
        return page;
    }

    protected static bool Holds(string file, string word)
    {
        var bytes = File.ReadAllBytes(file);
        return bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(word)) >= 0 || bytes.AsSpan().IndexOf(Encoding.Unicode.GetBytes(word)) >= 0;
    }

    protected static string Text(JsonNode document) =>
        string.Concat(document["content"]!.AsArray().Select(content => (string?)content!["attachment"]?["data"]).OfType<string>().Select(data => Encoding.UTF8.GetString(Convert.FromBase64String(data))));

    [GeneratedRegex("^http://localhost:\\d+/app/[A-Za-z0-9_-]{43}")]
    protected static partial Regex InTheApp();
}
