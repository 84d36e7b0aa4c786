using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ChwFhir.Access;
using Microsoft.Playwright;

namespace ChwFhir.Journeys.SmartApp.WriteVisit;

/// <summary>A phone that loses its signal, is put away and taken out again: the visit is on it, and it is sent once.</summary>
internal sealed class When_there_is_no_signal_at_a_visit : WithAPhone
{
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
        var asked = 0;
        page.Request += (_, request) => asked += request.Url.EndsWith("/here", StringComparison.Ordinal) ? 1 : 0;
        await page.Locator("[data-send]").ClickAsync();
        // What is done at this comes after what was done at the click, and whoever sends begins by asking.
        await page.EvaluateAsync("() => dispatchEvent(new Event('offline'))");
        await Assertions.Expect(page.Locator("[data-notice]")).ToContainTextAsync("No signal");
        Assert.That((await page.EvaluateAsync<int>("() => globalThis.sent"), asked), Is.EqualTo((1, 0)));

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

        var asked = 0;
        page.Request += (_, request) => asked += request.Url.EndsWith("/here", StringComparison.Ordinal) || request.Url.EndsWith("/signal", StringComparison.Ordinal) ? 1 : 0;
        await page.GotoAsync(form);
        await page.Locator("[data-ready]").WaitForAsync();

        await Assertions.Expect(page.Locator("[name=narrative]")).ToHaveValueAsync("Refused once.");
        Assert.That((asked, sent), Is.EqualTo((1, 1)), "the form asks who is there as it begins; whoever sends would have asked again by now");
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
}
