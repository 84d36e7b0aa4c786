using System.Text;
using System.Text.Json.Nodes;
using ChwFhir.Ehr;
using ChwFhir.Fhir;
using ChwFhir.Fhir.Client;
using ChwFhir.Queue;
using ChwFhir.WriteBack;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using NUnit.Framework;

namespace ChwFhir.Tests.WriteBack;

/// <summary>The whole way on a real store over a scripted EHR, with short times; the test itself is the worker.</summary>
internal sealed class TheService : IAsyncDisposable
{
    public static readonly TimeSpan Timeout = TimeSpan.FromMilliseconds(150);
    private readonly string folder;
    private readonly Dictionary<string, string?> settings;
    private ServiceProvider services;

    private readonly TimeProvider? clock;

    private readonly TimeSpan storeAhead;

    private Lazy<FhirValidation>? promises;

    private TheService(ScriptedEhr ehr, Dictionary<string, string?> settings, TimeProvider? clock = null, TimeSpan storeAhead = default)
    {
        (this.clock, this.storeAhead) = (clock, storeAhead);
        Ehr = ehr;
        this.settings = settings;
        folder = Directory.CreateTempSubdirectory("chwfhir-writeback-").FullName;
        services = Build();
    }

    public ScriptedEhr Ehr { get; }
    public VisitNoteJourney Journey => services.GetRequiredService<VisitNoteJourney>();
    public NoteStore Store => services.GetRequiredService<NoteStore>();

    /// <summary>With the times that a site has, on a clock that the test moves.</summary>
    public static TheService AsInstalled(ScriptedEhr ehr, TimeProvider clock) => new(ehr, [], clock);

    /// <summary>The store goes by a clock of its own, as a database on another machine does.</summary>
    public static TheService WithStoreAhead(TimeSpan ahead, ScriptedEhr ehr) => Over(ehr, [], ahead);

    public static TheService Over(ScriptedEhr ehr, params (string Key, string Value)[] settings) => Over(ehr, settings, default);

    /// <summary>What leaves is held to other profiles than those that are shipped.</summary>
    public static TheService Promising(Lazy<FhirValidation> promises, ScriptedEhr ehr, params (string Key, string Value)[] settings)
    {
        var service = Over(ehr, settings);
        service.services.Dispose();
        service.promises = promises;
        service.services = service.Build();
        return service;
    }

    public T Part<T>() where T : notnull => services.GetRequiredService<T>();

    private static TheService Over(ScriptedEhr ehr, (string Key, string Value)[] settings, TimeSpan storeAhead)
    {
        ehr.Put("""{"resourceType":"Patient","id":"p1","active":true,"birthDate":"1963-04-02","name":[{"family":"Okáfor-Lind","given":["Ada"]}],"identifier":[{"system":"urn:mrn","value":"100"}]}""");
        ehr.Put("""{"resourceType":"Practitioner","id":"chw-1","name":[{"family":"Delgado","given":["Rosa"]}]}""");
        ehr.Put("""{"resourceType":"CareTeam","id":"t1","status":"active","subject":{"reference":"Patient/p1"},"participant":[{"role":[{"text":"Nurse care manager"}],"member":{"reference":"Practitioner/nurse-1","display":"Colleen Byrne"}}]}""");
        return new TheService(ehr, settings.ToDictionary(pair => pair.Key, pair => (string?)pair.Value), null, storeAhead);
    }

    public async Task<NoteStatus> PostAsync(JsonObject note) => await Journey.ReceiveAsync(Encoding.UTF8.GetBytes(note.ToJsonString()), default) switch
    {
        Receipt.Accepted { Status: var status } => status,
        var other => throw new AssertionException($"The note was not accepted: {other}"),
    };

    public Task<Receipt> ReceiveAsync(JsonObject note) => Journey.ReceiveAsync(Encoding.UTF8.GetBytes(note.ToJsonString()), default);

