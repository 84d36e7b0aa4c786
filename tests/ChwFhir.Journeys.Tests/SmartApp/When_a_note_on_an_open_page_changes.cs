using System.Globalization;
using System.Net;
using ChwFhir.Ehr;
using ChwFhir.Queue;
using ChwFhir.SmartApp.Sessions;
using Microsoft.Extensions.DependencyInjection;

namespace ChwFhir.Journeys.SmartApp;

/// <summary>The stream that tells an open page what has changed.</summary>
internal sealed class When_a_note_on_an_open_page_changes : BeforeAScriptedEhr
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    [Test]
    public async Task It_is_told_how_it_stands_and_each_change_in_numbers_and_nothing_else()
    {
        var (number, id) = await NoteAsync("live-1", "Patient/p1");
        using var http = await OpenAsync(browser, await town.LaunchAsync(browser), number.ToString(CultureInfo.InvariantCulture));
        using var stream = new StreamReader(await http.Content.ReadAsStreamAsync());

        Assert.That(http.Content.Headers.ContentType?.MediaType, Is.EqualTo("text/event-stream"));
        Assert.That(await NextAsync(stream), Is.EqualTo("beat:"), "it is open");
        var stands = await NextAsync(stream);
        Assert.That(stands, Does.Match($"^note:{number} [0-9]+$"));
        await ChangeAsync(id);
        Assert.That(await NextAsync(stream), Does.Match($"^note:{number} [0-9]+$").And.Not.EqualTo(stands));
    }

    [Test]
    public async Task It_is_told_when_the_session_is_over()
    {
        var (number, _) = await NoteAsync("live-2", "Patient/p1");
        var session = await town.LaunchAsync(browser);
        using var http = await OpenAsync(browser, session, number.ToString(CultureInfo.InvariantCulture));
        using var stream = new StreamReader(await http.Content.ReadAsStreamAsync());
        await NextAsync(stream);
        await NextAsync(stream);

        await browser.PostAsync($"{session}/sign-out", ("t", (await browser.GetAsync(session)).Field("t")));

        Assert.That(await NextAsync(stream), Is.EqualTo("ended:"));
        Assert.That(await stream.ReadLineAsync().WaitAsync(Soon), Is.Null, "nothing comes after it");
    }

    [Test]
    public async Task Notes_of_others_are_not_listened_to()
    {
        var (number, _) = await NoteAsync("live-3", "Patient/p2");

        using var answer = await OpenAsync(browser, await town.LaunchAsync(browser), $"{number},999999,x,-1");

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
    }

    [Test]
    public async Task A_session_has_a_few_streams_and_one_that_is_closed_makes_room()
    {
        var (number, _) = await NoteAsync("live-4", "Patient/p1");
        var session = await town.LaunchAsync(browser);
        List<HttpResponseMessage> open = [];
        for (var stream = 0; stream < 6; stream++)
            open.Add(await OpenAsync(browser, session, number.ToString(CultureInfo.InvariantCulture)));

        using var onemore = await OpenAsync(browser, session, number.ToString(CultureInfo.InvariantCulture));
        open.ForEach(one => one.Dispose());

        Assert.That(onemore.StatusCode, Is.EqualTo(HttpStatusCode.TooManyRequests));
        Assert.That(async () =>
        {
            using var again = await OpenAsync(browser, session, number.ToString(CultureInfo.InvariantCulture));
            return again.StatusCode;
        }, Is.EqualTo(HttpStatusCode.OK).After(15_000, 200));
    }

    [Test]
    public async Task Nobody_else_hears_it()
    {
        var (number, _) = await NoteAsync("live-5", "Patient/p1");
        var session = await town.LaunchAsync(browser);
        using var stranger = town.Browser();

        using var answer = await OpenAsync(stranger, session, number.ToString(CultureInfo.InvariantCulture));

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
    }

    private async Task<(long Number, string Id)> NoteAsync(string id, string patient)
    {
        await When_somebody_asks_who_the_CHW_is.PostAsync(town.Town, id, patient, """{"reference":"Practitioner/chw-9","name":"Dolores Example"}""", null);
        var services = town.Town.Services;
        return ((await services.GetRequiredService<NoteStore>().FindAsync(services.GetRequiredService<EhrConnection>().Id, id, CancellationToken.None))!.Number, id);
    }

    private async Task ChangeAsync(string id)
    {
        using var content = new StringContent("""{"reason":"entered-in-error"}""", null, "application/json");
        using var answer = await town.Town.Http.PostAsync($"/api/v1/visit-notes/{id}/retract", content);
        Assert.That((int)answer.StatusCode, Is.InRange(200, 202), await answer.Content.ReadAsStringAsync());
    }

    private async Task<HttpResponseMessage> OpenAsync(PlainBrowser who, string session, string notes)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, $"{session}/events?notes={notes}");
        if (who.Cookies.Count > 0)
            request.Headers.Add("Cookie", string.Join("; ", who.Cookies.Where(cookie => cookie.Name == SessionDesk.Cookie).Select(cookie => $"{cookie.Name}={cookie.Value}")));
        return await town.Town.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    private static async Task<string> NextAsync(StreamReader stream)
    {
        var said = "";
        while (await stream.ReadLineAsync().WaitAsync(Soon) is { } line && !(line.Length == 0 && said.Length > 0))
            said += line.StartsWith("event: ", StringComparison.Ordinal) ? line[7..] + ":" : line.StartsWith("data: ", StringComparison.Ordinal) ? line[6..] : "";
        return said;
    }
}
