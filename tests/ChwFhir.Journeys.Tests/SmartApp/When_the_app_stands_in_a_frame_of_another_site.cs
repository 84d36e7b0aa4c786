using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ChwFhir.Testing;
using Microsoft.Playwright;

namespace ChwFhir.Journeys.SmartApp;

/// <summary>The real app, launched from the real sandbox's chart, in a real browser that blocks cookies of third parties: the chart on 127.0.0.1, the app on localhost.</summary>
internal sealed class When_the_app_stands_in_a_frame_of_another_site
{
    private const string ForeignThings = "body script, script:not([src^=\"/app/assets/\"]), img, svg, iframe, object";
    private const string Payload = "<img src=x onerror=alert(1)><script>alert(2)</script>\"'><svg onload=alert(3)>";
    private readonly int port = Ports.Free();
    private Town town = null!;
    private IPlaywright playwright = null!;
    private IBrowser browser = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        var chromium = Needs.Chromium();
        town = await Town.StartAsync(("urls", $"http://127.0.0.1:{port}"), ("PublicUrl", $"http://localhost:{port}"), ("Ehr__Sandbox__Url", "http://127.0.0.1:0"));
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = chromium,
            Args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--test-third-party-cookie-phaseout"],
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

    [Test]
    public async Task The_browser_loses_a_cookie_that_is_not_partitioned_there()
    {
        await using var sites = await FramedCookies.StartAsync();
        await using var context = await browser.NewContextAsync();
        var page = await context.NewPageAsync();
        await page.GotoAsync(sites.Top);

        await Assertions.Expect(page.FrameLocator("iframe").Locator("#came")).ToHaveTextAsync("parted .");
    }

    [Test]
    public async Task The_chart_of_the_patient_opens_and_a_message_can_be_written()
    {
        await using var context = await browser.NewContextAsync(new() { ViewportSize = new() { Width = 1280, Height = 1000 } });
        var (page, app) = await LaunchAsync(context, "rosa-m", "onc-1");

        await app.Locator(".tabs a", new() { HasText = "Needs and plan" }).ClickAsync();
        await Assertions.Expect(app.Locator("body")).ToContainTextAsync("Pain at 3 of 10 or less most days");
        await app.Locator(".tabs a", new() { HasText = "Messages" }).ClickAsync();
        await app.Locator("#text").FillAsync("Please ask about the nights.");
        await app.GetByRole(AriaRole.Button, new() { Name = "Send" }).ClickAsync();

        await Assertions.Expect(app.Locator("[role=status]")).ToContainTextAsync("kept here");
        await Assertions.Expect(app.Locator("ul.rows")).ToContainTextAsync(["Please ask about the nights."]);
        Assert.That(new Uri(page.Url).Host, Is.EqualTo("127.0.0.1"), "the top page is another site");
        Assert.That(page.Frames[1].Url, Does.StartWith($"http://localhost:{port}/app/"));
    }

    [Test]
    public async Task Two_patients_in_two_frames_stay_two()
    {
        await using var context = await browser.NewContextAsync();
        var (_, rosa) = await LaunchAsync(context, "rosa-m", "onc-1");
        var (_, walter) = await LaunchAsync(context, "walter-b", "nurse-1");

        await rosa.Locator("a", new() { HasText = "ChwFhir" }).CountAsync();
        await Assertions.Expect(rosa.Locator(".who")).Not.ToHaveTextAsync(await walter.Locator(".who").InnerTextAsync());
        await Assertions.Expect(walter.Locator("body")).Not.ToContainTextAsync("Pain at 3 of 10");
    }

