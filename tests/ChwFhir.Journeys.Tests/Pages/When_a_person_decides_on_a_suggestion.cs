using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using NUnit.Framework;

namespace ChwFhir.Journeys.Pages;

/// <summary>The forms of the note page, as a browser without scripts sends them.</summary>
internal sealed partial class When_a_person_decides_on_a_suggestion
{
    private const string Words = "Subjective: They ran out of food on Sunday. Pain is 8/10.\nPlan: Will call the food pantry on Friday.";
    private Town town = null!;
    private HttpClient browser = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        town = await Town.StartAsync();
        browser = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = true }) { BaseAddress = town.BaseUrl };
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        browser.Dispose();
        await town.DisposeAsync();
    }

    [Test, CancelAfter(120_000)]
    public async Task What_is_taken_over_is_in_the_note_and_what_is_not_so_is_asked_no_more(CancellationToken cancellationToken)
    {
        var id = await SomeNoteAsync(narrative: Words);

        var taken = await PressAsync(id, "Accept", 1, cancellationToken);
        var refused = await PressAsync(id, "Refuse", 2, cancellationToken);
        var settled = await town.SettledAsync(id);
        var page = await browser.GetStringAsync(new Uri($"/notes/{id}", UriKind.Relative), cancellationToken);

        using var together = Assert.EnterMultipleScope();
        Assert.That((taken, refused), Is.EqualTo(($"302 /notes/{id}", $"302 /notes/{id}")));
        Assert.That(settled["suggestions"]!.AsArray().Select(one => (string?)one!["state"]), Is.EqualTo(new[] { "accepted", "refused", "proposed" }));
        Assert.That(settled["resources"]!.AsArray().Select(row => (string?)row!["type"]), Does.Contain("Condition").And.Not.Contain("Observation"));
        Assert.That(page, Does.Contain("Will call the food pantry on Friday").And.Not.Contain("ran out of food").And.Not.Contain("Pain is 8/10"), "only what is open");
    }

    [TestCase("Refuse", 1, "decided", "Somebody has decided on it already.")]
    [TestCase("Accept", 99, "gone", "It is not suggested any more.")]
    public async Task What_was_decided_or_is_not_there_is_said_on_the_page(string handler, int number, string not, string words)
    {
        var id = await SomeNoteAsync(narrative: Words);
        await PressAsync(id, "Accept", 1, default);

        var answer = await PressAsync(id, handler, number, default);
        var page = await browser.GetStringAsync(new Uri(answer.Split(' ')[1], UriKind.Relative));

        Assert.That((answer, page.Contains(words, StringComparison.Ordinal)), Is.EqualTo(($"302 /notes/{id}?not={not}", true)));
    }

    [Test]
    public async Task Another_site_cannot_press_the_button()
    {
        var id = await SomeNoteAsync(narrative: Words);
        using var form = new FormUrlEncodedContent([new("number", "1")]);

        using var answer = await browser.PostAsync(new Uri($"/notes/{id}?handler=Accept", UriKind.Relative), form);

        using var together = Assert.EnterMultipleScope();
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That((string?)(await town.SettledAsync(id))["suggestions"]![0]!["state"], Is.EqualTo("proposed"));
    }

    [Test]
    public async Task What_stands_in_a_held_part_is_neither_shown_nor_offered()
    {
        var note = Some.Note(narrative: "The visit went well.");
        note["sections"] = new JsonArray(new JsonObject { ["title"] = "Private", ["text"] = "They ran out of food on Sunday.", ["hold"] = new JsonObject { ["why"] = "told-in-confidence", ["for"] = new JsonArray("social-work") } });
        var id = await SomeNoteAsync(note);

        var page = await browser.GetStringAsync(new Uri($"/notes/{id}", UriKind.Relative));

        Assert.That(page, Does.Contain("It stands in a held part").And.Not.Contain("ran out").And.Not.Contain("food").And.Not.Contain("handler=Accept"));
    }

    private Task<string> SomeNoteAsync(string narrative) => SomeNoteAsync(Some.Note(narrative: narrative));

    private async Task<string> SomeNoteAsync(JsonNode note)
    {
        using var posted = await town.PostNoteAsync(note.ToJsonString());
        var id = (string)note["id"]!;
        await town.SettledAsync(id);
        return id;
    }

    private async Task<string> PressAsync(string id, string handler, int number, CancellationToken cancellationToken)
    {
        var page = await browser.GetStringAsync(new Uri($"/notes/{id}", UriKind.Relative), cancellationToken);
        using var form = new FormUrlEncodedContent([new("number", $"{number}"), new("__RequestVerificationToken", Token().Match(page).Groups["token"].Value)]);
        using var answer = await browser.PostAsync(new Uri($"/notes/{id}?handler={handler}", UriKind.Relative), form, cancellationToken);
        return $"{(int)answer.StatusCode} {answer.Headers.Location}";
    }

    [GeneratedRegex("""name="__RequestVerificationToken" type="hidden" value="(?<token>[^"]+)""")]
    private static partial Regex Token();
}
