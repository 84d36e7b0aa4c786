using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ChwFhir.Testing;
using Microsoft.Playwright;

namespace ChwFhir.Journeys.SmartApp.WriteVisit;

/// <summary>The form in a real browser, launched from the real sandbox: with a keyboard alone, without script, with what the words seem to say.</summary>
internal sealed partial class When_a_CHW_writes_a_visit
{
    private AppTown town = null!;
    private VisitorBook book = null!;
    private IPlaywright playwright = null!;
    private IBrowser browser = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        var chromium = Needs.Chromium();
        town = await AppTown.StartAsync();
        await town.LiveAsync();
        book = new VisitorBook(town);
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
    public async Task A_keyboard_is_enough()
    {
        await using var context = await browser.NewContextAsync(new() { ViewportSize = new() { Width = 390, Height = 844 } });
        var page = await OpenAsync(context, AppTown.Empty);

        await TabToAsync(page, "[name=narrative]");
        await page.Keyboard.TypeAsync("Walter sat by the window. He has no food in the house.");
        await EnterPartAsync(page, "needs");
        await TabToAsync(page, "[name='needs.0.domain']");
        await page.Keyboard.TypeAsync("Food");
        await TabToAsync(page, "[name='needs.0.text']");
        await page.Keyboard.TypeAsync("No milk since Tuesday");
        await EnterPartAsync(page, "symptoms");
        await TabToAsync(page, "[name='symptom.pain.score']:checked");
        for (var step = 0; step < 4; step++)
            await page.Keyboard.PressAsync("ArrowUp");
        await EnterPartAsync(page, "goals");
        await TabToAsync(page, "[name='goals.0.text']");
        await page.Keyboard.TypeAsync("Eat once a day with somebody");
        await TabToAsync(page, "[value='add:goals.0.steps']");
        await page.Keyboard.PressAsync("Enter");
        await page.Keyboard.TypeAsync("Call the senior centre");
        await EnterPartAsync(page, "time");
        await TabToAsync(page, "[name='time.0.activity']");
        await page.Keyboard.TypeAsync("Finding out");
        await TabToAsync(page, "[name='time.0.minutes']");
        await page.Keyboard.TypeAsync("45");
        await Assertions.Expect(page.Locator("[data-progress]")).ToHaveTextAsync("5 of 11");
        await TabToAsync(page, "[data-send]");
        await page.Keyboard.PressAsync("Enter");

        await page.WaitForURLAsync(Sent());
        var note = await WrittenAsync(page);
        Assert.That((string?)note["narrative"], Does.StartWith("Walter sat by the window"));
        Assert.That((string?)note["concerns"]![0]!["domain"], Is.EqualTo("food-insecurity"));
        Assert.That((int)note["symptoms"]![0]!["score"]!, Is.EqualTo(7));
        Assert.That((string?)note["goals"]![0]!["steps"]![0]!["text"], Is.EqualTo("Call the senior centre"));
        Assert.That((int)note["time"]![0]!["minutes"]!, Is.EqualTo(45));
        Assert.That((string?)note["author"]!["reference"], Is.EqualTo("Practitioner/chw-1"));
        Assert.That((string?)note["patient"]!["check"]!["birthDate"], Is.Not.Null);
    }

    [Test]
    public async Task Without_script_it_is_a_form_as_any_other()
    {
        await using var context = await browser.NewContextAsync(new() { JavaScriptEnabled = false });
        var page = await OpenAsync(context, AppTown.Empty, script: false);

        await page.Locator("#part-needs > summary").ClickAsync();
        await page.Locator("[name='needs.0.text']").FillAsync("No milk");
        await page.Locator("[name=narrative]").FillAsync("He was well. Next visit on Friday.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Send the visit" }).ClickAsync();

        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("This is needed here.");
        await Assertions.Expect(page.Locator("[name='needs.0.domain']")).ToHaveAttributeAsync("aria-invalid", "true");
        await Assertions.Expect(page.Locator("[name=narrative]")).ToHaveValueAsync("He was well. Next visit on Friday.");

