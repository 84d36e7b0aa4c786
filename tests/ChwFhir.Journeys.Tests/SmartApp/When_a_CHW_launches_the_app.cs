namespace ChwFhir.Journeys.SmartApp;

internal sealed class When_a_CHW_launches_the_app
{
    [Test]
    public async Task What_the_site_withholds_is_not_shown_and_it_is_said_that_there_is_something()
    {
        await using var town = await LaunchedTown.StartAsync(("App__LaunchRole", "chw"), ("Auth__Withhold", "PSY, SUD"));
        foreach (var (id, label, text) in new[] { ("g1", "N", "Sit in the garden"), ("g2", "R", "Restricted goal"), ("g3", "SUD", "Goal of recovery") })
            town.Ehr.Chart[$"Goal/{id}"] = ScriptedEhr.Json($$"""{"resourceType":"Goal","id":"{{id}}","meta":{"security":[{"code":"{{label}}"} ] },"lifecycleStatus":"active","subject":{"reference":"Patient/p1"},"description":{"text":"{{text}}"} }""");
        using var browser = town.Browser();

        var page = await browser.GetAsync(await town.LaunchAsync(browser) + "/patients/p1/plan");

        Assert.That(page.Text, Does.Contain("Sit in the garden").And.Not.Contain("Restricted goal").And.Not.Contain("Goal of recovery"));
    }
}
