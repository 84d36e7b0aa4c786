using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ChwFhir.Testing;
using NUnit.Framework;

namespace ChwFhir.Journeys.Attacks;

/// <summary>XSS: markup in every text field of the fullest note, on every page that shows any of it.</summary>
internal sealed partial class When_words_of_a_note_are_markup
{
    [Test]
    public async Task It_is_shown_as_words_on_every_page_and_stands_as_words_in_the_chart()
    {
        await using var town = await Town.StartAsync();
        var note = JsonNode.Parse(await File.ReadAllTextAsync(Repository.Path("samples", "visit-notes", "full.json")))!.AsObject();
        var replaced = Markup.Replace(note);
        var id = (string)note["id"]!;
        using var posted = await town.PostNoteAsync(note.ToJsonString());
        Assert.That((int)posted.StatusCode, Is.EqualTo(202), await posted.Content.ReadAsStringAsync());
        Assert.That(replaced, Is.GreaterThan(30));
        var status = await town.SettledAsync(id);
        var references = status["resources"]!.AsArray().Select(resource => (string?)resource!["reference"]).OfType<string>().Distinct().ToList();
        var chart = new Uri(town.EhrBaseUrl, "/").AbsoluteUri.TrimEnd('/');

        List<string> pages = [$"{town.BaseUrl}", $"{town.BaseUrl}notes/{id}", $"{chart}/patients"];
        pages.AddRange(references.Append((string)status["patient"]!).Select(reference => $"{town.EhrBaseUrl.AbsoluteUri.TrimEnd('/')}/{reference}"));
        using (Assert.EnterMultipleScope())
        {
            foreach (var page in pages)
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, page);
                request.Headers.Add("Accept", "text/html");
                using var answer = await town.Http.SendAsync(request);
                var html = await answer.Content.ReadAsStringAsync();
                Assert.That(answer.Content.Headers.ContentType?.MediaType, Is.EqualTo("text/html"), page);
                Assert.That(Live().Matches(html).Select(match => match.Value), Is.Empty, page);
                Assert.That(answer.Headers.GetValues("Content-Security-Policy").Single(), Does.Not.Contain("script-src 'unsafe-inline'").And.Not.Contain("default-src *"), page);
            }
            foreach (var reference in references)
                foreach (var text in Rendered(await town.ReadFromEhrAsync(reference)))
                    Assert.That(Live().Matches(text).Select(match => match.Value), Is.Empty, reference);
            Assert.That((await town.Http.GetStringAsync($"/api/v1/visit-notes/{id}/bundle")), Does.Contain("alert(1)"), "nothing of the words is lost");
        }
    }

    [Test]
    public async Task A_refused_note_is_shown_as_words_too()
    {
        await using var town = await Town.StartAsync();
        var first = await town.Http.GetStringAsync("/");
        var token = Token().Match(first).Groups["token"].Value;

        using var answer = await town.Http.PostAsync("/?handler=Send", new FormUrlEncodedContent([new("Note", $"{{ \"id\": \"x\", \"{Markup.Attack.Replace("\"", "\\\"")}\": 1 }}</textarea>{Markup.Attack}"), new("__RequestVerificationToken", token)]));
        var html = await answer.Content.ReadAsStringAsync();

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        Assert.That(html, Does.Contain("alert(1)"), "what was sent is shown");
        Assert.That(Live().Matches(html).Select(match => match.Value), Is.Empty);
    }

    // What a browser would render: the narratives, and attachments of HTML.
    private static IEnumerable<string> Rendered(JsonObject resource)
    {
        if ((string?)resource["text"]?["div"] is { } narrative)
            yield return narrative;
        foreach (var content in resource["content"]?.AsArray() ?? [])
            if ((string?)content!["attachment"]?["contentType"] is { } type && type.Contains("html", StringComparison.Ordinal) && (string?)content["attachment"]!["data"] is { } data)
                yield return Encoding.UTF8.GetString(Convert.FromBase64String(data));
    }

    // A tag of the attack that stands as a tag.
    [GeneratedRegex("<script>alert|<img src=x|<svg onload|href=\"javascript:|<[a-z]+[^<>]*\\son(error|load)\\s*=", RegexOptions.IgnoreCase)]
    private static partial Regex Live();

    [GeneratedRegex("name=\"__RequestVerificationToken\" type=\"hidden\" value=\"(?<token>[^\"]+)\"")]
    private static partial Regex Token();
}
