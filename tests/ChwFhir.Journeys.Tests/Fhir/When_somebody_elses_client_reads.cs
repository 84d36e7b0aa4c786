using System.Diagnostics;
using System.Text.Json.Nodes;
using ChwFhir.Journeys.Identity;
using ChwFhir.Testing;

namespace ChwFhir.Journeys.Fhir;

internal sealed class When_somebody_elses_client_reads
{
    [Test]
    public async Task SMARTs_own_client_reads_plan_messages_and_notes_with_a_token()
    {
        var script = Path.Combine(Needs.SmartClient(), "read.mjs");
        var (town, _, _) = await FhirTown.StartAsync();
        await using var open = town;
        using var seen = await town.Dolores.RawAsync(HttpMethod.Get, "/fhir/metadata", null);

        var start = new ProcessStartInfo("timeout", ["--signal=KILL", "60", "node", script]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["BASE"] = new Uri(town.Town.BaseUrl, "/fhir").AbsoluteUri;
        start.Environment["TOKEN"] = seen.RequestMessage!.Headers.Authorization!.Parameter;
        start.Environment["PATIENT"] = "rosa-m";
        using var process = Process.Start(start)!;
        var complaint = process.StandardError.ReadToEndAsync();
        var text = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.That(process.ExitCode, Is.Zero, await complaint);
        var read = JsonNode.Parse(text)!;

        using var together = Assert.EnterMultipleScope();
        Assert.That((int?)read["release"], Is.EqualTo(4));
        Assert.That((string?)read["goal"], Is.EqualTo("Sit in the garden"));
        Assert.That(read["messages"]!.AsArray().Select(one => (string?)one), Is.EqualTo(new[] { "Pain is worse at night.", "Pain is worse at night." }));
        Assert.That(string.Concat(read["notes"]!.AsArray().Select(one => (string?)one)), Does.Contain("First visit at the kitchen table.").And.Contain("Second visit."));
    }
}
