using System.Net;

namespace ChwFhir.Journeys.SmartApp;

internal sealed class When_time_runs_out_for_a_session
{
    private readonly ClockAhead clock = new();
    private LaunchedTown town = null!;
    private PlainBrowser browser = null!;

    [OneTimeSetUp]
    public async Task Start() => town = await LaunchedTown.StartAsync(clock, ("App__IdleLimit", "PT10M"), ("App__SessionLimit", "PT30M"));

    [OneTimeTearDown]
    public async Task Stop()
    {
        if (town is not null)
            await town.DisposeAsync();
    }

    [SetUp]
    public void Fresh()
    {
        browser = town.Browser();
        town.Ehr.IdToken = descriptor =>
        {
            (descriptor.IssuedAt, descriptor.Expires) = (clock.GetUtcNow().UtcDateTime, clock.GetUtcNow().AddMinutes(5).UtcDateTime);
            return new Microsoft.IdentityModel.JsonWebTokens.JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(descriptor);
        };
    }

    [TearDown]
    public void Leave() => browser?.Dispose();

    [Test]
    public async Task It_ends_when_nobody_has_come_by_for_the_idle_limit()
    {
        var session = await town.LaunchAsync(browser);

        clock.Advance(TimeSpan.FromMinutes(9));
        var within = await browser.GetAsync(session);
        clock.Advance(TimeSpan.FromMinutes(11));
        var beyond = await browser.GetAsync(session);

        Assert.That((within.Status, beyond.Status), Is.EqualTo((HttpStatusCode.OK, HttpStatusCode.Unauthorized)));
        Assert.That(beyond.Text, Does.Contain("Your session has ended").And.Not.Contain("Rosa"));
    }

    [Test]
    public async Task It_ends_at_its_limit_however_often_somebody_comes_by()
    {
        var session = await town.LaunchAsync(browser);
        List<HttpStatusCode> seen = [];

        for (var visit = 0; visit < 4; visit++)
        {
            clock.Advance(TimeSpan.FromMinutes(8));
            seen.Add((await browser.GetAsync(session)).Status);
        }

        Assert.That(seen, Is.EqualTo(new[] { HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.Unauthorized }));
    }

    [Test]
    public async Task What_a_page_asks_by_itself_keeps_it_from_nothing()
    {
        var session = await town.LaunchAsync(browser);

        for (var minute = 0; minute < 4; minute++)
        {
            clock.Advance(TimeSpan.FromMinutes(3));
            await browser.GetAsync($"{session}/patients/p1/live/note/1");
        }

        Assert.That((await browser.GetAsync(session)).Status, Is.EqualTo(HttpStatusCode.Unauthorized));
    }

    [Test]
    public async Task A_text_that_comes_too_late_is_shown_again_and_sent_to_nobody()
    {
        var session = await town.LaunchAsync(browser);
        var form = (await browser.GetAsync(session)).Field("t");
        clock.Advance(TimeSpan.FromMinutes(11));

        var page = await browser.PostAsync($"{session}/patients/p1/messages", ("t", form), ("text", "She asked about <the> tablets"));
        var again = await browser.GetAsync(await town.LaunchAsync(browser));

        Assert.That(page.Status, Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That(WebUtility.HtmlDecode(page.Text), Does.Contain("She asked about <the> tablets</textarea>"));
        Assert.That(again.Text, Does.Not.Contain("tablets"));
    }
}
