using System.Net;
using System.Text.Json.Nodes;
using ChwFhir.Testing;
using NUnit.Framework;

namespace ChwFhir.Journeys.CareTeam;

internal sealed class When_people_are_told_outside
{
    [Test]
    public async Task A_mail_says_that_there_is_a_message_and_nothing_of_the_patient()
    {
        await using var mail = new SomeMailServer();
        await using var town = await Town.StartAsync(("CareTeam__Notify__Smtp", mail.Url), ("CareTeam__Mail__nurse", "nurses@clinic.example"), ("PublicUrl", "https://chw.clinic.example"));
        var note = Inbox.Note("stat", text: "MARKER in the words");

        using var answer = await town.PostNoteAsync(note.ToJsonString());
        var (to, text) = (await mail.MailedAsync(1)).Single();
        var message = (await town.Http.InboxAsync("nurse")).Single();
        await ReachesAsync(town, note, "notified");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(to, Is.EqualTo("nurses@clinic.example"));
            Assert.That(text, Does.Contain("You have a message about a patient").And.Contain("From: chw@clinic.example").And.Contain("Message-ID: <chwfhir-notification-"));
            Assert.That(text.Replace("=\n", "", StringComparison.Ordinal), Does.Contain($"https://chw.clinic.example/app/messages/{message["id"]}"));
            Assert.That(text, Does.Not.Contain("MARKER").And.Not.Contain("thomas-n").And.Not.Contain("Thomas"));
        }
    }

    [Test]
    public async Task A_mail_that_the_server_does_not_take_now_is_sent_again_under_the_same_id()
    {
        await using var mail = new SomeMailServer { AtTheEnd = "451 try later" };
        await using var town = await Town.StartAsync(("CareTeam__Notify__Smtp", mail.Url), ("CareTeam__Mail__nurse", "nurses@clinic.example"), ("CareTeam__Notify__FirstWait", "00:00:00.1"));
        var note = Inbox.Note("stat");

        using var answer = await town.PostNoteAsync(note.ToJsonString());
        await mail.MailedAsync(2);
        mail.AtTheEnd = "250 taken";
        await ReachesAsync(town, note, "notified");
        var ids = MessageIds(mail);
        using var next = await town.PostNoteAsync(Inbox.Note("stat").ToJsonString());
        await mail.MailedAsync(ids.Count + 1);
        var all = MessageIds(mail);

        Assert.That(ids.Distinct().Count(), Is.EqualTo(1));
        Assert.That(all[ids.Count..], Is.All.Not.EqualTo(ids[0]), "taken once, it is not sent again");
    }

    [Test]
    public async Task A_webhook_that_answers_nothing_holds_up_neither_mail_nor_the_next_message()
    {
        await using var mail = new SomeMailServer();
        await using var webhook = await SomeWebhook.StartAsync();
        webhook.Hangs = true;
        await using var town = await Town.StartAsync(
            ("CareTeam__Notify__Webhook", webhook.Url), ("CareTeam__Notify__Timeout", "00:00:20"), ("CareTeam__Notify__Smtp", mail.Url), ("CareTeam__Mail__nurse", "nurses@clinic.example"));
        using var first = await town.PostNoteAsync(Inbox.Note("stat").ToJsonString());
        await webhook.CalledAsync(1);
        await mail.MailedAsync(1);

        var start = System.Diagnostics.Stopwatch.GetTimestamp();
        using var second = await town.PostNoteAsync(Inbox.Note("stat").ToJsonString());
        await mail.MailedAsync(2);
        await webhook.CalledAsync(2);

        Assert.That(System.Diagnostics.Stopwatch.GetElapsedTime(start), Is.LessThan(TimeSpan.FromSeconds(5)));
        Assert.That(first.StatusCode, Is.EqualTo(HttpStatusCode.Accepted));
    }

    [TestCase(500)]
    [TestCase(302)]
    [TestCase(307)]
    public async Task A_webhook_that_fails_or_sends_us_elsewhere_is_asked_again_under_the_same_id_and_nobody_else_is(int status)
    {
        await using var webhook = await SomeWebhook.StartAsync();
        webhook.Status = status;
        await using var town = await Town.StartAsync(("CareTeam__Notify__Webhook", webhook.Url), ("CareTeam__Notify__FirstWait", "00:00:00.1"));
        var note = Inbox.Note("stat");

        using var answer = await town.PostNoteAsync(note.ToJsonString());
        await webhook.CalledAsync(2);
        var before = (string?)(await town.StatusAsync((string)note["id"]!))["messages"]![0]!["reach"];
        webhook.Status = 204;
        await ReachesAsync(town, note, "notified");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(before, Is.EqualTo("waiting"));
            Assert.That(webhook.Calls.Select(call => call.Id).Distinct().Count(), Is.EqualTo(1));
            Assert.That(webhook.Elsewhere, Is.False);
        }
    }

    [Test]
    public async Task Killed_between_a_rung_and_its_notification_the_service_tells_it_once_under_one_id()
    {
        await using var webhook = await SomeWebhook.StartAsync();
        webhook.Hangs = true;
        var folder = Directory.CreateTempSubdirectory("chwfhir-rung").FullName;
        (string, string)[] settings =
        [
            ("Ehr__Sandbox__Url", $"http://localhost:{Ports.Free()}"), ("CareTeam__Notify__Webhook", webhook.Url), ("CareTeam__Notify__Timeout", "00:00:01"), ("CareTeam__Notify__FirstWait", "00:00:00.2"), ("CareTeam__OnCall", "palliative-care"), ("CareTeam__Due__Stat", "PT2S"),
        ];
        var port = Ports.Free();
        var note = Inbox.Note("stat");
        try
        {
            await using (var first = await ApiProcess.StartAsync(folder, port, settings))
            {
                using var content = new StringContent(note.ToJsonString(), null, "application/json");
                using var answer = await first.Http.PostAsync("/api/v1/visit-notes", content);
                Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Accepted), await answer.Content.ReadAsStringAsync());
                await ToldAsync(webhook, "palliative-care");
                // The rung is on disk, the webhook has heard of it and has answered nothing.
                await first.KillAsync();
            }
            webhook.Hangs = false;
            await using var second = await ApiProcess.StartAsync(folder, port, settings);
            JsonNode status;
            do
            {
                await Task.Delay(50);
                status = JsonNode.Parse(await second.Http.GetStringAsync($"/api/v1/visit-notes/{note["id"]}"))!;
            }
            while ((string?)status["messages"]![0]!["reach"] == "waiting");
            await Task.Delay(4000);

            var calls = webhook.Calls.Select(call => (call.Id, For: (string?)JsonNode.Parse(call.Body)!["for"]![0])).ToList();
            using (Assert.EnterMultipleScope())
            {
                Assert.That(calls.Distinct(), Is.EquivalentTo(calls.Select(call => call.For).Distinct().Select(who => calls.First(call => call.For == who))), "one id for each rung");
                Assert.That(calls.Select(call => call.For).Distinct(), Is.EquivalentTo(new[] { "nurse", "palliative-care" }));
                Assert.That(status["messages"]!.AsArray(), Has.Count.EqualTo(1));
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static List<string> MessageIds(SomeMailServer mail) => [.. mail.Mails.Select(one => one.Text.Split('\n').Single(line => line.StartsWith("Message-ID:", StringComparison.Ordinal)))];

    private static async Task ToldAsync(SomeWebhook webhook, string who)
    {
        for (var patience = 0; !webhook.Calls.Any(call => call.Body.Contains(who, StringComparison.Ordinal)); patience++)
        {
            Assert.That(patience, Is.LessThan(1000), "the message did not climb");
            await Task.Delay(20);
        }
    }

    private static async Task ReachesAsync(Town town, JsonObject note, string reach)
    {
        for (var patience = 0; (string?)(await town.StatusAsync((string)note["id"]!))["messages"]![0]!["reach"] != reach; patience++)
        {
            Assert.That(patience, Is.LessThan(500), $"not {reach}");
            await Task.Delay(20);
        }
    }
}
