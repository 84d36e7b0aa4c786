using ChwFhir.Access;
using ChwFhir.Testing;
using Microsoft.Playwright;

namespace ChwFhir.Journeys.SmartApp.Inbox;

/// <summary>A strict EHR that files nothing without an encounter: what waits, with both sides, and a person's word on it, in a real browser.</summary>
internal sealed class When_a_supervisor_minds_the_desk
{
    private const string Waits = """
        {"id":"desk-1","patient":{"reference":"Patient/rosa-m"},"author":{"reference":"Practitioner/chw-1"},"visit":{"kind":"home","status":"completed","start":"2024-03-05T10:00:00-05:00"},"narrative":"She is well.",
         "messages":[{"id":"m1","to":["nurse"],"urgency":"stat","text":"Marker-of-the-message"}]}
        """;

    private AppTown town = null!;
    private string axe = null!;
    private IPlaywright playwright = null!;
    private IBrowser browser = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        (var chromium, axe) = (Needs.Chromium(), Needs.Axe());
        town = await AppTown.StartAsync(("Ehr__Sandbox__Capabilities", "epic"), ("CareTeam__Due__Stat", "PT1S"), ("CareTeam__OnCall", "pcp"), ("CareTeam__AfterHoursPhone", "410-555-0100"));
        using var answer = await town.Town.PostNoteAsync(Waits);
        await town.Town.SettledAsync("desk-1", TimeSpan.FromSeconds(60));
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
    public async Task It_is_the_first_thing_they_see_and_names_what_waits_and_not_what_messages_say(int width)
    {
        var page = await OpenAsync(width, "");

        Assert.That(page.Url, Does.EndWith("/desk"));
        await Assertions.Expect(page.Locator("section[aria-labelledby=attention] li").Filter(new() { HasText = "Rosa" })).ToHaveCountAsync(1);
        await Assertions.Expect(page.Locator("section[aria-labelledby=climbed]")).ToContainTextAsync("Nobody has opened it yet");
        Assert.That(await page.ContentAsync(), Does.Not.Contain("Marker-of-the-message"));
        await PictureAsync(page, $"desk-{width}");
    }

    [TestCase(1280)]
    [TestCase(390)]
    public async Task A_note_shows_both_sides_and_a_reference_into_nowhere_is_not_taken(int width)
    {
        var page = await OpenAsync(width, "/desk/notes/desk-1");
        await PictureAsync(page, $"desk-note-{width}");
        await page.Locator("#encounter-reference").FillAsync("Encounter/there-is-none");
        await page.GetByRole(AriaRole.Button, new() { Name = "Use that encounter" }).ClickAsync();

        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("The EHR has none with this id.");
        await page.Locator(".decision summary").Filter(new() { HasText = "Decide" }).First.ClickAsync();
        await Assertions.Expect(page.Locator(".decision form[action$=resolve] button").Filter(new() { HasText = "Close it unwritten" }).First).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator(".sides").First).ToContainTextAsync("Whole, kept here since");
    }

    [TestCase("/desk")]
    [TestCase("/desk/notes/desk-1")]
    public async Task Nobody_is_kept_out_of_a_decision(string path)
    {
        var page = await OpenAsync(1280, path);
        foreach (var summary in await page.Locator("summary").AllAsync())
            await summary.ClickAsync();

        Assert.That(await LookedAt.FaultsAsync(page, axe), Is.Empty);
    }

    [TestCase(1280), TestCase(390)]
    public async Task Which_encounter_it_was_is_chosen_among_those_of_the_patient_and_the_day(int width)
    {
        var note = Some.Note("Patient/nadia-b");
        note["visit"]!["start"] = "2026-11-12T12:30:00-05:00";
        note["visit"]!["end"] = "2026-11-12T12:55:00-05:00";
        var id = (string)note["id"]!;
        (await town.Town.PostNoteAsync(note.ToJsonString())).Dispose();
        Assert.That((string?)(await town.Town.SettledAsync(id))["state"], Is.EqualTo("needs-attention"), "two planned visits of that day fit");
        var page = await OpenAsync(width, $"/desk/notes/{id}");
        await PictureAsync(page, $"desk-encounter-{width}");

        var choices = page.Locator("section[aria-labelledby=encounter] label.choice");
        Assert.That(await choices.Locator("input").EvaluateAllAsync<string[]>("all => all.map(one => one.value)"), Is.EquivalentTo(new[] { "Encounter/nadia-b-home-2", "Encounter/nadia-b-home-3", "Encounter/nadia-b-ed-1" }));
        await choices.Filter(new() { HasText = "10:00" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Use this encounter" }).ClickAsync();

        await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("Your decision is kept");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("use this encounter");
    }

    [Test]
    public async Task The_writes_are_stopped_with_a_reason_and_started_again()
    {
        var page = await OpenAsync(1280, "/desk");
        await page.Locator(".endpoint input[name=reason]").FillAsync("the EHR is being updated");
        await page.GetByRole(AriaRole.Button, new() { Name = "Stop the writes" }).ClickAsync();
        await Assertions.Expect(page.Locator(".endpoint")).ToContainTextAsync("the EHR is being updated");
        await page.GetByRole(AriaRole.Button, new() { Name = "Start the writes again" }).ClickAsync();

        await Assertions.Expect(page.Locator(".endpoint")).ToContainTextAsync("Takes notes");
    }

    [Test]
    public async Task Nobody_else_comes_to_it()
    {
        foreach (var (role, practitioner) in new[] { (Role.Nurse, "nurse-1"), (Role.Chw, "chw-1"), (Role.Clinician, "pcp-1") })
        {
            var visitor = await town.SignInAsync(role, practitioner, "Somebody Else");
            await using var context = await browser.NewContextAsync();
            await visitor.SitDownAsync(context);
            var page = await context.NewPageAsync();

            Assert.That((await page.GotoAsync(visitor.Address("/desk")))!.Status, Is.EqualTo(404), $"{role}");
            Assert.That((await page.GotoAsync(visitor.Address("/desk/notes/desk-1")))!.Status, Is.EqualTo(404), $"{role}");
        }
    }

    private async Task<IPage> OpenAsync(int width, string path)
    {
        var visitor = await town.SignInAsync(Role.Supervisor, "sup-1", "Sue Supervisor");
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