    [Test]
    public async Task A_browser_without_partitioned_cookies_opens_the_same_launch_in_a_window()
    {
        var front = Ports.Free();
        var behind = Ports.Free();
        await using var strict = await Town.StartAsync(("urls", $"http://127.0.0.1:{behind}"), ("PublicUrl", $"http://localhost:{front}"), ("Ehr__Sandbox__Url", "http://127.0.0.1:0"));
        await using var stripper = await CookieStripper.StartAsync(front, behind);
        await using var context = await browser.NewContextAsync();
        var page = await context.NewPageAsync();
        await page.GotoAsync(Chart(strict, "rosa-m", "onc-1"));
        var offer = page.FrameLocator("iframe").GetByRole(AriaRole.Link, new() { Name = "Open in a new window" });
        await offer.WaitForAsync();

        var window = await context.RunAndWaitForPageAsync(() => offer.ClickAsync());

        await Assertions.Expect(window).ToHaveURLAsync(new Regex($"^http://localhost:{front}/app/"));
        await window.Locator(".tabs a", new() { HasText = "Needs and plan" }).ClickAsync();
        await Assertions.Expect(window.Locator("body")).ToContainTextAsync("Pain at 3 of 10 or less most days");
    }

    [Test]
    public async Task Whatever_a_note_says_is_words_and_nothing_runs()
    {
        await PostAsync(Payloads(), "walter-b");
        await using var context = await browser.NewContextAsync();
        var (page, app) = await LaunchAsync(context, "walter-b", "nurse-1");
        List<string> ran = [];
        page.Dialog += (_, dialog) =>
        {
            ran.Add(dialog.Message);
            _ = dialog.DismissAsync();
        };

        await app.Locator(".tabs a", new() { HasText = "Visits" }).ClickAsync();
        await Assertions.Expect(app.Locator(ForeignThings)).ToHaveCountAsync(0);
        await app.Locator(".timeline a").First.ClickAsync();

        await Assertions.Expect(app.Locator(".paper")).ToContainTextAsync("onerror=alert(1)");
        await Assertions.Expect(app.Locator(ForeignThings)).ToHaveCountAsync(0);
        await app.Locator(".tabs a", new() { HasText = "Messages" }).ClickAsync();
        await app.Locator("#text").FillAsync(Payload);
        await app.GetByRole(AriaRole.Button, new() { Name = "Send" }).ClickAsync();
        await Assertions.Expect(app.Locator("[role=status]")).ToBeVisibleAsync();
        await Assertions.Expect(app.Locator(ForeignThings)).ToHaveCountAsync(0);
        Assert.That(ran, Is.Empty);
    }

    [Test]
    public async Task What_is_held_from_the_family_is_nowhere_on_the_pages()
    {
        var note = JsonNode.Parse(await File.ReadAllTextAsync(Repository.Path("samples", "visit-notes", "held-from-family.json")))!;
        var patient = ((string)note["patient"]!["reference"]!)["Patient/".Length..];
        var held = Held(note).Where(words => words.Length > 12).ToList();
        await PostAsync(note, patient);
        await using var context = await browser.NewContextAsync();
        var (_, app) = await LaunchAsync(context, patient, "nurse-1");

        Assert.That(held, Is.Not.Empty);
        await app.Locator(".tabs a", new() { HasText = "Visits" }).ClickAsync();
        await Assertions.Expect(app.Locator("body")).ToContainTextAsync("kept here and");
        var chart = await app.Locator("body").InnerTextAsync();
        await app.Locator(".timeline a").First.ClickAsync();
        await app.Locator(".paper").WaitForAsync();
        var page = await app.Locator("body").InnerTextAsync();
        foreach (var words in held)
            Assert.That(chart + page, Does.Not.Contain(words));
    }

