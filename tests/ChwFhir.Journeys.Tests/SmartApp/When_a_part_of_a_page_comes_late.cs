using ChwFhir.Access;
using ChwFhir.Queue;
using ChwFhir.SmartApp.Chart;
using ChwFhir.SmartApp.MyChw;
using ChwFhir.SmartApp.Pages;
using ChwFhir.SmartApp.Patients;
using ChwFhir.SmartApp.Sessions;
using ChwFhir.SmartApp.Speech;
using ChwFhir.Testing;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace ChwFhir.Journeys.SmartApp;

/// <summary>A slow answer of the chart never holds a page.</summary>
internal sealed class When_a_part_of_a_page_comes_late : BeforeAScriptedEhr
{
    [Test]
    public async Task What_is_there_in_time_is_shown()
    {
        var html = await ShowAsync(Task.FromResult("nine medicines"), TimeSpan.Zero);

        Assert.That(html, Does.Contain("nine medicines").And.Not.Contain("data-late"));
    }

    [Test]
    public async Task What_is_not_says_so_with_a_link_and_where_it_comes_from()
    {
        var html = await ShowAsync(new TaskCompletionSource<string>().Task, TimeSpan.FromMilliseconds(20));

        Assert.That(html, Does.Contain("Still reading: Medicines").And.Contain("data-late=\"/app/s-1/patients/p1/parts/medicines\"").And.Contain("href=\"/app/s-1/patients/p1/before?wait#part-medicines\"").And.Contain("aria-busy=\"true\""));
    }

    [Test]
    public async Task What_comes_while_somebody_waits_is_shown()
    {
        var coming = new TaskCompletionSource<string>();
        var shown = ShowAsync(coming.Task, TimeSpan.FromSeconds(20));
        coming.SetResult("nine medicines");

        Assert.That(await shown.WaitAsync(TimeSpan.FromSeconds(10)), Does.Contain("nine medicines"));
    }

    [Test]
    public async Task What_stands_beneath_the_first_screen_holds_no_page()
    {
        var clock = new FakeClock(DateTimeOffset.UnixEpoch);

        var shown = ShowAsync(new TaskCompletionSource<string>().Task, TimeSpan.FromSeconds(1.5), isBelow: true, clock);
        await SleepsAsync(clock, shown);
        clock.Advance(TimeSpan.FromMilliseconds(50));

        Assert.That(await shown.WaitAsync(TimeSpan.FromSeconds(20)), Does.Contain("Still reading: Medicines"));
    }

    [Test]
    public async Task Whoever_waits_has_that_too()
    {
        var coming = new TaskCompletionSource<string>();
        var clock = new FakeClock(DateTimeOffset.UnixEpoch);
        var shown = ShowAsync(coming.Task, TimeSpan.FromSeconds(20), isBelow: true, clock);
        await SleepsAsync(clock, shown);
        clock.Advance(TimeSpan.FromSeconds(19));
        coming.SetResult("nine medicines");

        Assert.That(await shown.WaitAsync(TimeSpan.FromSeconds(10)), Does.Contain("nine medicines"));
    }

    [Test]
    public async Task What_broke_says_so_and_keeps_nothing_else_away()
    {
        var html = await ShowAsync(Task.FromException<string>(new InvalidOperationException("secret")), TimeSpan.FromSeconds(1));

        Assert.That(html, Does.Contain("did not come: Medicines").And.Not.Contain("secret").And.Not.Contain("data-late"));
    }

    private static async Task SleepsAsync(FakeClock clock, Task shown)
    {
        while (clock.Waiting == 0 && !shown.IsCompleted)
            await Task.Delay(5);
    }

    private async Task<string> ShowAsync(Task<string> part, TimeSpan patience, bool isBelow = false, TimeProvider? clock = null)
    {
        var session = new OpenSession(new AppSessionRow("s-1", "", 1, ReadOnlyMemory<byte>.Empty, default, default), new Session { Kind = CallerKind.SmartLaunch, Iss = "https://ehr.example", Subject = "s", Name = "n", Roles = [], FormToken = "t" })
        {
            Address = "/app/s-1/patients/p1/before",
        };
        var here = new PatientHere(session, "p1", Wording.English, clock ?? TimeProvider.System, () => Task.FromResult(new Part<Person>([], PartState.Whole)), () => Task.FromResult(new PatientStanding(0, 0, null, false))) { Patience = patience };
        var result = await town.Town.Services.GetRequiredService<Screens>().ShowAsync<LatePart<string>>(
            here, ("Name", "medicines"), ("What", "Medicines"), ("Of", part), ("IsBelow", isBelow), ("ChildContent", (RenderFragment<string>)(words => builder => builder.AddContent(0, words))));
        var context = new DefaultHttpContext { RequestServices = town.Town.Services, Response = { Body = new MemoryStream() } };
        await result.ExecuteAsync(context);
        context.Response.Body.Position = 0;
        return System.Net.WebUtility.HtmlDecode(await new StreamReader(context.Response.Body).ReadToEndAsync());
    }
}
