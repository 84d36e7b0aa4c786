using System.Text.Json;

namespace ChwFhir.Journeys.Identity;

internal sealed class When_the_panel_file_changes
{
    [Test]
    public async Task It_counts_within_seconds_and_a_faulty_one_leaves_the_last_good_one_in_force()
    {
        await using var town = await PanelTown.StartAsync();
        var before = await CountAsync(town);

        await File.WriteAllTextAsync(town.File, JsonSerializer.Serialize(new { dolores = new { role = "chw", practitioner = "Practitioner/chw-1", patients = new[] { "Patient/rosa-m", "Patient/walter-b" } } }));
        await Task.Delay(1200);
        var after = await CountAsync(town);
        await File.WriteAllTextAsync(town.File, """{ "dolores": { "role": "chw", "patients": ["rosa-m"] } }""");
        await Task.Delay(1200);
        var kept = await CountAsync(town);

        using var together = Assert.EnterMultipleScope();
        Assert.That((before, after, kept), Is.EqualTo((0, 1, 1)));
        Assert.That(town.Town.Log.Text, Does.Contain("Auth__PanelFile has changed and has faults").And.Not.Contain("rosa-m"));
    }

    private static async Task<int> CountAsync(PanelTown town) => (await town.Dolores.PostAsync("/api/v1/patients/search", """{ "name": "Bailey" }""")).Body!["items"]!.AsArray().Count;
}
