using System.Text.Json.Nodes;
using ChwFhir.Testing;

namespace ChwFhir.Journeys.WriteBack;

internal sealed class When_the_samples_are_written_to_a_foreign_server
{
    private static IEnumerable<string> Samples =>
        Directory.EnumerateFiles(Repository.Path("samples", "visit-notes"), "*.json").Order(StringComparer.Ordinal);

    [Test, CancelAfter(300_000)]
    public async Task Every_sample_stands_in_the_chart_and_every_resource_is_valid(CancellationToken cancellationToken)
    {
        await using var ehr = await ForeignFhirServer.StartAsync();
        await ForeignChart.LoadSandboxPeopleAsync(ehr);
        using var folder = new TempFolder();
        await using var service = new ServiceProcess(folder.Path, ehr.BaseUrl);
        await service.StartAsync();
        List<(string Name, string Json)> toValidate = [];
        HashSet<string> patients = [];

        foreach (var sample in Samples)
        {
            var name = Path.GetFileNameWithoutExtension(sample);
            var status = await service.WriteAsync(await File.ReadAllTextAsync(sample, cancellationToken), cancellationToken);

            Assert.That((string?)status["state"], Is.EqualTo("written"), $"{name}: {status.ToJsonString()}");
            var bundle = await service.Http.GetStringAsync($"/api/v1/visit-notes/{status["id"]}/bundle", cancellationToken);
            toValidate.Add(($"{name}.bundle", bundle));
            patients.Add((string)status["patient"]!);
            foreach (var resource in status["resources"]!.AsArray().Where(resource => (string?)resource!["state"] == "written"))
                Assert.That((string?)(await ehr.ReadAsync((string)resource!["reference"]!))["resourceType"], Is.EqualTo((string?)resource["type"]), $"{name}: {resource["key"]}");
        }
        foreach (var patient in patients)
            foreach (var resource in await ForeignChart.WrittenByUsAsync(ehr, patient))
                toValidate.Add(($"{resource["resourceType"]}-{resource["id"]}", resource.ToJsonString()));

        Assert.That(Samples.Count(), Is.GreaterThanOrEqualTo(8));
        Assert.That(toValidate, Has.Count.GreaterThan(8 * 5));
        Assert.That(await ForeignValidator.ErrorsAsync(toValidate), Is.Empty);
    }

    [Test, CancelAfter(120_000)]
    public async Task Two_visits_make_one_plan_with_both(CancellationToken cancellationToken)
    {
        await using var ehr = await ForeignFhirServer.StartAsync();
        await ForeignChart.LoadSandboxPeopleAsync(ehr);
        using var folder = new TempFolder();
        await using var service = new ServiceProcess(folder.Path, ehr.BaseUrl);
        await service.StartAsync();
        var (first, second) = (SomeNotes.Of("Patient/rosa-m", 1), SomeNotes.Of("Patient/rosa-m", 2));
        second["goals"]![0]!["achievement"] = "improving";
        second["goals"]![0]!["steps"]!.AsArray().Add(new JsonObject { ["id"] = "s1", ["text"] = "Step of visit 1", ["who"] = "chw", ["status"] = "completed" });

        var before = await service.WriteAsync(first.ToJsonString(), cancellationToken);
        var after = await service.WriteAsync(second.ToJsonString(), cancellationToken);

        Assert.That(new[] { (string?)before["state"], (string?)after["state"] }, Is.All.EqualTo("written"));
        var ours = await ForeignChart.WrittenByUsAsync(ehr, "Patient/rosa-m");
        var plan = ours.Single(resource => (string?)resource["resourceType"] == "CarePlan");
        var steps = plan["activity"]!.AsArray().Select(activity => activity!["detail"]).OfType<JsonObject>().ToDictionary(detail => (string)detail["description"]!, detail => (string)detail["status"]!);
        var goal = ours.Single(resource => (string?)resource["resourceType"] == "Goal");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(steps, Is.SupersetOf(new Dictionary<string, string> { ["Step of visit 1"] = "completed", ["Step of visit 2"] = "not-started" }));
            Assert.That((string?)goal["achievementStatus"]!["coding"]![0]!["code"], Is.EqualTo("improving"));
            Assert.That(ours.Count(resource => (string?)resource["resourceType"] == "Condition"), Is.EqualTo(1));
            Assert.That(ours.Count(resource => (string?)resource["resourceType"] == "Encounter"), Is.EqualTo(2));
            Assert.That(await ForeignValidator.ErrorsAsync([("plan", plan.ToJsonString()), ("goal", goal.ToJsonString())]), Is.Empty);
        }
    }
}
