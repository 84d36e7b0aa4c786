using System.Text.Json.Nodes;
using ChwFhir.Access;
using ChwFhir.Journeys.Identity;
using ChwFhir.SmartApp.Sessions;
using ChwFhir.Testing;
using Microsoft.Playwright;

namespace ChwFhir.Journeys.SmartApp.Inbox;

/// <summary>A CHW wrote of a patient who is none of theirs: their supervisor decides, in a real browser.</summary>
internal sealed class When_a_note_waits_for_its_release
{
    private const string Notes = "/api/v1/visit-notes";
    private string axe = null!;
    private PanelTown town = null!;
    private IPlaywright playwright = null!;
    private IBrowser browser = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        (var chromium, axe) = (Needs.Chromium(), Needs.Axe());
        var port = Ports.Free();
        town = await PanelTown.StartAsync(("urls", $"http://localhost:{port}"), ("PublicUrl", $"http://localhost:{port}"));
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
    public async Task Released_it_is_written_and_the_page_says_who_did_it_and_why()
    {
        var id = await OutsideAsync();
        var page = await OpenAsync(1280, "/desk");
        await page.Locator($"section[aria-labelledby=attention] a[href$='{id}']").ClickAsync();
        await Assertions.Expect(page.Locator("main")).Not.ToContainTextAsync("Maldonado");
        Assert.That(await LookedAt.FaultsAsync(page, axe), Is.Empty);
        await PictureAsync(page, "desk-outside");

        await page.Locator("#release-reason").FillAsync("She covers for a colleague.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Let it go on" }).ClickAsync();

        await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("section[aria-labelledby=decided]")).ToContainTextAsync("She covers for a colleague.");
        await Assertions.Expect(page.Locator("#release-reason")).ToHaveCountAsync(0);
        var (_, note) = await town.Supervisor.GetAsync($"{Notes}/{id}");
        Assert.That((string?)note!["release"]!["decision"], Is.EqualTo("released"));
    }

    [Test]
    public async Task Refused_with_a_reason_it_is_over_and_nothing_of_it_is_sent()
    {
        var id = await OutsideAsync();
        var page = await OpenAsync(390, $"/desk/notes/{id}");
        await PictureAsync(page, "desk-outside-390");

        await page.EvaluateAsync("document.querySelector('#refuse-reason').required = false");
        await page.GetByRole(AriaRole.Button, new() { Name = "Keep it from the EHR" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        await page.Locator("#refuse-reason").FillAsync("Not a patient of this programme.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Keep it from the EHR" }).ClickAsync();

        await Assertions.Expect(page.Locator("section[aria-labelledby=decided]")).ToContainTextAsync("Not a patient of this programme.");
        var (_, note) = await town.Supervisor.GetAsync($"{Notes}/{id}");
        Assert.That(((string?)note!["release"]!["decision"], note["resources"]!.AsArray().Count(part => part!["reference"] is not null)), Is.EqualTo(("refused", 0)));
    }

    private async Task<string> OutsideAsync()
    {
        var note = Some.Note("Patient/rosa-m");
        note["author"] = new JsonObject { ["reference"] = "Practitioner/chw-2", ["name"] = "Ben" };
        var (status, body) = await town.Ben.PostAsync(Notes, note.ToJsonString());
        Assert.That((status, (string?)body!["state"]), Is.EqualTo((202, "needs-attention")));
        return (string)body["id"]!;
    }

    private async Task<IPage> OpenAsync(int width, string path)
    {
        var visitor = await AppTown.BeginAsync(town.Town, new Session
        {
            Kind = CallerKind.OidcSession, Iss = "https://issuer.example", Subject = "grace", Name = "Grace Supervisor", Roles = [Role.Supervisor], Practitioner = "Practitioner/sup-1", FormToken = "form-token",
        });
        var context = await browser.NewContextAsync(new() { ViewportSize = new() { Width = width, Height = width == 390 ? 844 : 800 }, Locale = "en" });
        await visitor.SitDownAsync(context);
        var page = await context.NewPageAsync();
        var answer = await page.GotoAsync(visitor.Address(path));
        Assert.That(answer!.Status, Is.EqualTo(200), await page.Locator("body").InnerTextAsync());
        return page;
    }

    // For people who look: CHWFHIR_PICTURES names a folder.
    private static async Task PictureAsync(IPage page, string name)
    {
        if (Environment.GetEnvironmentVariable("CHWFHIR_PICTURES") is { Length: > 0 } folder)
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"team-{name}.png"), FullPage = true });
    }
}
