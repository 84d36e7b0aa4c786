using System.Text.RegularExpressions;
using ChwFhir.Access;
using ChwFhir.Testing;
using Microsoft.Playwright;

namespace ChwFhir.Journeys.SmartApp.WriteVisit;

/// <summary>What is kept on it is of whoever wrote it: nobody else reads it, it goes with them, and after seven days.</summary>
internal sealed class When_several_people_use_a_phone : WithAPhone
{
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
}
