using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using ChwFhir.Testing;

namespace ChwFhir.Journeys.WriteBack;

internal sealed class When_screenings_are_written_to_a_foreign_server
{
    [Test, CancelAfter(180_000)]
    public async Task Every_sample_stands_in_the_chart_and_every_resource_is_valid(CancellationToken cancellationToken)
    {
        await using var ehr = await ForeignFhirServer.StartAsync();
        await ForeignChart.LoadSandboxPeopleAsync(ehr);
        using var folder = new TempFolder();
        await using var service = new ServiceProcess(folder.Path, ehr.BaseUrl);
        await service.StartAsync();
        List<(string Name, string Json)> toValidate = [];

        foreach (var sample in Directory.EnumerateFiles(Repository.Path("samples", "questionnaire-responses"), "*.json").Order(StringComparer.Ordinal))
        {
            using var answer = await service.Http.PostAsync("/api/v1/questionnaire-responses", new StringContent(await File.ReadAllTextAsync(sample, cancellationToken), Encoding.UTF8, "application/fhir+json"), cancellationToken);
            var accepted = JsonNode.Parse(await answer.Content.ReadAsStringAsync(cancellationToken))!;
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Accepted), accepted.ToJsonString());
            var status = await service.SettledAsync(answer.Headers.Location!, cancellationToken);

            Assert.That((string?)status["state"], Is.EqualTo("written"), $"{Path.GetFileName(sample)}: {status.ToJsonString()}");
            foreach (var resource in status["resources"]!.AsArray().Where(resource => (string?)resource!["state"] == "written"))
            {
                var there = await ehr.ReadAsync((string)resource!["reference"]!);
                toValidate.Add(($"{resource["type"]}-{there["id"]}", there.ToJsonString()));
            }
        }

        Assert.That(toValidate.Select(one => one.Name.Split('-')[0]).Distinct(), Is.SupersetOf(new[] { "QuestionnaireResponse", "Observation", "Condition", "Communication", "DocumentReference", "Provenance" }));
        Assert.That(await ForeignValidator.ErrorsAsync(toValidate), Is.Empty);
    }
}
