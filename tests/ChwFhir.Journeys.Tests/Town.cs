using System.Net.Http.Json;
using System.Text.Json.Nodes;
using ChwFhir.Api.Host;
using ChwFhir.Sandbox;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ChwFhir.Journeys;

/// <summary>
/// The whole service in this process, as Development starts it: the host on a free port, the sandbox EHR on another (unless the settings name an
/// <c>Ehr__BaseUrl</c>), a folder of its own for what it keeps. Everything is gone when it is disposed.
/// </summary>
internal sealed class Town : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly bool ownFolder;

    private Town(WebApplication app, string folder, bool ownFolder, CapturedLog log)
    {
        this.app = app;
        this.ownFolder = ownFolder;
        Folder = folder;
        Log = log;
        BaseUrl = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        Http = new HttpClient { BaseAddress = BaseUrl, Timeout = TimeSpan.FromSeconds(60) };
        EhrBaseUrl = new Uri(app.Configuration["Ehr:BaseUrl"]!);
        Ehr = new HttpClient { BaseAddress = new Uri(EhrBaseUrl.AbsoluteUri.TrimEnd('/') + "/"), Timeout = TimeSpan.FromSeconds(60) };
    }

    /// <summary>The service's address.</summary>
    public Uri BaseUrl { get; }

    /// <summary>A caller of the service: <c>Http.GetAsync("/api/v1/visit-notes")</c>.</summary>
    public HttpClient Http { get; }

    public Uri EhrBaseUrl { get; }

    /// <summary>A caller of the EHR, past the service: <c>Ehr.GetAsync("Patient/rosa-m")</c>.</summary>
    public HttpClient Ehr { get; }

    public SandboxEhr? Sandbox => app.Services.GetRequiredService<Neighbour>().Sandbox;

    public string Folder { get; }

    public CapturedLog Log { get; }

    public IServiceProvider Services => app.Services;

    /// <param name="settings">As on the command line, with <c>__</c> or <c>:</c> between the parts. <c>Storage__Directory</c> keeps a folder of the caller's.</param>
    public static Task<Town> StartAsync(params (string Name, string Value)[] settings) => StartAsync(null, settings);

    /// <summary>The same by a clock that the test moves.</summary>
    public static Task<Town> StartAsync(TimeProvider? clock, params (string Name, string Value)[] settings) => StartAsync(clock, null, settings);

    /// <summary>The same with something beside what the service registers: what watches the far shore.</summary>
    public static async Task<Town> StartAsync(TimeProvider? clock, Action<IServiceCollection>? also, params (string Name, string Value)[] settings)
    {
        var given = settings.ToDictionary(setting => setting.Name.Replace("__", ":", StringComparison.Ordinal), setting => setting.Value, StringComparer.OrdinalIgnoreCase);
        var folder = given.GetValueOrDefault("Storage:Directory") ?? Directory.CreateTempSubdirectory("chwfhir-town").FullName;
        var log = new CapturedLog();
        var all = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
        {
            ["environment"] = "Development",
            ["urls"] = "http://127.0.0.1:0",
            ["Ehr:Sandbox:Url"] = "http://localhost:0",
            ["Storage:Directory"] = folder,
        };
        foreach (var (name, value) in given)
            all[name] = value;
        var app = await ApiHost.CreateAsync([.. all.Select(setting => $"--{setting.Key}={setting.Value}")], Prepare, CancellationToken.None);
        try
        {
            await ApiHost.StartAsync(app, CancellationToken.None);
            return new Town(app, folder, !given.ContainsKey("Storage:Directory"), log);
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }

        void Prepare(WebApplicationBuilder builder)
        {
            builder.Logging.ClearProviders().AddProvider(log);
            if (clock is not null)
                builder.Services.AddSingleton(clock);
            also?.Invoke(builder.Services);
        }
    }

    public async Task<HttpResponseMessage> PostNoteAsync(string json)
    {
        using var content = new StringContent(json, null, "application/json");
        return await Http.PostAsync("/api/v1/visit-notes", content);
    }

    public async Task<JsonObject> StatusAsync(string id) => (await Http.GetFromJsonAsync<JsonObject>($"/api/v1/visit-notes/{id}"))!;

    /// <summary>The status once nothing more is under way: <c>written</c>, <c>needs-attention</c> or <c>retracted</c>.</summary>
    public async Task<JsonObject> SettledAsync(string id, TimeSpan? patience = null)
    {
        using var over = new CancellationTokenSource(patience ?? TimeSpan.FromSeconds(30));
        while (true)
        {
            var status = await StatusAsync(id);
            if ((string?)status["state"] is not ("queued" or "writing"))
                return status;
            if (over.IsCancellationRequested)
                throw new TimeoutException($"Still {status["state"]}: {status.ToJsonString()}\n{Log.Text}");
            await Task.Delay(50);
        }
    }

    public async Task<JsonObject> ReadFromEhrAsync(string reference) => (await Ehr.GetFromJsonAsync<JsonObject>(reference))!;

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        Ehr.Dispose();
        await app.StopAsync();
        await app.DisposeAsync();
        if (ownFolder)
            Directory.Delete(Folder, recursive: true);
    }
}
