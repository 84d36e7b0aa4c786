using System.Text.Json.Nodes;
using ChwFhir.Testing;
using NUnit.Framework;

namespace ChwFhir.Journeys.Tests.Sandbox;

public sealed class When_the_sandbox_starts_for_the_first_time
{
    [TestCase("rosa-m", "1963-04-02", "Maldonado")]
    [TestCase("walter-b", "1955-01-19", "Bailey")]
    [TestCase("evelyn-h", "1942-08-30", "Hart")]
    [TestCase("lucia-v", "1968-12-13", "Vargas Ortega")]
    [TestCase("thomas-n", "1977-05-08", "Nyberg")]
    [TestCase("george-t", "1951-09-25", "Tanaka")]
    [TestCase("jaylen-p", "2011-03-14", "Price")]
    [TestCase("anna-larsen", "1957-06-12", "Larsen")]
    [TestCase("ana-larson", "1957-06-21", "Larson")]
    [TestCase("harold-k", "1948-02-27", "Kim")]
    [TestCase("marion-o", "1960-07-04", "Oduya")]
    [TestCase("marion-o-old", "1960-07-04", "Oduya")]
    public async Task Its_patients_are_there(string id, string born, string family)
    {
        await using var sandbox = await RunningSandbox.StartAsync(options => options with { Seed = true });

        var patient = await sandbox.GetAsync($"Patient/{id}");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(patient["birthDate"]!.GetValue<string>(), Is.EqualTo(born));
            Assert.That(patient["name"]![0]!["family"]!.GetValue<string>(), Is.EqualTo(family));
        }
    }

    [Test]
    public async Task Those_where_things_go_wrong_are_as_the_stories_say()
    {
        await using var sandbox = await RunningSandbox.StartAsync(options => options with { Seed = true });

        var merged = await sandbox.GetAsync("Patient/marion-o-old");

        using (Assert.EnterMultipleScope())
        {
            Assert.That((await sandbox.GetAsync("Patient/harold-k"))["deceasedDateTime"]!.GetValue<string>(), Does.StartWith("2026-10-29"));
            Assert.That(merged["active"]!.GetValue<bool>(), Is.False);
            Assert.That(merged["link"]![0]!["other"]!["reference"]!.GetValue<string>(), Is.EqualTo("Patient/marion-o"));
            Assert.That((await sandbox.GetAsync("Patient?name=larso"))["total"]!.GetValue<int>(), Is.EqualTo(1));
            Assert.That((await sandbox.GetAsync("Encounter?patient=rosa-m&date=2026-11-03&status=planned"))["total"]!.GetValue<int>(), Is.EqualTo(1));
            Assert.That((await sandbox.GetAsync("CareTeam?patient=rosa-m&status=active"))["entry"]![0]!["resource"]!["id"]!.GetValue<string>(), Is.EqualTo("rosa-m-team"));
        }
    }

    [TestCase("Patient/dana-w")]
    [TestCase("Patient/dana-w/_history")]
    [TestCase("Patient?_id=dana-w")]
    [TestCase("Condition/dana-w-asthma")]
    [TestCase("Condition?patient=dana-w")]
    [TestCase("Condition?subject=Patient/dana-w")]
    public async Task A_restricted_chart_is_closed(string path)
    {
        await using var sandbox = await RunningSandbox.StartAsync(options => options with { Seed = true });

        var outcome = await RunningSandbox.JsonOf(await sandbox.Http.GetAsync(path), 403);

        Assert.That(outcome["issue"]![0]!["details"]!["coding"]![0]!["code"]!.GetValue<string>(), Is.EqualTo("4131"));
    }

    [Test]
    public async Task A_restricted_chart_is_found_by_nobody_and_takes_no_writes()
    {
        await using var sandbox = await RunningSandbox.StartAsync(options => options with { Seed = true });

        var write = await sandbox.SendAsync(HttpMethod.Post, "Basic", """{ "resourceType": "Basic", "code": { "text": "x" }, "subject": { "reference": "Patient/dana-w" } }""");

        using (Assert.EnterMultipleScope())
        {
            Assert.That((await sandbox.GetAsync("Patient?name=whitlock"))["total"]!.GetValue<int>(), Is.Zero);
            Assert.That((int)write.StatusCode, Is.EqualTo(403));
        }
    }

    [Test]
    public async Task Every_reference_of_the_charts_resolves()
    {
        await using var sandbox = await RunningSandbox.StartAsync(options => options with { Seed = true });
        List<string> dangling = [];
        foreach (var resource in SeedResources())
            foreach (var reference in References(resource).Distinct())
                if ((int)(await sandbox.Http.GetAsync(reference)).StatusCode is not (200 or 403))
                    dangling.Add($"{resource["resourceType"]}/{resource["id"]}: {reference}");

        Assert.That(dangling, Is.Empty);
    }

    [Test]
    public async Task A_chart_can_be_written_back_as_it_is()
    {
        await using var sandbox = await RunningSandbox.StartAsync(options => options with { Seed = true });
        List<string> refused = [];
        foreach (var resource in SeedResources().Where(resource => !resource.ToJsonString().Contains("dana-w", StringComparison.Ordinal)))
            if (await sandbox.SendAsync(HttpMethod.Put, $"{resource["resourceType"]}/{resource["id"]}", resource.ToJsonString()) is { IsSuccessStatusCode: false } response)
                refused.Add(await response.Content.ReadAsStringAsync());

        Assert.That(refused, Is.Empty);
    }

    [Test]
    public async Task The_charts_are_valid_by_a_foreign_validator()
    {
        var files = Directory.GetFiles(Repository.Path("src", "ChwFhir.Sandbox", "Patients"), "*.json");

        Assert.That(await ForeignValidator.ErrorsAsync(files.Select(file => (Path.GetFileName(file), File.ReadAllText(file)))), Is.Empty);
    }

    [Test]
    public async Task A_second_start_seeds_nothing()
    {
        await using var sandbox = await RunningSandbox.StartAsync(options => options with { Seed = true });
        await sandbox.SendAsync(HttpMethod.Delete, "Appointment/rosa-m-oncology-2");

        await sandbox.RestartAsync();

        Assert.That((int)(await sandbox.Http.GetAsync("Appointment/rosa-m-oncology-2")).StatusCode, Is.EqualTo(410));
    }

    private static IEnumerable<JsonNode> SeedResources() => Directory.GetFiles(Repository.Path("src", "ChwFhir.Sandbox", "Patients"), "*.json")
        .SelectMany(file => JsonNode.Parse(File.ReadAllText(file))!["entry"]!.AsArray()).Select(entry => entry!["resource"]!);

    private static IEnumerable<string> References(JsonNode? node) => node switch
    {
        JsonObject parent => parent.SelectMany(child => child is { Key: "reference", Value: JsonValue value } ? [value.GetValue<string>()] : References(child.Value)),
        JsonArray list => list.SelectMany(References),
        _ => []
    };
}
