using System.Net.Http.Json;
using ChwFhir.Access;
using ChwFhir.Api.Host;
using ChwFhir.Api.Identity;
using ChwFhir.Delivery;
using ChwFhir.Intake;
using ChwFhir.Queue;
using ChwFhir.Sandbox;

namespace ChwFhir.Api.Commands;

/// <summary>
/// <c>check</c>: prints what would become of a note on the EHR, and writes nothing. A running service is asked, since it knows what was learned; else the
/// store is opened here. Exit code 0: notes can be filed; 1: something has to be set right; 2: the EHR does not answer.
/// </summary>
internal static class CheckCommand
{
    public const string Name = "check";

    public static async Task<int> RunAsync(string[] args)
    {
        string? urls = null;
        string? token = null;
        try
        {
            await using var app = await ApiHost.CreateAsync(args, Prepare, CancellationToken.None);
            return Say(await app.Services.GetRequiredService<EhrCheck>().LookAsync(CancellationToken.None));
        }
        catch (Exception failure) when (failure is StorageInUseException or SandboxStartException && urls is not null)
        {
            return await AskServiceAsync(ServiceAddress.Of(urls), token, StartTrouble.Explain(failure, urls)!);
        }
        catch (Exception failure) when (StartTrouble.Explain(failure, urls) is { } line)
        {
            await Console.Error.WriteLineAsync(line);
            return CheckReport.Wrong;
        }

        void Prepare(WebApplicationBuilder builder)
        {
            urls = builder.Configuration["urls"] is { Length: > 0 } given ? given : ApiHost.DefaultUrl;
            token = builder.Configuration["token"];
            // What is to be read is the report.
            builder.Configuration["Logging:Console:LogLevel:Default"] = "None";
        }
    }

    private static async Task<int> AskServiceAsync(Uri service, string? token, string whyNotHere)
    {
        using var http = new HttpClient { BaseAddress = service, Timeout = TimeSpan.FromMinutes(2) };
        if (token is not null)
            http.DefaultRequestHeaders.Authorization = new("Bearer", token);
        else
            http.DefaultRequestHeaders.Add(LoopbackCaller.RoleHeader, Words.Of(Role.Integration));
        try
        {
            using var answer = await http.GetAsync("api/v1/delivery/check", CancellationToken.None);
            if (answer.IsSuccessStatusCode && await answer.Content.ReadFromJsonAsync<CheckReport>(CancellationToken.None) is { } report)
                return Say(report);
            await Console.Error.WriteLineAsync($"The service at {service} does not tell ({(int)answer.StatusCode}): give a token of its own sign-in with --token, or stop it first.");
        }
        catch (Exception nobody) when (nobody is HttpRequestException or TaskCanceledException or System.Text.Json.JsonException)
        {
            await Console.Error.WriteLineAsync($"{whyNotHere} No service answers at {service} either; --urls says where it is.");
        }

        return CheckReport.Wrong;
    }

    private static int Say(CheckReport report)
    {
        Console.Out.Write(CheckText.Of(report));
        return report.Result;
    }
}
