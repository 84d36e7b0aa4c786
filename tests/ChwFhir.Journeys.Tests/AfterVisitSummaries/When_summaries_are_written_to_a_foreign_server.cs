using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using ChwFhir.Journeys.WriteBack;
using ChwFhir.Testing;
using NUnit.Framework;

namespace ChwFhir.Journeys.AfterVisitSummaries;

internal sealed class When_summaries_are_written_to_a_foreign_server
{
    private static readonly (string File, string ContentType)[] Samples =
        [("clinic-visit.json", "application/json"), ("clinic-visit.txt", "text/plain"), ("clinic-visit.hl7", "x-application/hl7-v2+er7"), ("discharge.ccda.xml", "application/cda+xml")];

    [Test, CancelAfter(300_000)]
    public async Task Every_form_stands_in_the_chart_and_every_resource_is_valid(CancellationToken cancellationToken)
    {
        await using var ehr = await ForeignFhirServer.StartAsync();
        await ForeignChart.LoadSandboxPeopleAsync(ehr);
        using var folder = new TempFolder();
        await using var service = new ServiceProcess(folder.Path, ehr.BaseUrl);
        await service.StartAsync();
        List<(string Name, string Json)> toValidate = [];

        foreach (var (file, contentType) in Samples)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/after-visit-summaries") { Content = new ByteArrayContent(Handing.Sample(file)) };
            request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
            request.Headers.Add("X-Chw-Document-Id", file);
            request.Headers.Add("X-Chw-Patient", file.StartsWith("discharge", StringComparison.Ordinal) ? "Patient/rosa-m" : "Patient/walter-b");
            if (file.EndsWith(".json", StringComparison.Ordinal))
                request.Headers.Remove("X-Chw-Document-Id");
            using var answer = await service.Http.SendAsync(request, cancellationToken);
            Assert.That((int)answer.StatusCode, Is.EqualTo(202), await answer.Content.ReadAsStringAsync(cancellationToken));

            var id = file.EndsWith(".json", StringComparison.Ordinal) ? "walter-b-2026-10-29-avs" : file;
            JsonObject status;
            do
            {
                await Task.Delay(100, cancellationToken);
                status = (await service.Http.GetFromJsonAsync<JsonObject>($"/api/v1/after-visit-summaries/{id}", cancellationToken))!;
            }
            while ((string?)status["state"] is "queued" or "writing");
            Assert.That((string?)status["state"], Is.EqualTo("written"), $"{file}: {status.ToJsonString()}");
            toValidate.Add((file, await service.Http.GetStringAsync($"/api/v1/after-visit-summaries/{id}/bundle", cancellationToken)));
        }
        foreach (var patient in new[] { "Patient/walter-b", "Patient/rosa-m" })
            toValidate.AddRange((await ForeignChart.WrittenByUsAsync(ehr, patient)).Select(resource => ($"{resource["resourceType"]}-{resource["id"]}", resource.ToJsonString())));

        Assert.That(toValidate, Has.Count.GreaterThanOrEqualTo(Samples.Length * 4));
        Assert.That(await ForeignValidator.ErrorsAsync(toValidate), Is.Empty);
    }
}
