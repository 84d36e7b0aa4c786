using System.Net;
using System.Text.Json.Nodes;
using ChwFhir.Queue;
using Microsoft.Extensions.DependencyInjection;

namespace ChwFhir.Journeys.Delivery;

/// <summary>Its transport copies are cleared away; for whoever asks, nothing has changed.</summary>
internal sealed class When_a_note_was_written_long_ago
{
    [TestCase(false)]
    [TestCase(true)]
    public async Task It_answers_as_before_and_the_same_note_sent_again_is_written_once(bool amended)
    {
        await using var town = await Town.StartAsync();
        var note = Some.Note();
        var id = (string)note["id"]!;
        using var taken = await town.PostNoteAsync(note.ToJsonString());
        var status = await town.SettledAsync(id);
        if (amended)
        {
            note["narrative"] = "Talked on the porch.";
            using var present = await town.Http.GetAsync($"/api/v1/visit-notes/{id}");
            using var request = new HttpRequestMessage(HttpMethod.Put, $"/api/v1/visit-notes/{id}") { Content = new StringContent(note.ToJsonString(), null, "application/json") };
            request.Headers.TryAddWithoutValidation("If-Match", present.Headers.ETag!.ToString());
            using var answer = await town.Http.SendAsync(request);
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Accepted));
            status = await town.SettledAsync(id);
        }
        Assert.That(status["resources"]!.AsArray().Select(one => (string?)one!["state"]).Distinct(), Is.SubsetOf(new[] { "written", "existing" }), "the EHR has all of it");
        var before = await EverythingAsync(town, id);
        var documents = await town.DocumentsAsync("Patient/thomas-n");
        var store = town.Services.GetRequiredService<NoteStore>();
        var number = (await store.FindAsync(town.EhrBaseUrl.AbsoluteUri.TrimEnd('/'), id, default))!.Number;

        var (pruned, _) = await store.PruneAsync(0, DateTimeOffset.UtcNow.AddHours(1), 100, default);
        var copy = (await store.ReadContentAsync(number, default)).Bundle;
        var after = await EverythingAsync(town, id);
        using var again = await town.PostNoteAsync(note.ToJsonString());
        // Whatever it were taken for anew would be written before a later note is.
        var later = Some.Note("Patient/walter-b");
        using var posted = await town.PostNoteAsync(later.ToJsonString());
        await town.SettledAsync((string)later["id"]!);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((pruned, copy), Is.EqualTo((1, (ReadOnlyMemory<byte>?)null)));
            Assert.That(after, Is.EqualTo(before), "status, plan, history and Bundle");
            Assert.That(again.StatusCode, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(await town.DocumentsAsync("Patient/thomas-n"), Is.EqualTo(documents).And.Positive);
        }
    }

    private static async Task<string> EverythingAsync(Town town, string id) => string.Join('\n', await Task.WhenAll(
        new[] { "", "/plan", "/history", "/bundle" }.Select(part => town.Http.GetStringAsync($"/api/v1/visit-notes/{id}{part}"))));
}
