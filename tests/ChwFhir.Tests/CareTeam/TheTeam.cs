using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using ChwFhir.CareTeam;
using ChwFhir.Ehr;
using ChwFhir.Fhir.Client;
using ChwFhir.Queue;
using ChwFhir.Testing;
using ChwFhir.Tests.Queue;
using ChwFhir.Tests.WriteBack;
using ChwFhir.WriteBack;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;
using NUnit.Framework;

namespace ChwFhir.Tests.CareTeam;

/// <summary>The care team's side on a real store, with a clock that the test moves and a webhook that it scripts; the test itself is the background.</summary>
internal sealed class TheTeam : HttpMessageHandler, IAsyncDisposable
{
    /// <summary>A Tuesday, 15:00 in Chicago.</summary>
    public static readonly DateTimeOffset Start = new(2026, 11, 3, 21, 0, 0, TimeSpan.Zero);

    private readonly StorageOptions storage;
    private readonly Dictionary<string, string?> settings;
    private ServiceProvider services;

    private TheTeam(StorageOptions storage, Dictionary<string, string?> settings)
    {
        (this.storage, this.settings) = (storage, settings);
        services = Build();
    }

    public FakeClock Clock { get; } = new(Start);

    public ScriptedEhr Ehr { get; } = new() { IsDown = true };

    public bool WebhookIsUp { get; set; } = true;

    /// <summary>What the webhook was told, in order: for whom, and under which id.</summary>
    public List<(string For, string Id)> Told { get; } = [];

    public NoteStore Store => services.GetRequiredService<NoteStore>();

    public CoverBook Covers => services.GetRequiredService<CoverBook>();

    public MessageDesk Desk => services.GetRequiredService<MessageDesk>();

    public static async Task<TheTeam> OpenAsync(string provider, params (string Key, string Value)[] settings) =>
        new(await SomeStore.SomeOptionsAsync(provider), settings.ToDictionary(pair => pair.Key, pair => (string?)pair.Value));

    /// <summary>What another process finds; on a shared database beside this one.</summary>
    public async Task RestartAsync()
    {
        await services.DisposeAsync();
        services = Build();
    }

    /// <summary>Another instance on the same database.</summary>
    public ServiceProvider Another() => Build();

    public async Task<NoteStatus> TellAsync(string urgency, string id = "n1", string to = "nurse", string? hold = null)
    {
        var note = SomeVisit.Note(id);
        var message = new JsonObject { ["id"] = "m1", ["to"] = new JsonArray(to), ["urgency"] = urgency, ["text"] = "He cannot swallow." };
        if (hold is not null)
            message["hold"] = new JsonObject { ["why"] = "danger", ["for"] = new JsonArray([.. hold.Split(',').Select(one => JsonValue.Create(one))]) };
        note["messages"] = new JsonArray(message);
        return await PostAsync(Encoding.UTF8.GetBytes(note.ToJsonString()));
    }

    public async Task<NoteStatus> PostAsync(byte[] note) => await services.GetRequiredService<VisitNoteJourney>().ReceiveAsync(note, default) switch
    {
        Receipt.Accepted { Status: var status } => status,
        var other => throw new AssertionException($"The note was not accepted: {other}"),
    };

    /// <summary>The clock goes on; what comes due on the way is done at the end of each minute.</summary>
    public async Task PassAsync(TimeSpan time, ServiceProvider? instance = null)
    {
        for (var rest = time; rest > TimeSpan.Zero; rest -= TimeSpan.FromMinutes(1))
        {
            Clock.Advance(rest < TimeSpan.FromMinutes(1) ? rest : TimeSpan.FromMinutes(1));
            await WorkAsync(instance);
        }
    }

    public async Task WorkAsync(ServiceProvider? instance = null)
    {
        await (instance ?? services).GetRequiredService<LadderWatch>().LookAsync(default);
        await (instance ?? services).GetRequiredService<Notifier>().SendAsync(default);
    }

    /// <summary>Writes the notes that wait.</summary>
    public async Task WriteAsync()
    {
        Ehr.IsDown = false;
        var ehr = services.GetRequiredService<EhrConnection>();
        for (var round = 0; round < 50 && (await Store.CountAsync(ehr.Id, default)) is { Queued: > 0 } or { Writing: > 0 }; round++)
        {
            Clock.Advance(TimeSpan.FromSeconds(31));
            while (await Store.ClaimAsync(ehr.Id, "test", TimeSpan.FromHours(1), default) is { } claim)
                await services.GetRequiredService<LaneRun>().RunAsync(claim, default);
        }
    }

    public async Task<NoteStatus> StatusAsync(string id = "n1") => (await services.GetRequiredService<VisitNoteJourney>().StatusAsync(id, default))!;

    public async Task<StoredMessage> MessageAsync(string id = "n1", string key = "message/m1") => (await Store.FindMessageAsync(ScriptedEhr.BaseUrl, id, key, default))!;

    public async Task OpenAsync(string role, string self, string id = "n1") =>
        await Desk.OpenAsync(new TeamCaller(self, role) { Supervision = Supervision.All }, (await MessageAsync(id)).Number.ToString(System.Globalization.CultureInfo.InvariantCulture), reads: true, default);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = JsonNode.Parse(await request.Content!.ReadAsStringAsync(cancellationToken))!;
        lock (Told)
            Told.Add((string.Join(',', body["for"]!.AsArray().Select(one => (string?)one)), (string)body["id"]!));
        return new HttpResponseMessage(WebhookIsUp ? HttpStatusCode.NoContent : HttpStatusCode.BadGateway);
    }

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        SomeStore.Remove(storage);
    }

    private ServiceProvider Build()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Ehr:BaseUrl"] = ScriptedEhr.BaseUrl,
            ["Storage:Provider"] = storage.Provider,
            ["Storage:Directory"] = storage.Provider is StorageOptions.Sqlite ? storage.Directory : "App_Data",
            ["Storage:ConnectionString"] = storage.ConnectionString,
            ["Storage:Key"] = storage.Key,
        }).AddInMemoryCollection(settings).Build();
        var options = new FhirClientOptions { BaseUrl = new Uri(ScriptedEhr.BaseUrl), RequestTimeout = TimeSpan.FromSeconds(5), Repeats = 0, FailuresBeforeRest = 1000 };
        var collection = new ServiceCollection();
        collection.AddLogging();
        collection.AddSingleton<IHostEnvironment>(new HostingEnvironment { EnvironmentName = "Development" });
        collection.AddSingleton<TimeProvider>(Clock);
        collection.AddSingleton(options);
        collection.AddSingleton(_ => new FhirClient(new HttpClient(Ehr, disposeHandler: false), options));
        collection.AddChwFhir(configuration);
        collection.AddSingleton(provider => new WebhookChannel(
            new HttpClient(this, disposeHandler: false), provider.GetRequiredService<NotificationText>(), provider.GetRequiredService<Microsoft.Extensions.Options.IOptions<CareTeamOptions>>(), Clock));
        return collection.BuildServiceProvider();
    }
}