    [TestCase(1280, ColorScheme.Light)]
    [TestCase(1280, ColorScheme.Dark)]
    [TestCase(390, ColorScheme.Light)]
    [TestCase(390, ColorScheme.Dark)]
    public async Task The_pages_fit_and_can_be_touched(int width, ColorScheme scheme)
    {
        await PostAsync(JsonNode.Parse(await File.ReadAllTextAsync(Repository.Path("samples", "visit-notes", "palliative-pain.json")))!, "rosa-m");
        await using var context = await browser.NewContextAsync(new() { ViewportSize = new() { Width = width, Height = 900 }, ColorScheme = scheme });
        var page = await context.NewPageAsync();
        await page.GotoAsync(Chart(town, "rosa-m", "nurse-1").Replace("in=frame", "in=window", StringComparison.Ordinal));
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("What the team should know");
        await ShowAsync(page, $"chart-{width}-{scheme}");

        Assert.That(await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth"), Is.LessThanOrEqualTo(0), "wider than the screen");
        foreach (var button in await page.Locator("button, .choice").AllAsync())
            Assert.That((await button.BoundingBoxAsync())!.Height, Is.GreaterThanOrEqualTo(44));
        await page.Locator(".tabs a", new() { HasText = "Visits" }).ClickAsync();
        await page.Locator(".timeline a").First.ClickAsync();
        await page.Locator(".paper").WaitForAsync();
        await ShowAsync(page, $"note-{width}-{scheme}");
        Assert.That(await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth"), Is.LessThanOrEqualTo(0));
    }

    private async Task<(IPage Page, IFrameLocator App)> LaunchAsync(IBrowserContext context, string patient, string user)
    {
        var page = await context.NewPageAsync();
        await page.GotoAsync(Chart(town, patient, user));
        var app = page.FrameLocator("iframe");
        await app.Locator(".tabs").WaitForAsync(new() { Timeout = 30_000 });
        return (page, app);
    }

    private static string Chart(Town town, string patient, string user) => $"{town.EhrBaseUrl.GetLeftPart(UriPartial.Authority)}/charts/{patient}/launch?user={user}&in=frame";

    // A note once sent is here: the same again is the same.
    private async Task PostAsync(JsonNode note, string patient)
    {
        note["patient"] = new JsonObject { ["reference"] = $"Patient/{patient}" };
        using var answer = await town.PostNoteAsync(note.ToJsonString());
        Assert.That((int)answer.StatusCode, Is.InRange(200, 202), await answer.Content.ReadAsStringAsync());
        await town.SettledAsync((string)note["id"]!, TimeSpan.FromSeconds(60));
    }

    private static JsonNode Payloads() => JsonNode.Parse($$"""
        {
          "id": "xss-1", "patient": {}, "author": { "reference": "Practitioner/chw-1", "name": {{Quoted}} },
          "visit": { "kind": "home", "start": "2026-11-03T14:05:00-05:00" },
          "insights": [ { "text": {{Quoted}} } ], "whatMatters": { "text": {{Quoted}}, "worries": {{Quoted}} }, "narrative": {{Quoted}},
          "sections": [ { "title": {{Quoted}}, "text": {{Quoted}} } ],
          "goals": [ { "id": "g", "text": {{Quoted}}, "steps": [ { "id": "s", "text": {{Quoted}} } ] } ],
          "referrals": [ { "id": "r", "service": {{Quoted}}, "text": {{Quoted}} } ],
          "medicinesAtHome": [ { "text": {{Quoted}} } ],
          "messages": [ { "id": "m", "to": [ "care-team" ], "text": {{Quoted}} } ],
          "followUp": { "text": {{Quoted}} }
        }
        """)!;

    private static string Quoted => System.Text.Json.JsonSerializer.Serialize(Payload);

    // All words of the parts that carry a hold.
    private static IEnumerable<string> Held(JsonNode? node) => node switch
    {
        JsonObject part when part.ContainsKey("hold") => part.Where(member => member.Key is "text" or "title").Select(member => (string)member.Value!),
        JsonObject part => part.SelectMany(member => Held(member.Value)),
        JsonArray list => list.SelectMany(Held),
        _ => [],
    };

    // Where somebody wants to look at them.
    private static async Task ShowAsync(IPage page, string name)
    {
        if (Environment.GetEnvironmentVariable("CHWFHIR_SCREENSHOTS") is { Length: > 0 } folder)
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, name + ".png"), FullPage = true });
    }
}
