using System.Diagnostics;
using ChwFhir.Api.Host;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ChwFhir.Benchmarks;

/// <summary>
/// The overview of a patient whose EHR takes 200 ms for every answer: when its first byte is there, and when all of it, against the slowest of the same first questions and
/// the longest chain of dependent ones asked by a bare client in the same run. Each round is another patient, so that nothing is remembered.
/// </summary>
internal static class OverviewLoad
{
    private const int WarmUps = 5;
    private const int Rounds = 15;

    private static readonly string[] First =
        ["Patient/{0}", "RelatedPerson?patient={0}", "CareTeam?patient={0}", "EpisodeOfCare?patient={0}", "Condition?patient={0}", "MedicationRequest?patient={0}", "MedicationStatement?patient={0}", "AllergyIntolerance?patient={0}",
         "Appointment?patient={0}", "Encounter?patient={0}", "DocumentReference?patient={0}", "DocumentReference?patient={0}&type=x", "Consent?patient={0}", "Observation?patient={0}", "ServiceRequest?patient={0}", "Task?patient={0}", "Goal?patient={0}", "CarePlan?patient={0}"];

    private static readonly string[] Chain = ["CareTeam?patient={0}", "PractitionerRole/r1", "Practitioner/r1"];

    public static async Task RunAsync()
    {
        await using var chart = await SlowChart.StartAsync();
        var folder = Directory.CreateTempSubdirectory("chwfhir-benchmark");
        await using var app = await ApiHost.CreateAsync(
            ["--environment=Development", "--urls=http://127.0.0.1:0", $"--Ehr:BaseUrl={chart.Base}", $"--Storage:Directory={folder.FullName}"], builder => builder.Logging.ClearProviders(), CancellationToken.None);
        await ApiHost.StartAsync(app, CancellationToken.None);
        var service = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        using var http = new HttpClient();
        List<double> first = [], whole = [], slowest = [], chain = [];
        for (var round = 1 - WarmUps; round <= Rounds; round++)
        {
            var patient = $"p{round + WarmUps}";
            var questions = await AllAsync(http, chart.Base, patient);
            var dependent = await InRowAsync(http, chart.Base, patient);
            var (firstByte, end) = await OverviewAsync(http, service, patient);
            if (round < 1)
                continue;
            (first, whole, slowest, chain) = ([.. first, firstByte], [.. whole, end], [.. slowest, questions], [.. chain, dependent]);
        }
        Console.WriteLine($"overview, an EHR that takes {SlowChart.Delay.TotalMilliseconds:0} ms for every answer, median of {Rounds}: first byte {Median(first):0} ms, {Median(first) / Median(slowest):0.00} x the slowest first question ({Median(slowest):0} ms; goal: at most 1.2); "
            + $"complete {Median(whole):0} ms, {Median(whole) / Median(chain):0.00} x the longest chain of dependent questions ({Median(chain):0} ms; goal: at most 1.2)");
        await app.StopAsync();
        folder.Delete(recursive: true);
    }

    private static async Task<double> AllAsync(HttpClient http, Uri ehr, string patient)
    {
        var began = Stopwatch.GetTimestamp();
        await Task.WhenAll(First.Select(question => http.GetByteArrayAsync($"{ehr}/{string.Format(null, question, patient)}")));
        return Stopwatch.GetElapsedTime(began).TotalMilliseconds;
    }

    private static async Task<double> InRowAsync(HttpClient http, Uri ehr, string patient)
    {
        var began = Stopwatch.GetTimestamp();
        foreach (var question in Chain)
            await http.GetByteArrayAsync($"{ehr}/{string.Format(null, question, patient)}");
        return Stopwatch.GetElapsedTime(began).TotalMilliseconds;
    }

    private static async Task<(double First, double Whole)> OverviewAsync(HttpClient http, string service, string patient)
    {
        var began = Stopwatch.GetTimestamp();
        using var answer = await http.GetAsync($"{service}/api/v1/patients/{patient}/overview", HttpCompletionOption.ResponseHeadersRead);
        answer.EnsureSuccessStatusCode();
        await using var body = await answer.Content.ReadAsStreamAsync();
        var buffer = new byte[16 * 1024];
        // The first part, not only the patient's reference.
        var read = await body.ReadAsync(buffer);
        var first = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
        while (read > 0)
            read = await body.ReadAsync(buffer);
        return (first, Stopwatch.GetElapsedTime(began).TotalMilliseconds);
    }

    private static double Median(List<double> figures) => figures.Order().ElementAt(figures.Count / 2);
}
