using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ChwFhir.Access;
using ChwFhir.Testing;
using Microsoft.Playwright;

namespace ChwFhir.Journeys.SmartApp.WriteVisit;

/// <summary>A phone that loses its signal, is put away and taken out again: the visit is on it, nobody else reads it, and it is sent once.</summary>
internal sealed partial class When_there_is_no_signal_at_a_visit
{
    private const string Marker = "Zwetschgenmarker";
    private AppTown town = null!;
    private Airwaves airwaves = null!;
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

    [Test]
    public async Task The_visit_outlives_the_closed_browser_and_arrives_once()
    {
        using var phone = new TempFolder();
        string form;
        string id;
        await using (var browser = await OpenAsync(phone))
        {
            var page = await LaunchAsync(browser, "rosa-m");
            form = page.Url;
            id = await page.Locator("[name=id]").InputValueAsync();
            await page.Locator("[name=narrative]").FillAsync($"She sat in the garden. {Marker}");
            await Saved(page);
            airwaves.TurnOff();
            await page.Locator("#part-time > summary").ClickAsync();
            await page.Locator("[name='time.0.activity']").SelectOptionAsync("support");
            await page.Locator("[name='time.0.minutes']").FillAsync("40");
            await Saved(page);
        }

        Assert.That(Directory.EnumerateFiles(phone.Path, "*", SearchOption.AllDirectories).Where(file => Holds(file, Marker)), Is.Empty, "nothing of it stands on the phone in clear");
        try
        {
            await using var browser = await OpenAsync(phone);
            var page = await browser.NewPageAsync();
            await page.GotoAsync(form);
            await Assertions.Expect(page.Locator("[data-who]")).ToContainTextAsync("Rosa Maldonado");
            await Assertions.Expect(page.Locator("[name=narrative]")).ToHaveValueAsync($"She sat in the garden. {Marker}");
            await Assertions.Expect(page.Locator("[data-progress]")).ToHaveTextAsync("2 of 11");
            await Assertions.Expect(page.Locator("[data-saved]")).ToContainTextAsync("On this phone, not sent");
            await page.Locator("[data-send]").ClickAsync();
            await Assertions.Expect(page.Locator("[data-notice]")).ToContainTextAsync("on this phone, not sent. It goes as soon as there is a signal");
        }
        finally
        {
            airwaves.TurnOn();
        }

        // The session went with the browser: whoever signs in again, as the same, sends it.
        await using (var browser = await OpenAsync(phone))
        {
            var page = await browser.NewPageAsync();
            await page.GotoAsync(form);
            await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Your session has ended");

            var again = await LaunchAsync(browser, "rosa-m", ready: false);
            await again.WaitForURLAsync(new Regex($"/visit/{Regex.Escape(id)}$"));
            await again.Locator("body[data-forgotten]").WaitForAsync();
            Assert.That(await DraftsAsync(again), Is.Zero);
        }

        Assert.That((string?)(await town.Town.SettledAsync(id))["state"], Is.EqualTo("written"));
        var listed = await town.Town.Http.GetFromJsonAsync<JsonObject>("/api/v1/visit-notes?patient=Patient/rosa-m");
        Assert.That(listed!["items"]!.AsArray(), Has.Count.EqualTo(1));
        var documents = await town.Town.Ehr.GetFromJsonAsync<JsonObject>("DocumentReference?patient=rosa-m&_count=200");
        Assert.That(documents!["entry"]!.AsArray().Count(entry => Text(entry!["resource"]!).Contains(Marker, StringComparison.Ordinal)), Is.EqualTo(1));
        Assert.That((int)(await SentNotes.OfAsync(town.Town, id))["time"]![0]!["minutes"]!, Is.EqualTo(40));
    }

