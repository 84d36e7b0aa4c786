using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json.Nodes;
using ChwFhir.Journeys.SmartApp;
using ChwFhir.Testing;
using Microsoft.Playwright;

namespace ChwFhir.Journeys.Attacks;

/// <summary>
/// The EHR itself brings the attack: markup, a marker and a sign that turns the direction of writing in every name, goal, plan, message and title of the chart, and in
/// every word of a note, looked at in a real browser on every page of the app and of the service.
/// </summary>
internal sealed class When_the_chart_says_markup
{
    private const string Marker = "Quixmark";
    private const string Attack = Marker + "\u202E\"'><script>window.broken=1;alert(1)</script><img src=x onerror=\"window.broken=2;alert(2)\"><svg onload=\"window.broken=3\"><a href=\"javascript:alert(4)\">x</a>\u2066";
    private static readonly string[] Types =
        ["Encounter", "DocumentReference", "CarePlan", "Goal", "Condition", "MedicationRequest", "Observation", "QuestionnaireResponse", "ServiceRequest", "Task", "Communication", "RelatedPerson", "CareTeam", "Appointment", "AllergyIntolerance"];

    // What the attack would have left behind.
    private const string Broken = """
        () => [
          ...("broken" in window ? ["a script ran"] : []),
          ...[...document.querySelectorAll("*")].filter(one => [...one.attributes].some(attribute => attribute.name.startsWith("on"))).map(one => `a handler: ${one.tagName}`),
          ...[...document.querySelectorAll("script:not([src])")].filter(one => one.type !== "importmap" && one.type !== "application/json").map(() => "a script in the page"),
          ...[...document.querySelectorAll("a[href^='javascript:' i], img[src='x'], form[action^='javascript:' i]")].map(one => one.outerHTML.slice(0, 80)),
          ...(/[\u202A-\u202E\u2066-\u2069]/.test(document.documentElement.outerHTML) ? ["a sign that turns"] : []),
        ]
        """;