        await page.Locator("[name='needs.0.domain']").SelectOptionAsync("food-insecurity");
        await page.Locator("[value='add:needs']").ClickAsync();
        await page.Locator("[name='needs.1.domain']").SelectOptionAsync("transportation-insecurity");
        await page.Locator("[data-look-button]").ClickAsync();
        await Assertions.Expect(page.Locator("#look .paper")).ToContainTextAsync("He was well.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Send the visit" }).ClickAsync();

        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("The visit is sent");
        Assert.That((await WrittenAsync(page))["concerns"]!.AsArray().Select(need => (string?)need!["domain"]), Is.EqualTo(new[] { "food-insecurity", "transportation-insecurity" }));
    }

    [Test]
    public async Task The_last_visit_fills_in_what_is_known_and_no_answer()
    {
        await using var context = await browser.NewContextAsync();
        var page = await OpenAsync(context, AppTown.Full);
        await page.EvaluateAsync("() => document.querySelectorAll('details.part').forEach(part => part.open = true)");

        await Assertions.Expect(page.Locator("[data-list=goals] > [data-row] textarea[readonly]").First).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("[data-progress]")).ToHaveTextAsync("0 of 11");
        Assert.That(await page.Locator("[name$='.now']:checked:not([value=''])").CountAsync(), Is.Zero);

        await page.Locator("[data-row]:not(.done) > fieldset > label > [name$='.now'][value=done]").First.CheckAsync();
        await Assertions.Expect(page.Locator("[data-progress]")).ToHaveTextAsync("1 of 11");
    }

    [Test]
    public async Task What_is_noticed_before_it_goes_is_said_in_the_language_of_the_page()
    {
        await using var context = await browser.NewContextAsync(new() { Locale = "es" });
        var page = await OpenAsync(context, "george-t");

        await page.EvaluateAsync("() => document.querySelectorAll('details.part').forEach(part => part.open = true)");
        await page.Locator("[name='symptom.pain.score'][value='8']").CheckAsync();
        await page.Locator("[name='next.text']").FillAsync("Stop the metformin until Monday.");
        await page.Locator("[data-look-button]").ClickAsync();

        await Assertions.Expect(page.Locator("#look .ask")).ToContainTextAsync("Dolor 8 de 10: 7 o más");
        await Assertions.Expect(page.Locator("#look details li").First).ToContainTextAsync("Algo parece una indicación sobre un medicamento.");
        await Assertions.Expect(page.Locator("#look details li a").First).ToHaveAttributeAsync("href", "#f-next-text");
        await Assertions.Expect(page.Locator("#f-next-text")).ToHaveCountAsync(1);
        Assert.That(await page.Locator("#look [lang=en]").CountAsync(), Is.Zero);
    }

    [Test]
    public async Task A_short_screening_is_asked_in_the_visit_and_read_in_the_chart()
    {
        await using var context = await browser.NewContextAsync(new() { ViewportSize = new() { Width = 390, Height = 844 }, Locale = "es" });
        var page = await OpenAsync(context, "george-t");

        await page.Locator("#part-needs > summary").ClickAsync();
        await page.GetByText("Comida: dos preguntas").ClickAsync();
        var worried = page.GetByRole(AriaRole.Group, new() { Name = "En los últimos 12 meses, le preocupaba" });
        await worried.GetByLabel("A veces es cierto").CheckAsync();
        await Assertions.Expect(page.Locator("[data-progress]")).ToHaveTextAsync("1 de 11");
        await page.Locator("[data-look-button]").ClickAsync();
        await Assertions.Expect(page.Locator("#look details li").First).ToHaveTextAsync("Un cuestionario deja preguntas sin responder. Se guarda, y no da resultado.");
        await Assertions.Expect(page.Locator("#look details li a").First).ToHaveAttributeAsync("href", "#f-screening-hunger-vital-sign");
        await Assertions.Expect(page.Locator("#f-screening-hunger-vital-sign")).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Group, new() { Name = "En los últimos 12 meses, los alimentos" }).GetByLabel("Nunca es cierto").CheckAsync();
        await page.Locator("[data-look-button]").ClickAsync();
        await Assertions.Expect(page.Locator("#look .paper")).ToContainTextAsync("Hunger Vital Sign");
        await page.Locator("[data-send]").ClickAsync();

        await page.WaitForURLAsync(Sent());
        var screening = (await WrittenAsync(page))["screenings"]!.AsArray().Single()!;
        Assert.That((string?)screening["instrument"], Is.EqualTo("hunger-vital-sign"));
        var id = page.Url.Split('/')[^1];
        await page.GotoAsync(page.Url.Replace($"visit/{id}", $"visits/{id}"));
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("At risk");
    }

    [Test]
    public async Task What_the_words_seem_to_say_is_taken_with_one_tap_and_the_note_is_seen_before_it_goes()
    {
        await using var context = await browser.NewContextAsync();
        var page = await OpenAsync(context, AppTown.Empty);

        await page.Locator("[name=narrative]").FillAsync("He ran out of food on Monday. He has no ride to the clinic. He refuses the walker. He told me about his visa expired last year.");
        await page.Locator("[name=narrative]").BlurAsync();
        await page.Locator("[data-suggestion='concern/food-insecurity'] [data-take]").ClickAsync();
        await page.Locator("[data-suggestion='concern/transportation-insecurity'] [data-refuse]").ClickAsync();
        await Assertions.Expect(page.Locator("[name='needs.0.domain']")).ToHaveValueAsync("food-insecurity");
        await page.Locator("[name=narrativeHold]").SelectOptionAsync("told-in-confidence");
        await page.Locator("[data-look-button]").ClickAsync();

        await Assertions.Expect(page.Locator(".readers")).ToContainTextAsync("Walter, and anyone with his portal access, can read this note. Held: 1 part.");
        await Assertions.Expect(page.Locator("#look .paper")).Not.ToContainTextAsync("visa");
        await page.Locator("[name=narrativeHold]").SelectOptionAsync("");
        await page.Locator("[data-look-button]").ClickAsync();
        await Assertions.Expect(page.Locator("#look")).ToContainTextAsync("“visa expired” says something about immigration status");
        await Assertions.Expect(page.Locator("#look")).ToContainTextAsync("“refuses” may sound like blame");
        await page.Locator("[data-send]").ClickAsync();

        await page.WaitForURLAsync(Sent());
        var note = await WrittenAsync(page);
        Assert.That((string?)note["concerns"]![0]!["fromNarrative"]!["by"], Does.StartWith("Dolores"));
        var id = page.Url.Split('/')[^1];
        var suggestions = (await town.Town.StatusAsync(id))["suggestions"]!.AsArray();
        Assert.That(suggestions.Single(one => (string?)one!["code"] == "transportation-insecurity")!["state"]!.ToString(), Is.EqualTo("refused"));
    }

    [Test]
    public async Task After_sending_it_says_what_became_of_it_and_the_team_can_be_told()
    {
        await using var context = await browser.NewContextAsync();
        var page = await OpenAsync(context, AppTown.Empty);
        await page.Locator("[name=narrative]").FillAsync("A short visit.");
        await page.Locator("[data-send]").ClickAsync();
        await page.WaitForURLAsync(Sent());
        await WrittenAsync(page);
        await page.ReloadAsync();

        await Assertions.Expect(page.Locator("#became + div")).ToContainTextAsync("In the chart");
        await page.GetByLabel("Message").FillAsync("He asks for a call today.");
        await page.GetByLabel("today").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Send the message" }).ClickAsync();

        await Assertions.Expect(page.Locator("[role=status]")).ToContainTextAsync("Your message is kept here");
        await Assertions.Expect(page.Locator("ul.rows")).ToContainTextAsync("He asks for a call today.");
    }

    [Test]
    public async Task A_visit_that_was_written_for_another_patient_is_refused()
    {
        await using var context = await browser.NewContextAsync();
        var page = await OpenAsync(context, AppTown.Empty);
        await page.Locator("[name=narrative]").FillAsync("About somebody else.");
        await page.EvaluateAsync("() => document.querySelector('[name=for]').value = 'Patient/rosa-m'");
        await page.Locator("[data-send]").ClickAsync();

        await Assertions.Expect(page.Locator("body")).ToContainTextAsync("This visit was written for another patient. It was not sent.");
    }

    [Test]
    public async Task A_session_that_is_over_gives_the_words_back_without_script()
    {
        await using var context = await browser.NewContextAsync(new() { JavaScriptEnabled = false });
        var page = await OpenAsync(context, AppTown.Empty, script: false);
        await page.Locator("[name=narrative]").FillAsync("He told me about the war.");
        await context.ClearCookiesAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Send the visit" }).ClickAsync();

        await Assertions.Expect(page.Locator("#lost")).ToHaveValueAsync(new Regex("^He told me about the war\\."));
    }

    [Test]
    public async Task The_page_is_light()
    {
        await using var context = await browser.NewContextAsync();
        ConcurrentDictionary<string, Task<byte[]>> own = new();
        // The worker fetches the same once more, for when there is no signal.
        context.Response += (_, answer) =>
        {
            if (answer.Url.Contains("/app/assets/", StringComparison.Ordinal))
                own.TryAdd(answer.Url, answer.BodyAsync());
        };

        await OpenAsync(context, AppTown.Empty);

        Assert.That((await Task.WhenAll(own.Values)).Sum(body => body.Length), Is.LessThan(60 * 1024), "script and style, as they are written");
    }

    [GeneratedRegex("/visit/(?!new)[^/]+$")]
    private static partial Regex Sent();

    private async Task<IPage> OpenAsync(IBrowserContext context, string patient, bool script = true)
    {
        var visitor = await book.OfAsync(Who.Chw, patient);
        await visitor.SitDownAsync(context);
        var page = await context.NewPageAsync();
        await page.GotoAsync(visitor.Address($"/patients/{patient}/visit/new"));
        await page.Locator(script ? "[data-ready]" : "[data-visit-form]").WaitForAsync();
        return page;
    }

    private async Task<JsonObject> WrittenAsync(IPage page)
    {
        var id = page.Url.Split('/')[^1];
        Assert.That((string?)(await town.Town.SettledAsync(id))["state"], Is.EqualTo("written"));
        return await SentNotes.OfAsync(town.Town, id);
    }

    private static async Task TabToAsync(IPage page, string selector)
    {
        for (var tabs = 0; tabs < 200; tabs++)
        {
            if (await page.EvaluateAsync<bool>("selector => document.activeElement?.matches(selector) ?? false", selector))
                return;
            await page.Keyboard.PressAsync("Tab");
        }
        Assert.Fail($"No key leads to {selector}.");
    }

    private static async Task EnterPartAsync(IPage page, string part)
    {
        await TabToAsync(page, $"#part-{part} > summary");
        await page.Keyboard.PressAsync("Enter");
    }
}