    [Test]
    public async Task A_visit_that_is_ready_goes_by_itself_when_the_signal_is_back()
    {
        using var phone = new TempFolder();
        await using var browser = await OpenAsync(phone);
        var page = await LaunchAsync(browser, "walter-b");
        var id = await page.Locator("[name=id]").InputValueAsync();
        await page.Locator("[name=narrative]").FillAsync("A short visit.");
        airwaves.TurnOff();
        try
        {
            await page.Locator("[data-send]").ClickAsync();
            await Assertions.Expect(page.Locator("[data-notice]")).ToContainTextAsync("It goes as soon as there is a signal");
        }
        finally
        {
            airwaves.TurnOn();
        }
        await page.EvaluateAsync("() => dispatchEvent(new Event('online'))");

        await page.WaitForURLAsync(new Regex($"/visit/{Regex.Escape(id)}$"));
    }

    [Test]
    public async Task Another_person_on_the_same_phone_sees_nothing_and_the_first_has_it_again()
    {
        using var phone = new TempFolder();
        await using var browser = await OpenAsync(phone);
        var dolores = await town.SignInAsync(Role.Chw, "chw-1", "Dolores Whitfield");
        var other = await town.SignInAsync(Role.SocialWorker, "sw-1", "Sam Social");
        await WriteAsync(browser, dolores, "rosa-m", $"Told to Dolores. {Marker}");

        var page = await FormAsync(browser, other, "rosa-m");
        await Assertions.Expect(page.Locator("[name=narrative]")).ToHaveValueAsync("");
        Assert.That(await page.EvaluateAsync<int>(Count("keys")), Is.EqualTo(1), "the first one's key is gone from the phone");
        Assert.That(await DraftsAsync(page), Is.EqualTo(2), "what they wrote is there, sealed");

        var again = await FormAsync(browser, await town.SignInAsync(Role.Chw, "chw-1", "Dolores Whitfield"), "rosa-m");
        await Assertions.Expect(again.Locator("[name=narrative]")).ToHaveValueAsync($"Told to Dolores. {Marker}");
    }

    [Test]
    public async Task In_another_chart_the_draft_is_not_filled_in_and_is_named()
    {
        using var phone = new TempFolder();
        await using var browser = await OpenAsync(phone);
        var dolores = await town.SignInAsync(Role.Chw, "chw-1", "Dolores Whitfield");
        await WriteAsync(browser, dolores, "rosa-m", "Rosa's visit.");

        var page = await FormAsync(browser, dolores, "walter-b");

        await Assertions.Expect(page.Locator("[name=narrative]")).ToHaveValueAsync("");
        await Assertions.Expect(page.Locator("[data-kept] a")).ToContainTextAsync("Rosa Maldonado");
        await page.Locator("[data-kept] a").ClickAsync();
        await Assertions.Expect(page.Locator("[name=narrative]")).ToHaveValueAsync("Rosa's visit.");
    }