    private readonly ConcurrentQueue<string> traces = [];
    private ActivityListener listener = null!;
    private AppTown town = null!;
    private VisitorBook book = null!;
    private IPlaywright playwright = null!;
    private IBrowser browser = null!;
    private string note = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        var chromium = Needs.Chromium();
        listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name.StartsWith("ChwFhir", StringComparison.Ordinal) || source.Name == "Microsoft.AspNetCore",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = trace => traces.Enqueue($"{trace.Source.Name} {trace.DisplayName} {string.Join(' ', trace.TagObjects)} {string.Join(' ', trace.Events.SelectMany(one => one.Tags))}"),
        };
        ActivitySource.AddActivityListener(listener);
        town = await AppTown.StartAsync(("Logging__LogLevel__Default", "Debug"));
        book = new VisitorBook(town);
        await town.LiveAsync();
        await town.HoldAsync();
        note = await PoisonNoteAsync();
        await PoisonChartAsync();
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
        listener?.Dispose();
    }

    [Test]
    public async Task It_stands_as_words_on_every_page_of_the_app_and_in_no_log()
    {
        List<string> shown = [];
        // The page without a signal is of nobody: it knows no chart.
        foreach (var seen in EveryPage.All.Where(one => one.Name != "visit-shell"))
        {
            var visitor = await book.OfAsync(seen.Who, AppTown.Full);
            await using var context = await browser.NewContextAsync();
            await visitor.SitDownAsync(context);
            var text = await LookAsync(context, visitor.Address(seen.Path.Replace("{patient}", AppTown.Full, StringComparison.Ordinal)), seen.Then);
            if (text.Contains(Marker, StringComparison.Ordinal))
                shown.Add(seen.Name);
        }

        Assert.That(shown, Is.SupersetOf(new[] { "overview", "visits", "note", "plan", "patients" }), "where it is not shown nothing is proved");
        await NothingLeakedAsync();
    }

    [Test]
    public async Task It_stands_as_words_on_every_page_of_the_service()
    {
        await using var context = await browser.NewContextAsync();
        foreach (var path in new[] { "/", $"/notes/{note}" })
            await LookAsync(context, new Uri(town.Town.BaseUrl, path).AbsoluteUri, null);

        var previewed = await LookAsync(context, town.Town.BaseUrl.AbsoluteUri, "button[formaction*='Preview']", words: Poisoned().ToJsonString());

        Assert.That(previewed, Does.Contain(Marker), "where it is not shown nothing is proved");
    }

    [Test]
    public async Task What_is_written_of_it_turns_nothing()
    {
        var status = await town.Town.StatusAsync(note);
        var reference = (string)status["resources"]!.AsArray().First(resource => (string?)resource!["key"] == "note")!["reference"]!;

        var document = await town.Town.ReadFromEhrAsync(reference);

        var texts = document["content"]!.AsArray().Select(content => System.Text.Encoding.UTF8.GetString(Convert.FromBase64String((string)content!["attachment"]!["data"]!))).ToList();
        Assert.That(texts, Is.All.Contain(Marker));
        Assert.That(texts.SelectMany(text => text).Where(letter => letter is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069')), Is.Empty);
        Assert.That(await town.Town.Http.GetStringAsync($"/api/v1/visit-notes/{note}/bundle"), Does.Contain("alert(1)"), "nothing of the words is lost");
    }

    // The pages were looked at; now what was said of it behind them.
    private async Task NothingLeakedAsync()
    {
        var metrics = await town.Town.Http.GetStringAsync("/metrics");

        using var together = Assert.EnterMultipleScope();
        foreach (var marker in new[] { Marker, AppTown.Full })
        {
            Assert.That(town.Town.Log.Lines.Where(line => line.Contains(marker, StringComparison.Ordinal)).Take(3), Is.Empty, "log");
            Assert.That(metrics.Split('\n').Where(line => line.Contains(marker, StringComparison.Ordinal)).Take(3), Is.Empty, "metrics");
            Assert.That(traces.Where(trace => trace.Contains(marker, StringComparison.Ordinal)).Take(3), Is.Empty, "traces");
        }
        Assert.That(town.Town.Log.Lines, Is.Not.Empty);
        Assert.That(traces, Is.Not.Empty);
    }

    private static async Task<string> LookAsync(IBrowserContext context, string address, string? then, string? words = null)
    {
        var page = await context.NewPageAsync();
        List<string> troubles = [];
        page.Dialog += async (_, dialog) =>
        {
            troubles.Add($"a dialog: {dialog.Message}");
            await dialog.DismissAsync();
        };
        page.PageError += (_, error) => troubles.Add(error);
        page.Console += (_, said) => troubles.AddRange(said.Type == "error" ? [said.Text] : []);
        var answer = await page.GotoAsync(address);
        if (words is not null)
            await page.FillAsync("#note", words);
        if (then is not null)
            await page.FollowAsync(then);
        await Assertions.Expect(page.Locator(".late[data-late]")).ToHaveCountAsync(0, new() { Timeout = 20_000 });
        troubles.AddRange(await page.EvaluateAsync<string[]>(Broken));
        Assert.That(troubles, Is.Empty, address);
        Assert.That(answer!.Status, Is.LessThan(500), address);
        return await page.Locator("body").InnerTextAsync();
    }

    private static JsonObject Poisoned()
    {
        var poisoned = JsonNode.Parse(File.ReadAllText(Repository.Path("samples", "visit-notes", "full.json")))!.AsObject();
        Markup.Replace(poisoned, Attack);
        poisoned["id"] = "poisoned";
        (poisoned["patient"], poisoned["visit"]!["start"], poisoned["visit"]!["end"]) = (new JsonObject { ["reference"] = $"Patient/{AppTown.Full}" }, "2026-11-18T14:05:00-05:00", "2026-11-18T15:05:00-05:00");
        return poisoned;
    }

    private async Task<string> PoisonNoteAsync()
    {
        using var posted = await town.Town.PostNoteAsync(Poisoned().ToJsonString());
        Assert.That((int)posted.StatusCode, Is.EqualTo(202), await posted.Content.ReadAsStringAsync());
        await town.Town.SettledAsync("poisoned", TimeSpan.FromSeconds(60));
        return "poisoned";
    }

    private async Task PoisonChartAsync()
    {
        List<string> references = [$"Patient/{AppTown.Full}", "Practitioner/chw-1", "Practitioner/nurse-1", "Practitioner/onc-1"];
        foreach (var type in Types)
        {
            var found = await town.Town.ReadFromEhrAsync($"{type}?patient={AppTown.Full}&_count=200");
            references.AddRange((found["entry"]?.AsArray() ?? []).Select(entry => entry!["resource"]!).Where(resource => (string?)resource["resourceType"] == type).Select(resource => $"{type}/{resource["id"]}"));
        }
        foreach (var reference in references)
        {
            var resource = await town.Town.ReadFromEhrAsync(reference);
            Markup.ReplaceInFhir(resource, Attack);
            using var content = new StringContent(resource.ToJsonString(), null, "application/fhir+json");
            using var put = await town.Town.Ehr.PutAsync(reference, content);
            Assert.That((int)put.StatusCode, Is.InRange(200, 299), $"{reference}: {await put.Content.ReadAsStringAsync()}");
        }
    }
}
