using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ChwFhir.Testing;
using Microsoft.Playwright;
using NUnit.Framework;

namespace ChwFhir.Journeys.Pages;

internal sealed class When_a_newcomer_sends_a_sample_from_a_phone
{
    private Town town = null!;
    private IPlaywright playwright = null!;
    private IBrowser browser = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        var chromium = Needs.Chromium();
        town = await Town.StartAsync();
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = chromium,
            Args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        });
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

    [TestCase(true)]
    [TestCase(false)]
    public async Task They_see_it_in_the_chart_and_follow_it_there(bool script)
    {
        await using var context = await PhoneAsync(script);
        var page = await context.NewPageAsync();
        List<string> errors = [];
        page.Console += (_, message) => { if (message.Type == "error") errors.Add(message.Text); };
        await page.GotoAsync(town.BaseUrl.AbsoluteUri);
        var sample = script ? "not-home" : "follow-up-closes-referral";
        await page.SelectOptionAsync("#sample", sample);
        if (!script)
            await page.GetByRole(AriaRole.Button, new() { Name = "Show it" }).ClickAsync();
        var id = (string)JsonNode.Parse(await File.ReadAllTextAsync(Repository.Path("samples", "visit-notes", sample + ".json")))!["id"]!;
        await Assertions.Expect(page.Locator("#note")).ToHaveValueAsync(new Regex(Regex.Escape(id)));
        await page.GetByRole(AriaRole.Button, new() { Name = "Send the note" }).ClickAsync();

        await page.GetByRole(AriaRole.Heading, new() { Name = "In the chart" }).WaitForAsync(new() { Timeout = 30_000 });
        Assert.That(await OverflowAsync(page), Is.LessThanOrEqualTo(0), "the page is wider than the phone");
        var document = page.Locator("a", new() { HasText = "DocumentReference/" }).First;
        Assert.That((await document.BoundingBoxAsync())!.Height, Is.GreaterThanOrEqualTo(44), "too small for a thumb");
        var reference = await document.TextContentAsync();
        await document.ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new Regex(Regex.Escape(reference!) + "$"));

        Assert.That(await page.TextContentAsync("body"), Does.Contain("DocumentReference"));
        Assert.That(errors, Is.Empty);
    }

    [Test]
    public async Task A_note_that_is_wrong_comes_back_with_its_text_and_where_it_is_wrong()
    {
        await using var context = await PhoneAsync(script: true);
        var page = await context.NewPageAsync();
        await page.GotoAsync(town.BaseUrl.AbsoluteUri);
        const string text = """{ "id": "x", "<script>alert(1)</script>": 1 }""";
        await page.FillAsync("#note", text);
        await page.GetByRole(AriaRole.Button, new() { Name = "Send the note" }).ClickAsync();

        var alert = page.GetByRole(AriaRole.Alert);
        await alert.WaitForAsync();
        Assert.That(await alert.TextContentAsync(), Does.Contain("/visit"));
        Assert.That(await page.InputValueAsync("#note"), Is.EqualTo(text));
        Assert.That(await OverflowAsync(page), Is.LessThanOrEqualTo(0));
    }

    [Test]
    public async Task The_preview_shows_the_document_and_keeps_nothing()
    {
        await using var context = await PhoneAsync(script: true);
        var page = await context.NewPageAsync();
        await page.GotoAsync(town.BaseUrl + "?sample=palliative-pain");
        await page.GetByRole(AriaRole.Button, new() { Name = "Preview" }).ClickAsync();

        await page.GetByRole(AriaRole.Heading, new() { Name = "What it would become" }).WaitForAsync();
        Assert.That(await page.Locator("pre").First.TextContentAsync(), Does.Contain("community health worker"));
        Assert.That(await page.GetByText("palliative", new() { Exact = false }).CountAsync(), Is.GreaterThan(0));
        Assert.That(await OverflowAsync(page), Is.LessThanOrEqualTo(0));
    }

    [TestCase(390, ColorScheme.Light)]
    [TestCase(1280, ColorScheme.Dark)]
    public async Task The_API_page_works_under_its_own_security_policy(int width, ColorScheme scheme)
    {
        await using var context = await browser.NewContextAsync(new() { ViewportSize = new() { Width = width, Height = 844 }, ColorScheme = scheme });
        var page = await context.NewPageAsync();
        List<string> errors = [];
        page.Console += (_, message) => { if (message.Type == "error") errors.Add(message.Text); };
        await page.GotoAsync(new Uri(town.BaseUrl, "/swagger").AbsoluteUri);
        await page.GetByText("Take a note", new() { Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Execute" }).ClickAsync();

        await page.Locator(".live-responses-table .response-col_status").Filter(new() { HasTextRegex = new("20[02]") }).WaitForAsync();
        Assert.That(errors, Is.Empty);
    }

    private Task<IBrowserContext> PhoneAsync(bool script) => browser.NewContextAsync(new() { ViewportSize = new() { Width = 390, Height = 844 }, HasTouch = true, JavaScriptEnabled = script });

    private static async Task<double> OverflowAsync(IPage page)
    {
        var size = await page.Locator("html").BoundingBoxAsync();
        var main = await page.Locator("main").BoundingBoxAsync();
        return Math.Max(size!.Width, main!.X + main.Width) - 390;
    }
}