    [Test]
    public async Task Signing_out_wipes_it_and_asks_first()
    {
        using var phone = new TempFolder();
        await using var browser = await OpenAsync(phone);
        var dolores = await town.SignInAsync(Role.Chw, "chw-1", "Dolores Whitfield");
        var page = await FormAsync(browser, dolores, "rosa-m");
        await page.Locator("[name=narrative]").FillAsync("Not to be left on the phone.");

        // Before it had time to be kept.
        await SignOutAsync(page);
        await Assertions.Expect(page.GetByRole(AriaRole.Dialog)).ToContainTextAsync("1 visit on this phone is not sent");
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "Send first" })).ToBeFocusedAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Send first" }).ClickAsync();
        await Assertions.Expect(page.Locator("[data-send]")).ToBeFocusedAsync();
        await SignOutAsync(page);
        await page.GetByRole(AriaRole.Button, new() { Name = "Delete 1 visit and sign out" }).ClickAsync();

        await page.Locator("body[data-wiped]").WaitForAsync();
        Assert.That((await DraftsAsync(page), await page.EvaluateAsync<int>(Count("keys"))), Is.EqualTo((0, 0)));
    }

    [Test]
    public async Task Every_page_says_what_is_not_sent_and_signing_out_there_asks_too()
    {
        using var phone = new TempFolder();
        await using var browser = await OpenAsync(phone);
        var dolores = await town.SignInAsync(Role.Chw, "chw-1", "Dolores Whitfield");
        await (await WriteAsync(browser, dolores, "rosa-m", "Rosa's visit.")).CloseAsync();
        await (await WriteAsync(browser, dolores, "walter-b", "Walter's visit.")).CloseAsync();

        var page = await PageAsync(browser, dolores, "/patients");
        await Assertions.Expect(page.Locator("[data-unsent]")).ToContainTextAsync("2 visits on this phone are not sent");
        await Assertions.Expect(page.Locator("[data-unsent] li").Filter(new() { HasText = "Rosa Maldonado" })).ToContainTextAsync("7 days left");
        await SignOutAsync(page);
        await Assertions.Expect(page.GetByRole(AriaRole.Dialog)).ToContainTextAsync("Signing out deletes them from this phone for good");
        await page.GetByRole(AriaRole.Button, new() { Name = "Stay signed in" }).ClickAsync();
        Assert.That(await DraftsAsync(page), Is.EqualTo(2));

        await page.Locator("[data-unsent] a").Filter(new() { HasText = "Rosa Maldonado" }).ClickAsync();
        await Assertions.Expect(page.Locator("[name=narrative]")).ToHaveValueAsync("Rosa's visit.");
    }

    [Test]
    public async Task After_seven_days_it_is_gone_and_that_is_said()
    {
        using var phone = new TempFolder();
        await using var browser = await OpenAsync(phone);
        var dolores = await town.SignInAsync(Role.Chw, "chw-1", "Dolores Whitfield");
        await ChangeAsync(await WriteAsync(browser, dolores, "rosa-m", "Long ago."), "until: Date.now() - 1");

        var later = await FormAsync(browser, dolores, "rosa-m");
        await Assertions.Expect(later.Locator("[name=narrative]")).ToHaveValueAsync("");
        var page = await PageAsync(browser, dolores, "/patients");
        await Assertions.Expect(page.Locator("[data-unsent]")).ToContainTextAsync(new Regex("The visit for Rosa Maldonado.* was not sent in 7 days and was deleted"));
        await page.GetByRole(AriaRole.Button, new() { Name = "I have read this" }).ClickAsync();
        await Assertions.Expect(page.Locator("[data-unsent]")).ToBeHiddenAsync();
    }

    [Test]
    public async Task After_seven_days_what_another_person_left_goes_on_any_page()
    {
        using var phone = new TempFolder();
        await using var browser = await OpenAsync(phone);
        await ChangeAsync(await WriteAsync(browser, await town.SignInAsync(Role.Chw, "chw-1", "Dolores Whitfield"), "rosa-m", "Long ago."), "until: Date.now() - 1");

        var page = await PageAsync(browser, await town.SignInAsync(Role.SocialWorker, "sw-1", "Sam Social"), "/patients");

        Assert.That(await page.EvaluateAsync<bool>("""
            () => new Promise(done => { const open = indexedDB.open("chwfhir-visits"); open.onsuccess = () => { open.result.transaction("drafts").objectStore("drafts").getAll().onsuccess = event => { open.result.close(); done(event.target.result.every(row => row.gone && !row.sealed)); }; }; })
            """), Is.True, "only that there was one is left");
    }

    [Test]
    public async Task What_is_said_of_visits_that_were_not_sent_keeps_nobody_out()
    {
        var axe = Needs.Axe();
        using var phone = new TempFolder();
        await using var browser = await OpenAsync(phone);
        var dolores = await town.SignInAsync(Role.Chw, "chw-1", "Dolores Whitfield");
        await ChangeAsync(await WriteAsync(browser, dolores, "walter-b", "Long ago."), "until: Date.now() - 1");
        await (await PageAsync(browser, dolores, "/patients")).CloseAsync();
        await ChangeAsync(await WriteAsync(browser, dolores, "rosa-m", "Three days ago."), "kept: row.kept - 3 * 24 * 60 * 60 * 1000, until: row.until - (row.gone ? 0 : 5 * 24 * 60 * 60 * 1000)");

        var page = await PageAsync(browser, dolores, "/patients");
        await Assertions.Expect(page.Locator("[data-unsent] li")).ToHaveCountAsync(2);
        Assert.That(await LookedAt.FaultsAsync(page, axe), Is.Empty);
        await SignOutAsync(page);
        await Assertions.Expect(page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
        Assert.That(await LookedAt.FaultsAsync(page, axe), Is.Empty);

        var form = await FormAsync(browser, dolores, "rosa-m");
        await Assertions.Expect(form.Locator("[data-notice] .actions")).ToBeVisibleAsync();
        Assert.That(await LookedAt.FaultsAsync(form, axe), Is.Empty);
    }

    [Test]
    public async Task A_phone_whose_clock_runs_ahead_deletes_nothing()
    {
        using var phone = new TempFolder();
        await using var browser = await OpenAsync(phone);
        var dolores = await town.SignInAsync(Role.Chw, "chw-1", "Dolores Whitfield");
        await (await WriteAsync(browser, dolores, "rosa-m", "Kept by the right time.")).CloseAsync();

        var page = await FormAsync(browser, dolores, "rosa-m", "{ const now = Date.now; Date.now = () => now() + 10 * 24 * 60 * 60 * 1000; }");

        await Assertions.Expect(page.Locator("[name=narrative]")).ToHaveValueAsync("Kept by the right time.");
    }

    [Test]
    public async Task A_visit_of_another_day_asks_what_becomes_of_it()
    {
        using var phone = new TempFolder();
        await using var browser = await OpenAsync(phone);
        var dolores = await town.SignInAsync(Role.Chw, "chw-1", "Dolores Whitfield");
        await ChangeAsync(await WriteAsync(browser, dolores, "rosa-m", "Monday's visit."), "kept: row.kept - 3 * 24 * 60 * 60 * 1000");

        var page = await FormAsync(browser, dolores, "rosa-m");
        await Assertions.Expect(page.Locator("[name=narrative]")).ToHaveValueAsync("");
        await Assertions.Expect(page.Locator("[data-notice]")).ToContainTextAsync("You wrote a visit for this patient on");
        await page.GetByRole(AriaRole.Button, new() { Name = "Keep it and write a new one" }).ClickAsync();
        await page.Locator("[name=narrative]").FillAsync("Thursday's visit.");
        await Saved(page);
        Assert.That(await DraftsAsync(page), Is.EqualTo(2));

        await page.Locator("[data-kept] a").ClickAsync();
        await Assertions.Expect(page.Locator("[name=narrative]")).ToHaveValueAsync("Monday's visit.");
        await page.GetByRole(AriaRole.Link, new() { Name = "Write a new visit instead" }).ClickAsync();
        await page.Locator("[data-ready]").WaitForAsync();
        await Assertions.Expect(page.Locator("[name=narrative]")).ToHaveValueAsync("");
    }

    [Test]
    public async Task A_visit_of_another_day_is_deleted_only_when_somebody_says_so_twice()
    {
        using var phone = new TempFolder();
        await using var browser = await OpenAsync(phone);
        var dolores = await town.SignInAsync(Role.Chw, "chw-1", "Dolores Whitfield");
        await ChangeAsync(await WriteAsync(browser, dolores, "rosa-m", "Monday's visit."), "kept: row.kept - 3 * 24 * 60 * 60 * 1000");

        var page = await FormAsync(browser, dolores, "rosa-m");
        await page.GetByRole(AriaRole.Button, new() { Name = "Delete it" }).ClickAsync();
        Assert.That(await DraftsAsync(page), Is.EqualTo(2), "the old one, and the new one that nobody has touched");
        await page.GetByRole(AriaRole.Button, new() { Name = "Delete it for good" }).ClickAsync();

        await Assertions.Expect(page.Locator("[data-notice]")).ToContainTextAsync("deleted from this phone");
        Assert.That(await DraftsAsync(page), Is.EqualTo(1));
    }

    [Test]
    public async Task Without_a_signal_the_form_that_was_opened_today_is_not_the_visit_of_another_day()
    {
        using var phone = new TempFolder();
        await using var browser = await OpenAsync(phone);
        var dolores = await town.SignInAsync(Role.Chw, "chw-1", "Dolores Whitfield");
        await ChangeAsync(await WriteAsync(browser, dolores, "rosa-m", "Monday's visit."), "kept: row.kept - 3 * 24 * 60 * 60 * 1000");
        var page = await FormAsync(browser, dolores, "rosa-m");
        await page.Locator("[data-offline]").WaitForAsync();
        var form = page.Url;
        var today = await page.Locator("[name=id]").InputValueAsync();

        airwaves.TurnOff();
        try
        {
            await page.GotoAsync(form);
            await Assertions.Expect(page.Locator("[data-notice]")).ToContainTextAsync("You wrote a visit for this patient on");
            await Assertions.Expect(page.Locator("[name=narrative]")).ToHaveValueAsync("");
            await Assertions.Expect(page.Locator("[name=id]")).ToHaveValueAsync(today);
            await page.GetByRole(AriaRole.Link, new() { Name = "Go on with it" }).ClickAsync();
            await Assertions.Expect(page.Locator("[name=narrative]")).ToHaveValueAsync("Monday's visit.");
            await page.GetByRole(AriaRole.Link, new() { Name = "Write a new visit instead" }).ClickAsync();
            await Assertions.Expect(page.Locator("[name=id]")).ToHaveValueAsync(today);

            await page.GotoAsync(form[..form.IndexOf("/patients/", StringComparison.Ordinal)] + "/patients");
            await page.Locator("[data-kept] li").Filter(new() { HasText = "nothing written yet" }).Locator("a").ClickAsync();
            await Assertions.Expect(page.Locator("[name=id]")).ToHaveValueAsync(today);
        }
        finally
        {
            airwaves.TurnOn();
        }
    }

    [Test]
    public async Task Without_a_signal_a_phone_whose_clock_runs_ahead_still_shows_the_visit()
    {
        using var phone = new TempFolder();
        await using var browser = await OpenAsync(phone);
        var dolores = await town.SignInAsync(Role.Chw, "chw-1", "Dolores Whitfield");
        var page = await WriteAsync(browser, dolores, "rosa-m", "Kept by the right time.");
        await page.Locator("[data-offline]").WaitForAsync();

        airwaves.TurnOff();
        try
        {
            await page.AddInitScriptAsync("{ const now = Date.now; Date.now = () => now() + 10 * 24 * 60 * 60 * 1000; }");
            await page.ReloadAsync();
            await Assertions.Expect(page.Locator("[name=narrative]")).ToHaveValueAsync("Kept by the right time.");
        }
        finally
        {
            airwaves.TurnOn();
        }
    }

    [Test]
    public async Task A_second_click_sends_nothing_twice_and_after_coming_back_it_can_be_sent_again()
    {
        using var phone = new TempFolder();
        await using var browser = await OpenAsync(phone);
        var dolores = await town.SignInAsync(Role.Chw, "chw-1", "Dolores Whitfield");
        // The page stays as it is, as when somebody comes back to it from the browser's memory.
        var page = await FormAsync(browser, dolores, "walter-b", "globalThis.sent = 0; HTMLFormElement.prototype.submit = () => { globalThis.sent++; };");
        await page.Locator("[name=narrative]").FillAsync("Sent with two clicks.");
        await page.Locator("[data-send]").DblClickAsync();
        await page.WaitForFunctionAsync("() => globalThis.sent > 0");
        await page.Locator("[data-send]").ClickAsync();
        await page.WaitForTimeoutAsync(300);
        Assert.That(await page.EvaluateAsync<int>("() => globalThis.sent"), Is.EqualTo(1));

        await page.EvaluateAsync("() => dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))");
        await page.Locator("[data-send]").ClickAsync();
        await page.WaitForFunctionAsync("() => globalThis.sent === 2");
    }

    [Test]
    public async Task A_visit_that_is_sent_after_the_session_is_over_stays_and_goes_after_the_next_sign_in()
    {
        using var phone = new TempFolder();
        await using var browser = await OpenAsync(phone);
        var dolores = await town.SignInAsync(Role.Chw, "chw-1", "Dolores Whitfield");
        var page = await FormAsync(browser, dolores, "walter-b");
        var id = await page.Locator("[name=id]").InputValueAsync();
        await page.Locator("[name=narrative]").FillAsync("Sent too late.");
        await browser.ClearCookiesAsync();
        await page.Locator("[data-send]").ClickAsync();
        await Assertions.Expect(page.Locator("[data-notice]")).ToContainTextAsync("You are signed out. The visit is on this phone, not sent.");

        var again = await FormAsync(browser, await town.SignInAsync(Role.Chw, "chw-1", "Dolores Whitfield"), "walter-b", ready: false);

        await again.WaitForURLAsync(new Regex($"/visit/{Regex.Escape(id)}$"));
    }

    [Test]
    public async Task What_the_phone_keeps_of_pages_is_of_nobody()
    {
        using var phone = new TempFolder();
        await using var browser = await OpenAsync(phone);
        var page = await LaunchAsync(browser, "rosa-m");

        var kept = await page.EvaluateAsync<string[][]>("""
            async () => { const all = []; for (const name of await caches.keys()) { const cache = await caches.open(name); for (const request of await cache.keys()) all.push([new URL(request.url).pathname, await (await cache.match(request)).text()]); } return all; }
            """);

        Assert.That(kept, Is.Not.Empty);
        Assert.That(kept.Select(one => one[0]), Has.All.Match("^/(app/assets/|app/visit-shell/|assets/)"));
        Assert.That(kept.Select(one => one[1]), Has.None.Contains("Rosa").And.None.Contains("Maldonado").And.None.Contains("rosa-m"));
        Assert.That(await page.EvaluateAsync<bool>("""
            () => new Promise(done => { const open = indexedDB.open("chwfhir-visits"); open.onsuccess = () => { open.result.transaction("keys").objectStore("keys").getAll().onsuccess = event => { open.result.close(); done(event.target.result[0].key.extractable); }; }; })
            """), Is.False);
    }

    [Test]
    public async Task Where_a_window_keeps_nothing_it_says_so_and_sends_all_the_same()
    {
        using var phone = new TempFolder();
        await using var browser = await OpenAsync(phone);
        await browser.AddInitScriptAsync("indexedDB.open = () => { throw new DOMException('no', 'SecurityError'); }; indexedDB.databases = async () => [];");
        var dolores = await town.SignInAsync(Role.Chw, "chw-1", "Dolores Whitfield");

        var page = await FormAsync(browser, dolores, "walter-b");
        await Assertions.Expect(page.Locator("[data-notice]")).ToContainTextAsync("cannot keep your words on the phone");
        await page.Locator("[name=narrative]").FillAsync("Sent at once.");
        await page.Locator("[data-send]").ClickAsync();

        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("The visit is sent");
    }

    [Test]
    public async Task Words_are_kept_as_soon_as_the_service_gives_a_key_and_nobody_is_told_so_before()
    {
        using var phone = new TempFolder();
        await using var browser = await OpenAsync(phone);
        var dolores = await town.SignInAsync(Role.Chw, "chw-1", "Dolores Whitfield");
        var page = await FormAsync(browser, dolores, "rosa-m", NoKey);
        await page.Locator("[name=narrative]").FillAsync("Before there was a key.");
        await page.EvaluateAsync("() => dispatchEvent(new Event('offline'))");
        await Assertions.Expect(page.Locator("[data-notice]")).ToContainTextAsync("cannot keep your words on the phone");

        await page.EvaluateAsync("() => { globalThis.answers = true; dispatchEvent(new Event('online')); }");
        await Saved(page);
        await page.CloseAsync();

        var again = await FormAsync(browser, dolores, "rosa-m");
        await Assertions.Expect(again.Locator("[name=narrative]")).ToHaveValueAsync("Before there was a key.");
    }

    [Test]
    public async Task Words_are_kept_with_the_key_of_before_although_the_service_does_not_answer_the_form()
    {
        using var phone = new TempFolder();
        await using var browser = await OpenAsync(phone);
        var dolores = await town.SignInAsync(Role.Chw, "chw-1", "Dolores Whitfield");
        await (await FormAsync(browser, dolores, "walter-b")).CloseAsync();

        var page = await FormAsync(browser, dolores, "rosa-m", NoKey);
        await page.Locator("[name=narrative]").FillAsync("Kept all the same.");
        await Saved(page);
        await page.CloseAsync();

        var again = await FormAsync(browser, dolores, "rosa-m");
        await Assertions.Expect(again.Locator("[name=narrative]")).ToHaveValueAsync("Kept all the same.");
    }

    [Test]
    public async Task What_is_written_before_the_service_answers_stays_beside_the_older_visit()
    {
        using var phone = new TempFolder();
        await using var browser = await OpenAsync(phone);
        var dolores = await town.SignInAsync(Role.Chw, "chw-1", "Dolores Whitfield");
        await (await WriteAsync(browser, dolores, "rosa-m", "The older visit.")).CloseAsync();

        var page = await FormAsync(browser, dolores, "rosa-m", LateKey, ready: false);
        await page.WaitForFunctionAsync("() => globalThis.answer");
        await page.Locator("[name=narrative]").FillAsync("Written at once.");
        await page.EvaluateAsync("() => globalThis.answer()");
        await page.Locator("[data-ready]").WaitForAsync();

        await Assertions.Expect(page.Locator("[name=narrative]")).ToHaveValueAsync("Written at once.");
        await Saved(page);
        await page.Locator("[data-kept] a").ClickAsync();
        await Assertions.Expect(page.Locator("[name=narrative]")).ToHaveValueAsync("The older visit.");
    }

    [Test]
    public async Task A_visit_that_the_service_refused_is_not_sent_again_unseen()
    {
        using var phone = new TempFolder();
        await using var browser = await OpenAsync(phone);
        var dolores = await town.SignInAsync(Role.Chw, "chw-1", "Dolores Whitfield");
        var page = await FormAsync(browser, dolores, "rosa-m", NoWorker);
        var form = page.Url;
        var sent = 0;
        await page.RouteAsync("**/visit/new", route =>
        {
            if (route.Request.Method != "POST")
                return route.ContinueAsync();
            sent++;
            return route.FulfillAsync(new() { Status = 403, ContentType = "text/html", Body = "<h1>Refused</h1>" });
        });
        await page.Locator("[name=narrative]").FillAsync("Refused once.");
        await page.Locator("[data-send]").ClickAsync();
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Refused");

        await page.GotoAsync(form);
        await page.Locator("[data-ready]").WaitForAsync();
        await page.WaitForTimeoutAsync(1500);

        await Assertions.Expect(page.Locator("[name=narrative]")).ToHaveValueAsync("Refused once.");
        Assert.That(sent, Is.EqualTo(1));
    }

    [Test]
    public async Task Another_form_that_does_not_go_is_not_answered_with_the_visit()
    {
        using var phone = new TempFolder();
        await using var browser = await OpenAsync(phone);
        var page = await LaunchAsync(browser, "walter-b");
        airwaves.TurnOff();
        try
        {
            await page.Locator("form.language button").ClickAsync();
            await Assertions.Expect(page.Locator("[data-visit-form]")).ToHaveCountAsync(0);
        }
        finally
        {
            airwaves.TurnOn();
        }
    }

    // What a worker sends on for its page passes by the routes of a test.
    private const string NoWorker = "Object.defineProperty(Navigator.prototype, 'serviceWorker', { value: undefined });";

    private const string NoKey = "{ const real = fetch; globalThis.fetch = (address, ...more) => String(address).endsWith('/here') && !globalThis.answers ? Promise.reject(new TypeError('no signal')) : real(address, ...more); }";

    private const string LateKey = "{ const real = fetch; globalThis.fetch = async (address, ...more) => { if (String(address).endsWith('/here') && !location.search && !globalThis.answer) await new Promise(done => { globalThis.answer = done; }); return real(address, ...more); }; }";

    private static Task SignOutAsync(IPage page) => page.GetByRole(AriaRole.Button, new() { Name = "Sign out", Exact = true }).ClickAsync();

    // Changes what the phone keeps of each visit, and closes the page that would keep it anew.
    private static async Task ChangeAsync(IPage page, string with)
    {
        await page.EvaluateAsync($$"""
            () => new Promise(done => { const open = indexedDB.open("chwfhir-visits"); open.onsuccess = () => { const drafts = open.result.transaction("drafts", "readwrite").objectStore("drafts");
            drafts.getAll().onsuccess = event => { for (const row of event.target.result) drafts.put({ ...row, {{with}} }); drafts.transaction.oncomplete = () => { open.result.close(); done(); }; }; }; })
            """);
        await page.CloseAsync();
    }

    private static string Count(string store) =>
        $$"""() => new Promise(done => { const open = indexedDB.open("chwfhir-visits"); open.onsuccess = () => { open.result.transaction("{{store}}").objectStore("{{store}}").count().onsuccess = event => { open.result.close(); done(event.target.result); }; }; })""";

    private static Task<int> DraftsAsync(IPage page) => page.EvaluateAsync<int>(Count("drafts"));

    // What stands in the form stands in the draft.
    private static async Task Saved(IPage page)
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

    private Task<IBrowserContext> OpenAsync(TempFolder phone) => playwright.Chromium.LaunchPersistentContextAsync(phone.Path, new()
    {
        ExecutablePath = chromium, Args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"], ViewportSize = new() { Width = 390, Height = 844 },
    });

    // The whole real way, from the chart.
    private async Task<IPage> LaunchAsync(IBrowserContext browser, string patient, bool ready = true)
    {
        var page = await browser.NewPageAsync();
        await page.GotoAsync($"{town.Town.EhrBaseUrl.GetLeftPart(UriPartial.Authority)}/charts/{patient}/launch?user=chw-1&in=window");
        await page.WaitForURLAsync(InTheApp());
        await page.GotoAsync($"{InTheApp().Match(page.Url).Value}/patients/{patient}/visit/new", new() { WaitUntil = WaitUntilState.Commit });
        if (ready)
            await page.Locator("[data-ready][data-offline]").WaitForAsync();
        return page;
    }

    private async Task<IPage> FormAsync(IBrowserContext browser, Visitor visitor, string patient, string? script = null, bool ready = true)
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

    private async Task<IPage> PageAsync(IBrowserContext browser, Visitor visitor, string address)
    {
        var here = visitor with { Service = service };
        await here.SitDownAsync(browser);
        var page = await browser.NewPageAsync();
        await page.GotoAsync(here.Address(address));
        await page.Locator("[data-unsent][data-told]").WaitForAsync(new() { State = WaitForSelectorState.Attached });
        return page;
    }

    private async Task<IPage> WriteAsync(IBrowserContext browser, Visitor visitor, string patient, string text)
    {
        var page = await FormAsync(browser, visitor, patient);
        await page.Locator("[name=narrative]").FillAsync(text);
        await Saved(page);
        return page;
    }

    private static bool Holds(string file, string word)
    {
        var bytes = File.ReadAllBytes(file);
        return bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(word)) >= 0 || bytes.AsSpan().IndexOf(Encoding.Unicode.GetBytes(word)) >= 0;
    }

    private static string Text(JsonNode document) =>
        string.Concat(document["content"]!.AsArray().Select(content => (string?)content!["attachment"]?["data"]).OfType<string>().Select(data => Encoding.UTF8.GetString(Convert.FromBase64String(data))));

    [GeneratedRegex("^http://localhost:\\d+/app/[A-Za-z0-9_-]{43}")]
    private static partial Regex InTheApp();
}
