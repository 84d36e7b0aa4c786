using System.Net.Http.Json;
using System.Text.Json.Nodes;
using ChwFhir.Testing;
using NUnit.Framework;

namespace ChwFhir.Journeys.Api;

internal sealed class When_an_example_of_the_API_page_is_pressed
{
    private Town town = null!;
    private JsonNode paths = null!;

    public static IEnumerable<string> Samples() => Directory.EnumerateFiles(Repository.Path("samples", "visit-notes"), "*.json").Select(Path.GetFileNameWithoutExtension).Order()!;

    [OneTimeSetUp]
    public async Task Start()
    {
        town = await Town.StartAsync();
        paths = (await town.Http.GetFromJsonAsync<JsonObject>("/swagger/v1/swagger.json"))!["paths"]!;
    }

    [OneTimeTearDown]
    public async Task Stop() => await town.DisposeAsync();

    [TestCaseSource(nameof(Samples))]
    public async Task The_note_is_taken_and_written(string sample)
    {
        var note = Example("/api/v1/visit-notes", sample);
        using var answer = await town.PostNoteAsync(note.ToJsonString());
        Assert.That((int)answer.StatusCode, Is.EqualTo(202), await answer.Content.ReadAsStringAsync());

        var settled = await town.SettledAsync((string)note["id"]!);
        Assert.That((string?)settled["state"], Is.EqualTo("written"), settled.ToJsonString());
    }

    [TestCaseSource(nameof(Samples))]
    public async Task The_preview_shows_it(string sample)
    {
        using var answer = await town.Http.PostAsync("/api/v1/visit-notes/preview", JsonContent.Create(Example("/api/v1/visit-notes/preview", sample)));

        Assert.That((int)answer.StatusCode, Is.EqualTo(200), await answer.Content.ReadAsStringAsync());
    }

    [TestCase("name")]
    [TestCase("nameAndBirthDate")]
    [TestCase("identifier")]
    public async Task The_patient_is_found(string example)
    {
        using var answer = await town.Http.PostAsync("/api/v1/patients/search", JsonContent.Create(Example("/api/v1/patients/search", example)));
        var found = await answer.Content.ReadFromJsonAsync<JsonObject>();

        Assert.That(found!["items"]!.AsArray(), Is.Not.Empty);
    }

    private JsonNode Example(string path, string name) => paths[path]!["post"]!["requestBody"]!["content"]!["application/json"]!["examples"]![name]!["value"]!;
}
