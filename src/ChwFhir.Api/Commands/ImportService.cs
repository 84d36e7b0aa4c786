using System.Net.Http.Headers;
using ChwFhir.Access;
using ChwFhir.Api.Host;
using ChwFhir.Api.Identity;
using ChwFhir.Intake;

namespace ChwFhir.Api.Commands;

/// <summary>The service that an import talks to: the one that runs, else one of its own for as long as it takes.</summary>
internal sealed class ImportService : IAsyncDisposable
{
    private readonly WebApplication? own;

    private ImportService(Uri address, string? token, WebApplication? own)
    {
        this.own = own;
        Http = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromMinutes(2) };
        // In Development there are no tokens: the role is named.
        if (token is null)
            Http.DefaultRequestHeaders.Add(LoopbackCaller.RoleHeader, Words.Of(Role.Integration));
        else
            Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    public HttpClient Http { get; }

    public static async Task<ImportService> FindAsync(string[] settings, string? token, Action<string> told, CancellationToken cancellationToken)
    {
        var urls = new ConfigurationBuilder().AddEnvironmentVariables("ASPNETCORE_").AddEnvironmentVariables().AddCommandLine(settings).Build()["urls"] ?? ApiHost.DefaultUrl;
        told(urls);
        if (await RunsAsync(ServiceAddress.Of(urls), cancellationToken))
            return new ImportService(ServiceAddress.Of(urls), token, null);

        // What is to be read is the import.
        var app = await ApiHost.CreateAsync(settings, builder => builder.Configuration["Logging:Console:LogLevel:Default"] = "None", cancellationToken);
        try
        {
            await ApiHost.StartAsync(app, cancellationToken);
            return new ImportService(ServiceAddress.Of(app.Urls.First()), token, app);
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        if (own is null)
            return;
        await own.StopAsync(CancellationToken.None);
        await own.DisposeAsync();
    }

    private static async Task<bool> RunsAsync(Uri address, CancellationToken cancellationToken)
    {
        using var http = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromSeconds(5) };
        try
        {
            using var answer = await http.GetAsync("health/live", cancellationToken);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception nobody) when (nobody is HttpRequestException || (nobody is TaskCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return false;
        }
    }
}