    /// <summary>Writes what is due, and what comes due within the time given.</summary>
    public async Task WorkAsync(double seconds = 0)
    {
        var ehr = services.GetRequiredService<EhrConnection>();
        var lanes = services.GetRequiredService<LaneRun>();
        var end = DateTimeOffset.UtcNow.AddSeconds(seconds);
        do
        {
            while (ehr.Endpoint.PausedUntil is null || ehr.Endpoint.PausedUntil <= DateTimeOffset.UtcNow)
            {
                if (await Store.ClaimAsync(ehr.Id, "test", lanes.LeaseLength, default) is not { } claim)
                    break;
                await lanes.RunAsync(claim, default);
            }
            if (seconds > 0)
                await Task.Delay(20);
        }
        while (DateTimeOffset.UtcNow < end && (await Store.CountAsync(ehr.Id, default)) is { Queued: > 0 } or { Writing: > 0 });
    }

    public EhrEndpoint Endpoint => services.GetRequiredService<EhrConnection>().Endpoint;

    public WriteBackWorker Worker => services.GetServices<IHostedService>().OfType<WriteBackWorker>().Single();

    /// <summary>The real worker, from its start to a stop in good order.</summary>
    public async Task RunWorkerAsync(Func<Task<bool>> until)
    {
        var worker = services.GetServices<IHostedService>().OfType<WriteBackWorker>().Single();
        await worker.StartAsync(default);
        for (var patience = 0; patience < 500 && !await until(); patience++)
            await Task.Delay(20);
        await worker.StopAsync(default);
    }

    public async Task<NoteStatus> StatusAsync(string id) => await Journey.StatusAsync(id, default) ?? throw new AssertionException("no such note");

    public async Task<IReadOnlyList<HistoryRow>> HistoryAsync(string id) =>
        await Store.HistoryAsync((await Store.FindAsync(ScriptedEhr.BaseUrl, id, default))!.Number, default);

    /// <summary>What a process finds that starts after a kill: only the files.</summary>
    public async Task RestartAsync()
    {
        await services.DisposeAsync();
        services = Build();
    }

    /// <summary>The same with another version of what leaves is held to.</summary>
    public Task RestartAsync(Lazy<FhirValidation> others)
    {
        promises = others;
        return RestartAsync();
    }

    /// <summary>A service that was set up anew, on an EHR that has what the one before wrote.</summary>
    public async Task ForgetAsync()
    {
        await services.DisposeAsync();
        Directory.Delete(folder, recursive: true);
        Directory.CreateDirectory(folder);
        services = Build();
    }

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private ServiceProvider Build()
    {
        var quick = new Dictionary<string, string?>
        {
            ["WriteBack:SettleAfter"] = "00:00:00.150",
            ["WriteBack:FirstWait"] = "00:00:00.020",
            ["WriteBack:LongestWait"] = "00:00:00.100",
        };
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["Ehr:BaseUrl"] = ScriptedEhr.BaseUrl, ["Storage:Directory"] = folder })
            .AddInMemoryCollection(clock is null ? quick : []).AddInMemoryCollection(settings).Build();
        var options = clock is null
            ? new FhirClientOptions { BaseUrl = new Uri(ScriptedEhr.BaseUrl), RequestTimeout = Timeout, Repeats = 0, FailuresBeforeRest = 1000 }
            : new FhirClientOptions { BaseUrl = new Uri(ScriptedEhr.BaseUrl), Time = clock, FirstRest = TimeSpan.FromSeconds(1), LongestRest = TimeSpan.FromSeconds(30) };
        var services = new ServiceCollection();
        services.AddLogging();
        if (clock is not null)
            services.AddSingleton(clock);
        services.AddSingleton<IHostEnvironment>(new HostingEnvironment { EnvironmentName = "Development" });
        services.AddSingleton(options);
        services.AddSingleton(_ => new FhirClient(new HttpClient(Ehr, disposeHandler: false), options));
        if (promises is not null)
            services.AddSingleton(promises);
        services.AddChwFhir(configuration);
        if (storeAhead != default)
            services.AddSingleton(provider => NoteStore.OpenAsync(provider.GetRequiredService<IOptions<StorageOptions>>().Value, new AnotherClock(storeAhead), provider.GetRequiredService<ILoggerFactory>(), default).GetAwaiter().GetResult());
        return services.BuildServiceProvider();
    }

    private sealed class AnotherClock(TimeSpan ahead) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + ahead;
    }
}
