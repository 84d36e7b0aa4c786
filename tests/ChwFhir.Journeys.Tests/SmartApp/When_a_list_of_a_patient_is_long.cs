using System.Net;
using System.Text.RegularExpressions;

namespace ChwFhir.Journeys.SmartApp;

/// <summary>More visits and messages than a page shows: the older ones are one link away.</summary>
internal sealed partial class When_a_list_of_a_patient_is_long : BeforeAScriptedEhr
{
    [Test]
    public async Task Each_visit_stands_on_one_page()
    {
        for (var number = 0; number < 60; number++)
            await When_somebody_asks_who_the_CHW_is.PostAsync(town.Town, $"long-{number}", "Patient/p1", """{"reference":"Practitioner/chw-9","name":"Dolores Example"}""", null, $"2026-{number / 28 + 1:00}-{number % 28 + 1:00}");
        var session = await town.LaunchAsync(browser);

        var latest = await browser.GetAsync($"{session}/patients/p1/visits");
        var older = await browser.GetAsync(WebUtility.HtmlDecode(Older().Match(latest.Text).Groups[1].Value));

        string[] first = [.. Note().Matches(latest.Text).Select(match => match.Groups[1].Value)], second = [.. Note().Matches(older.Text).Select(match => match.Groups[1].Value)];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(first, Has.Length.EqualTo(50));
            Assert.That(first.Concat(second), Is.Unique.And.EquivalentTo(Enumerable.Range(0, 60).Select(number => $"long-{number}")));
            Assert.That(older.Text, Does.Contain("Back to the latest notes").And.Not.Contain("visits?older="));
        }
    }

    [Test]
    public async Task Each_closed_message_stands_on_one_page()
    {
        for (var number = 0; number < 25; number++)
        {
            var id = await SendAsync("/api/v1/patients/p1/messages", $$"""{"id":"long-{{number}}","to":["care-team"],"text":"Message-{{number:00}}."}""", "chw");
            await SendAsync($"/api/v1/messages/{id}/close", """{"outcome":"not-needed","reason":"done"}""", "clinician");
        }
        var session = await town.LaunchAsync(browser);

        var latest = await browser.GetAsync($"{session}/patients/p1/messages");
        var older = await browser.GetAsync(WebUtility.HtmlDecode(Older().Match(latest.Text).Groups[1].Value));

        string[] all = [.. Message().Matches(latest.Text).Concat(Message().Matches(older.Text)).Select(match => match.Value)];
        Assert.That(all, Is.Unique.And.Length.EqualTo(25));
        Assert.That(older.Text, Does.Contain("Back to the latest messages"));
    }

    private async Task<string> SendAsync(string path, string body, string role)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, null, "application/json") };
        request.Headers.Add("X-Dev-Role", role);
        using var answer = await town.Town.Http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.That((int)answer.StatusCode, Is.EqualTo(202), text);
        return (string)System.Text.Json.Nodes.JsonNode.Parse(text)!["id"]!;
    }

    [GeneratedRegex("href=\"([^\"]+[?]older=[^\"]+)\"")]
    private static partial Regex Older();

    [GeneratedRegex("visits/(long-[0-9]+)\"")]
    private static partial Regex Note();

    [GeneratedRegex("Message-[0-9]{2}")]
    private static partial Regex Message();
}
