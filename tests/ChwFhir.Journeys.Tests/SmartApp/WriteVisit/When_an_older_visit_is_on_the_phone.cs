using ChwFhir.Access;
using Microsoft.Playwright;

namespace ChwFhir.Journeys.SmartApp.WriteVisit;

/// <summary>A visit that was not sent, and somebody who is at the next one.</summary>
internal sealed class When_an_older_visit_is_on_the_phone : WithAPhone
{
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
}
