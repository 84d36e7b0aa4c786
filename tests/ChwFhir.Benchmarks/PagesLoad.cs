using System.Diagnostics;
using ChwFhir.Access;
using ChwFhir.Api.Host;
using ChwFhir.SmartApp.Sessions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ChwFhir.Benchmarks;

/// <summary>
/// Every page that people read, of a patient whose EHR takes 200 ms for every answer: when its first byte is there, when the first screen is, and when nothing of it is still being read,
/// each as a ratio to one bare read of the same server in the same run. Each round is another patient, so that nothing is remembered.
/// </summary>
internal static class PagesLoad
{
    private const int WarmUps = 3;
    private const int Rounds = 9;

    /// <summary>How many questions have to follow each other for all that the page shows: a care team's member is known by name after three.</summary>
    private static readonly (string Name, Role Role, string Path, int Chain)[] Pages =
    [
        ("what the team should know", Role.Clinician, "/patients/{0}", 1), ("visits", Role.Clinician, "/patients/{0}/visits", 1), ("needs and plan", Role.Clinician, "/patients/{0}/plan", 1),
        ("symptoms", Role.Clinician, "/patients/{0}/symptoms", 1), ("messages", Role.Nurse, "/patients/{0}/messages", 1), ("who is the CHW", Role.Clinician, "/patients/{0}/chw", 3),
        ("before the visit", Role.Chw, "/patients/{0}/before", 3), ("write the visit", Role.Chw, "/patients/{0}/visit/new", 1),
        ("my patients", Role.Chw, "/patients", 1), ("inbox", Role.Nurse, "/inbox", 1), ("huddle", Role.Nurse, "/huddle", 1), ("desk", Role.Supervisor, "/desk", 1), ("settings", Role.Nurse, "/me", 1),
    ];

    public static async Task RunAsync()
    {
        await using var chart = await SlowChart.StartAsync();
        var folder = Directory.CreateTempSubdirectory("chwfhir-benchmark");
        await using var app = await ApiHost.CreateAsync(
            ["--environment=Development", "--urls=http://127.0.0.1:0", "--PublicUrl=http://localhost", "--Auth:Panel=open", $"--Ehr:BaseUrl={chart.Base}", $"--Storage:Directory={folder.FullName}"], builder => builder.Logging.ClearProviders(), CancellationToken.None);
        await ApiHost.StartAsync(app, CancellationToken.None);
        var service = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        using var http = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false });
        await VisitAsync(http, service);

        Console.WriteLine($"pages, an EHR that takes {SlowChart.Delay.TotalMilliseconds:0} ms for every answer, median of {Rounds}, x one bare read in the same run:");
        foreach (var page in Pages)
            await MeasureAsync(http, app, chart, service, page);
        await app.StopAsync();
        folder.Delete(recursive: true);
    }

    private static async Task MeasureAsync(HttpClient http, WebApplication app, SlowChart chart, string service, (string Name, Role Role, string Path, int Chain) page)
    {
        var (path, cookie) = await SignInAsync(app, page.Role);
        List<double> first = [], screen = [], whole = [], bare = [];
        var late = 0;
        for (var round = 1 - WarmUps; round <= Rounds; round++)
        {
            var began = Stopwatch.GetTimestamp();
            await http.GetByteArrayAsync($"{chart.Base}/Patient/p{round + WarmUps}");
            var read = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
            // Of the same patient nothing is asked twice: first screen and whole page are two patients.
            var (firstByte, shown, parts) = await OpenAsync(http, service + path + string.Format(null, page.Path, $"{page.Role}-a{round + WarmUps}".ToLowerInvariant()), cookie);
            var (_, all, _) = await OpenAsync(http, service + path + string.Format(null, page.Path, $"{page.Role}-b{round + WarmUps}".ToLowerInvariant()) + "?wait", cookie);
            if (round < 1)
                continue;
            (first, screen, whole, bare) = ([.. first, firstByte], [.. screen, shown], [.. whole, all], [.. bare, read]);
            late = Math.Max(late, parts);
        }
        var one = Median(bare);
        Console.WriteLine($"  {page.Name,-26} first byte {Median(first) / one,5:0.00}, first screen {Median(screen) / one,5:0.00}{(late > 0 ? $" ({late} parts still being read)" : ""),-30} all of it {Median(whole) / one,5:0.00} (longest chain {page.Chain})  [{Median(first):0} ms, {Median(screen):0} ms, {Median(whole):0} ms]");
    }

    private static async Task<(double First, double Whole, int Late)> OpenAsync(HttpClient http, string address, string cookie)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Add("Cookie", cookie);
        request.Headers.Add("Accept", "text/html");
        var began = Stopwatch.GetTimestamp();
        using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        await using var body = await answer.Content.ReadAsStreamAsync();
        var first = new byte[1];
        await body.ReadExactlyAsync(first);
        var firstByte = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
        using var reader = new StreamReader(body);
        var html = await reader.ReadToEndAsync();
        var whole = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
        return answer.IsSuccessStatusCode ? (firstByte, whole, html.Split("data-late=").Length - 1) : throw new InvalidOperationException($"{(int)answer.StatusCode} at {request.RequestUri!.AbsolutePath}");
    }

    private static async Task<(string Path, string Cookie)> SignInAsync(WebApplication app, Role role)
    {
        var context = new DefaultHttpContext();
        var id = await app.Services.GetRequiredService<SessionDesk>().BeginAsync(
            context, new Session { Kind = CallerKind.OidcSession, Iss = "https://issuer.example", Subject = $"https://issuer.example|{role}", Name = "Somebody", Roles = [role], Practitioner = "Practitioner/chw-1", FormToken = "t" }, CancellationToken.None);
        return ($"/app/{id}", context.Response.Headers.SetCookie.Single()!.Split(';')[0]);
    }

    // One visit of one patient, so that lists across patients have something to ask about.
    private static async Task VisitAsync(HttpClient http, string service)
    {
        const string note = """{"schemaVersion":1,"id":"p-visit","patient":{"reference":"Patient/p0"},"author":{"reference":"Practitioner/chw-1","name":"Dolores"},"visit":{"kind":"home","status":"completed","start":"2026-11-03T14:05:00-05:00"},"narrative":"Talked at the kitchen table."}""";
        using var answer = await http.PostAsync($"{service}/api/v1/visit-notes", new StringContent(note, System.Text.Encoding.UTF8, "application/json"));
        answer.EnsureSuccessStatusCode();
    }

    private static double Median(List<double> figures) => figures.Order().ElementAt(figures.Count / 2);
}
