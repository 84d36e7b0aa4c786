using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using NUnit.Framework;

namespace ChwFhir.Journeys.CareTeam;

internal sealed class When_a_stat_message_cannot_wait
{
    [Test]
    public async Task It_is_in_the_inbox_and_at_the_webhook_within_a_second_of_the_202_on_the_strict_server_with_the_EHR_down()
    {
        await using var webhook = await SomeWebhook.StartAsync();
        await using var town = await Town.StartAsync(("Ehr__Sandbox__Capabilities", "epic"), ("CareTeam__Notify__Webhook", webhook.Url));
        await town.Sandbox!.DisposeAsync();
        var note = Inbox.Note("stat");

        using var answer = await town.PostNoteAsync(note.ToJsonString());
        var accepted = Stopwatch.GetTimestamp();
        var inbox = await town.Http.InboxAsync("nurse");
        var inboxAfter = Stopwatch.GetElapsedTime(accepted);
        var told = (await webhook.CalledAsync(1)).Single();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Accepted));
            Assert.That((string?)inbox.Single()["text"], Is.EqualTo("He cannot swallow since this morning."));
            Assert.That((string?)inbox.Single()["noteState"], Is.AnyOf("queued", "writing"));
            Assert.That(inboxAfter, Is.LessThan(TimeSpan.FromSeconds(1)));
            Assert.That(Stopwatch.GetElapsedTime(accepted, told.At), Is.LessThan(TimeSpan.FromSeconds(1)));
        }
    }

    [Test]
    public async Task The_webhook_hears_that_there_is_a_message_and_nothing_of_the_patient()
    {
        await using var webhook = await SomeWebhook.StartAsync();
        await using var town = await Town.StartAsync(("CareTeam__Notify__Webhook", webhook.Url), ("PublicUrl", "https://chw.clinic.example"));
        var note = Inbox.Note("stat", text: "MARKER in the words");
        note["id"] = "MARKER-id";

        using var answer = await town.PostNoteAsync(note.ToJsonString());
        var told = JsonNode.Parse((await webhook.CalledAsync(1)).Single().Body)!.AsObject();
        var message = (await town.Http.InboxAsync("nurse")).Single();

        using (Assert.EnterMultipleScope())
        {
            Assert.That((string?)told["text"], Is.EqualTo("You have a message about a patient"));
            Assert.That((string?)told["link"], Is.EqualTo($"https://chw.clinic.example/app/messages/{message["id"]}"));
            Assert.That(told.ToJsonString(), Does.Not.Contain("MARKER").And.Not.Contain("thomas-n").And.Not.Contain("Thomas"));
            Assert.That(town.Log.Text, Does.Not.Contain("MARKER").And.Not.Contain("thomas-n"));
            Assert.That(await town.Http.GetStringAsync("/metrics"), Does.Contain("chwfhir_messages").And.Not.Contain("MARKER").And.Not.Contain("thomas-n"));
        }
    }

    [Test]
    public async Task A_webhook_that_is_down_holds_up_nothing_and_is_told_under_the_same_id_later()
    {
        await using var webhook = await SomeWebhook.StartAsync();
        webhook.Status = 503;
        await using var town = await Town.StartAsync(("CareTeam__Notify__Webhook", webhook.Url), ("CareTeam__Notify__FirstWait", "00:00:00.1"));
        var note = Inbox.Note("urgent");

        using var answer = await town.PostNoteAsync(note.ToJsonString());
        await webhook.CalledAsync(2);
        var written = await town.SettledAsync((string)note["id"]!);
        webhook.Status = 200;
        var calls = await webhook.CalledAsync(3);
        var status = await town.StatusAsync((string)note["id"]!);
        for (var patience = 0; patience < 200 && (string?)status["messages"]![0]!["reach"] != "notified"; patience++)
        {
            await Task.Delay(20);
            status = await town.StatusAsync((string)note["id"]!);
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That((string?)written["state"], Is.EqualTo("written"));
            Assert.That(calls.Select(call => call.Id).Distinct().Count(), Is.EqualTo(1));
            Assert.That(calls[0].Id, Is.Not.Empty);
            Assert.That((string?)status["messages"]![0]!["reach"], Is.EqualTo("notified"));
        }
    }
}
