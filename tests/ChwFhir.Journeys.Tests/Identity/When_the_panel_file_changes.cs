using System.Text.Json;
using ChwFhir.Access;
using ChwFhir.Journeys.Audit;
using ChwFhir.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace ChwFhir.Journeys.Identity;

internal sealed class When_the_panel_file_changes
{
    [Test]
    public async Task It_counts_within_seconds_and_a_faulty_one_leaves_the_last_good_one_in_force()
    {
        await using var town = await PanelTown.StartAsync();
        var before = await CountAsync(town);

        await File.WriteAllTextAsync(town.File, JsonSerializer.Serialize(new { dolores = new { role = "chw", practitioner = "Practitioner/chw-1", patients = new[] { "Patient/rosa-m", "Patient/walter-b" } } }));
        await Eventually.ItIsAsync(async () => await CountAsync(town) == 1 ? town : null);
        await File.WriteAllTextAsync(town.File, """{ "dolores": { "role": "chw", "patients": ["rosa-m"] } }""");
        // It is read when somebody asks; once its faults are in the log it has been read.
        await Eventually.ItIsAsync(async () => await CountAsync(town) >= 0 && town.Town.Log.Text.Contains("Auth__PanelFile has changed and has faults", StringComparison.Ordinal) ? town : null);
        var kept = await CountAsync(town);

        using var together = Assert.EnterMultipleScope();
        Assert.That((before, kept), Is.EqualTo((0, 1)));
        Assert.That(town.Town.Log.Text, Does.Not.Contain("rosa-m"));
    }

    /// <summary>As Kubernetes mounts a secret: what is put in another's place is a folder, and the links themselves never change.</summary>
    [Test]
    public void It_counts_also_behind_links()
    {
        var folder = Directory.CreateTempSubdirectory("chwfhir-panel").FullName;
        try
        {
            foreach (var (version, patient) in new[] { ("..1", "Patient/rosa-m"), ("..2", "Patient/walter-b") })
            {
                Directory.CreateDirectory(Path.Combine(folder, version));
                File.WriteAllText(Path.Combine(folder, version, "panel.json"), JsonSerializer.Serialize(new { dolores = new { role = "chw", patients = new[] { patient } } }));
                File.SetLastWriteTimeUtc(Path.Combine(folder, version, "panel.json"), new DateTime(2026, 11, version[^1] - '0', 0, 0, 0, DateTimeKind.Utc));
            }
            var current = Directory.CreateSymbolicLink(Path.Combine(folder, "..data"), "..1");
            var path = File.CreateSymbolicLink(Path.Combine(folder, "panel.json"), Path.Combine("..data", "panel.json")).FullName;
            var clock = new FakeClock(DateTimeOffset.UnixEpoch);
            var file = new PanelFile(Options.Create(new AccessOptions { PanelFile = path }), clock, NullLogger<PanelFile>.Instance);
            var before = file.Of("dolores")!.Patients.Single();

            current.Delete();
            Directory.CreateSymbolicLink(Path.Combine(folder, "..data"), "..2");
            clock.Advance(TimeSpan.FromSeconds(2));

            Assert.That((before, file.Of("dolores")!.Patients.Single()), Is.EqualTo(("Patient/rosa-m", "Patient/walter-b")));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<int> CountAsync(PanelTown town) => (await town.Dolores.PostAsync("/api/v1/patients/search", """{ "name": "Bailey" }""")).Body!["items"]!.AsArray().Count;
}
