using ChwFhir.Api.AfterVisitSummaries;
using ChwFhir.Api.Audit;
using ChwFhir.Api.Commands;
using ChwFhir.Api.Delivery;
using ChwFhir.Api.Fhir;
using ChwFhir.Api.Health;
using ChwFhir.Api.Hl7;
using ChwFhir.Api.Identity;
using ChwFhir.Api.Imports;
using ChwFhir.Api.Keys;
using ChwFhir.Api.Messages;
using ChwFhir.Api.Metrics;
using ChwFhir.Api.OpenApi;
using ChwFhir.Api.Pages;
using ChwFhir.Api.Patients;
using ChwFhir.Api.QuestionnaireResponses;
using ChwFhir.Api.Schema;
using ChwFhir.Api.VisitNotes;
using ChwFhir.Ehr;
using ChwFhir.SmartApp;

namespace ChwFhir.Api.Host;

/// <summary>The whole service as one host: the door, the way of a note and, for trying it out, the sandbox EHR.</summary>
public static class ApiHost
{
    /// <summary>Runs until told to stop. A setting that is wrong ends the start with a clear line and exit code 1.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        if (args is [SandboxAlone.Command, .. var others])
            return await SandboxAlone.RunAsync(others);
        if (args is [CheckCommand.Name, .. var settings])
            return await CheckCommand.RunAsync(settings);
        if (args is [ImportCommand.Name, .. var documents])
            return await ImportCommand.RunAsync(documents);
        if (args is [StorageCommand.Name, .. var stored])
            return await StorageCommand.RunAsync(stored);
        if (args is [AuditCommand.Name, .. var audited])
            return await AuditCommand.RunAsync(audited);

        string? urls = null;
        try
        {
            await using var app = await CreateAsync(args, builder => urls = builder.Configuration["urls"] ?? DefaultUrl, CancellationToken.None);
            await StartAsync(app, CancellationToken.None);
            WhereToLook.Say(app, Console.Out);
            await app.WaitForShutdownAsync(CancellationToken.None);
            return 0;
        }
        catch (Exception failure) when (StartTrouble.Explain(failure, urls) is { } line)
        {
            await Console.Error.WriteLineAsync(line);
            return 1;
        }
    }

    /// <summary>The host, built and not yet listening. A sandbox that belongs to it already runs and ends with it.</summary>
    public static async Task<WebApplication> CreateAsync(string[] args, Action<WebApplicationBuilder>? configure, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            Args = args,
            ApplicationName = typeof(ApiHost).Assembly.GetName().Name,
            ContentRootPath = AppContext.BaseDirectory,
        });
        configure?.Invoke(builder);
        builder.TakeSecretsFromFiles();
        builder.ListenCarefully(DefaultUrl);
        builder.LogPlainly();
        builder.AddDoor();
        builder.Services.AddChwFhir(builder.Configuration);
        builder.Services.AddProblems();
        builder.Services.AddMetrics().AddSingleton<MetricsCollector>().AddSingleton<NotesGauge>();
        builder.Services.AddSingleton<ReadinessCheck>();
        builder.Services.AddSingleton<Neighbour>();
        builder.Services.AddSingleton<PublishedKeys>();
        builder.Services.AddSingleton<SampleNotes>();
        builder.Services.AddSingleton<ImportDoor>();
        builder.AddHl7();
        builder.AddPages();
        builder.Services.AddFhir();
        builder.Services.AddSmartApp();
        builder.Services.AddApiDocument();
        var app = builder.Build();
        try
        {
            await Neighbour.MoveInAsync(app, cancellationToken);
            return Route(app);
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts what <see cref="CreateAsync"/> built; what fails is thrown, not logged twice.</summary>
    public static async Task StartAsync(WebApplication app, CancellationToken cancellationToken)
    {
        await app.StartAsync(cancellationToken);
        Neighbour.Introduce(app);
        if (!app.Environment.IsDevelopment())
            ProductionRules.Warn(app.Configuration, app.Logger);
        app.Services.GetRequiredService<HostLog>().Started = true;
    }

    internal const string DefaultUrl = "http://localhost:5080";

    private static WebApplication Route(WebApplication app)
    {
        app.UseSecurityHeaders();
        app.UseSmartApp();
        app.UseProblems();
        app.UseHeadAsGet();
        app.UseAssets();
        app.UseApiDocument();
        app.UseRouting();
        app.UseAuditing();
        app.UseRequestTimeouts();
        app.UseAuthentication();
        // Before it is asked what they may: whoever tries doors is limited as well.
        app.UseRateLimiter();
        app.UseAuthorization();

        var api = app.MapGroup("/api/v1");
        api.MapSchema();
        var known = api.MapGroup("").Audits().ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status403Forbidden);
        known.MapVisitNotes();
        known.MapAfterVisitSummaries();
        known.MapQuestionnaireResponses();
        known.MapImports();
        known.MapPatients();
        known.MapCharts();
        known.MapDelivery();
        known.MapMessages();
        known.MapPatientMessages();
        known.MapAudit();
        app.MapFhir();
        app.MapHealth();
        app.MapMetrics();
        app.MapKeys();
        app.MapRazorPages();
        app.MapSmartApp();
        return app;
    }
}
