using ChwFhir.Access;
using ChwFhir.SmartApp.Sessions;
using ChwFhir.Testing;
using Microsoft.Playwright;

namespace ChwFhir.Journeys.SmartApp;

/// <summary>The same pages while the chart refuses everything, and while it takes its time: they say so, and keep nobody out either.</summary>
internal sealed class When_every_page_is_looked_at_while_the_chart_is_in_trouble
{
    private static readonly string[] Types =
    [
        "Patient", "Goal", "CarePlan", "Communication", "DocumentReference", "CareTeam", "Practitioner", "PractitionerRole", "Encounter", "Condition", "Observation", "MedicationRequest", "MedicationStatement",
        "AllergyIntolerance", "Appointment", "ServiceRequest", "Consent", "QuestionnaireResponse", "RelatedPerson", "Flag", "Task",
    ];

    private string axe = null!;
    private LaunchedTown town = null!;
    private IPlaywright playwright = null!;
    private IBrowser browser = null!;

    private static IEnumerable<PageToSee> Pages => EveryPage.All.Where(page => !page.NeedsSomething && page.Who <= Who.Chw && page.Path.StartsWith("/patients/{patient}", StringComparison.Ordinal));

    [OneTimeSetUp]
    public async Task Start()
    {
        (var chromium, axe) = (Needs.Chromium(), Needs.Axe());
        town = await LaunchedTown.StartAsync(("Auth__Panel", "open"));
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

    [TearDown]
    public void Recover()
    {
        town.Ehr.Failing.Clear();
        town.Ehr.Delay = TimeSpan.Zero;
    }

    [TestCaseSource(nameof(Pages))]
    public async Task Nobody_is_kept_out_when_it_refuses(PageToSee seen)
    {
        foreach (var type in Types)
            town.Ehr.Failing[type] = 503;
        await using var context = await browser.NewContextAsync();

        var page = await OpenAsync(context, seen);

        await Assertions.Expect(page.Locator(".banner-missing")).ToBeVisibleAsync();
        Assert.That(await LookedAt.FaultsAsync(page, axe), Is.Empty);
    }

    [TestCaseSource(nameof(Pages))]
    public async Task Nobody_is_kept_out_while_it_takes_its_time(PageToSee seen)
    {
        town.Ehr.Delay = TimeSpan.FromSeconds(3);
        await using var context = await browser.NewContextAsync();
        // As it stands before anything comes later.
        await context.RouteAsync("**/parts/**", route => route.AbortAsync());

        var page = await OpenAsync(context, seen);

        Assert.That(await LookedAt.FaultsAsync(page, axe), Is.Empty);
    }

    [Test]
    public async Task What_comes_late_is_put_in_its_place_and_without_script_a_link_waits_for_it()
    {
        town.Ehr.Delay = TimeSpan.FromSeconds(2);
        town.Ehr.Chart["Practitioner/chw-9"] = ScriptedEhr.Json("""{"resourceType":"Practitioner","id":"chw-9","name":[{"text":"Dolores Example, CHW"}]}""");
        await When_somebody_asks_who_the_CHW_is.PostAsync(town.Town, "n-late", "Patient/p1", """{"reference":"Practitioner/chw-9","name":"Dolores Example"}""", null);
        await using var context = await browser.NewContextAsync();
        await using var plain = await browser.NewContextAsync(new() { JavaScriptEnabled = false });

        var page = await OpenAsync(context, new PageToSee("chw", Who.Clinician, "/patients/{patient}/chw"));
        var read = await OpenAsync(plain, new PageToSee("chw", Who.Clinician, "/patients/{patient}/chw"));

        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Dolores Example, CHW" })).ToBeVisibleAsync(new() { Timeout = 20_000 });
        await Assertions.Expect(read.Locator(".reading")).ToBeVisibleAsync();
        await read.GetByRole(AriaRole.Link, new() { Name = "Show it when it is there" }).ClickAsync();
        await Assertions.Expect(read.GetByRole(AriaRole.Heading, new() { Name = "Dolores Example, CHW" })).ToBeVisibleAsync(new() { Timeout = 20_000 });
    }

    private async Task<IPage> OpenAsync(IBrowserContext context, PageToSee seen)
    {
        var (role, practitioner) = seen.Who switch { Who.Chw => (Role.Chw, "chw-1"), Who.Nurse => (Role.Nurse, "nurse-1"), Who.SocialWorker => (Role.SocialWorker, "sw-1"), Who.Supervisor => (Role.Supervisor, "sup-1"), _ => (Role.Clinician, "doc-1") };
        var visitor = await AppTown.BeginAsync(town.Town, new Session
        {
            Kind = CallerKind.SmartLaunch, Iss = town.Ehr.FhirBase, Subject = $"{town.Ehr.Issuer}|{practitioner}", Name = "Somebody", Roles = [role], Practitioner = $"Practitioner/{practitioner}", Patient = "Patient/p1",
            NeedsBanner = true, FormToken = "form-token", AccessToken = "at-1",
        });
        await visitor.SitDownAsync(context);
        var page = await context.NewPageAsync();
        var answer = await page.GotoAsync(visitor.Address(seen.Path.Replace("{patient}", "p1", StringComparison.Ordinal)));
        Assert.That(answer!.Status, Is.EqualTo(200), await page.Locator("body").InnerTextAsync());
        return page;
    }
}
