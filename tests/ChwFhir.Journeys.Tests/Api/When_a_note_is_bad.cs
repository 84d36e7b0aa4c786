using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using ChwFhir.Testing;

namespace ChwFhir.Journeys.Api;

/// <summary>Each bad note of the table, sent to the running service over HTTP.</summary>
internal sealed class When_a_note_is_bad
{
    private Town town = null!;

    [OneTimeSetUp]
    public async Task StartTheTown() => town = await Town.StartAsync();

    [OneTimeTearDown]
    public async Task StopTheTown() => await town.DisposeAsync();

    [TestCase("")]
    [TestCase("/preview")]
    public async Task It_is_refused_with_every_fault_in_its_place_and_the_next_good_one_is_taken(string route)
    {
        var notes = BadNotes.All.ToList();
        Assert.That(notes, Has.Count.GreaterThanOrEqualTo(60));
        using (Assert.EnterMultipleScope())
            foreach (var bad in notes)
            {
                var (status, mediaType, problem) = await SendAsync(route, bad.Body());

                Assert.That(status, Is.EqualTo(bad.Status), bad.Name);
                Assert.That(mediaType, Is.EqualTo("application/problem+json"), bad.Name);
                Assert.That((int)problem["status"]!, Is.EqualTo(bad.Status), bad.Name);
                if (bad.Status == 422)
                    Assert.That(problem["errors"]!.AsArray().Select(error => ((string)error!["pointer"]!, (string)error["code"]!)), Is.EquivalentTo(bad.Faults), bad.Name);
                Assert.That(problem.ToJsonString(), Does.Not.Contain("   at "), bad.Name);
            }

        var good = SomeNote.Small().Set("/id", $"\"good-after-bad{route.Length}\"").Set("/patient", """{"reference":"Patient/rosa-m"}""").Set("/visit/encounter", """{"reference":"Encounter/rosa-m-home-1"}""").Set("/author", """{"reference":"Practitioner/chw-1"}""").Bytes();
        var (taken, _, answer) = await SendAsync(route, good);
        Assert.That(taken, Is.EqualTo(route.Length == 0 ? 202 : 200), answer.ToJsonString());
    }

    private async Task<(int Status, string? MediaType, JsonNode Body)> SendAsync(string route, byte[] note)
    {
        using var content = new ByteArrayContent(note);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var answer = await town.Http.PostAsync($"/api/v1/visit-notes{route}", content);
        return ((int)answer.StatusCode, answer.Content.Headers.ContentType?.MediaType, JsonNode.Parse(await answer.Content.ReadAsStringAsync())!);
    }
}
