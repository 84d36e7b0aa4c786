using ChwFhir.Ehr;
using ChwFhir.Fhir.Client;
using ChwFhir.SmartApp.Chart;
using ChwFhir.SmartApp.Held;
using ChwFhir.SmartApp.Desk;
using ChwFhir.SmartApp.Huddle;
using ChwFhir.SmartApp.Inbox;
using ChwFhir.SmartApp.Know;
using ChwFhir.SmartApp.Live;
using ChwFhir.SmartApp.Me;
using ChwFhir.SmartApp.Messages;
using ChwFhir.SmartApp.MyChw;
using ChwFhir.SmartApp.Overview;
using ChwFhir.SmartApp.Pages;
using ChwFhir.SmartApp.Patients;
using ChwFhir.SmartApp.Plan;
using ChwFhir.SmartApp.Sessions;
using ChwFhir.SmartApp.SignIn;
using ChwFhir.SmartApp.Symptoms;
using ChwFhir.SmartApp.Visits;
using ChwFhir.SmartApp.WriteVisit;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace ChwFhir.SmartApp;

public static class SmartAppRegistration
{
    private static readonly TimeSpan Connecting = TimeSpan.FromSeconds(5);

    /// <summary>The app: a bad setting stops the start and says what is allowed. Sessions are sealed by the host's Data Protection.</summary>
    public static IServiceCollection AddSmartApp(this IServiceCollection services)
    {
        services.AddOptions<AppOptions>().Configure<IConfiguration>(Bind).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<AppOptions>, AppOptionsCheck>());
        services.AddHttpClient(Outside.Name, http => http.Timeout = TimeSpan.FromSeconds(10))
            .ConfigurePrimaryHttpMessageHandler(provider => OutsideHandler.Create(SetBySite(provider), Connecting, why => provider.GetRequiredService<OutsideRefusals>().Tell(Outside.Name, why)))
            // The factory's own log lines would print addresses.
            .RemoveAllLoggers();
        services.AddHttpClient(UserChart.Name).ConfigurePrimaryHttpMessageHandler(() => FhirHandler.Create(Connecting)).SetHandlerLifetime(Timeout.InfiniteTimeSpan).RemoveAllLoggers();

        return services
            .AddSingleton<Seal>().AddSingleton<SessionDesk>().AddSingleton<TokenKeeper>().AddSingleton<TokenEnding>()
            .AddSingleton<Issuers>().AddSingleton<Outside>().AddSingleton<Servers>().AddSingleton<SigningKeys>().AddSingleton<IdTokens>().AddSingleton<Clients>()
            .AddSingleton<Styles>().AddSingleton<Arrivals>().AddSingleton<SignInDesk>()
            .AddSingleton<UserChart>().AddSingleton<ChartReader>().AddSingleton<StoreReader>().AddSingleton<PanelReader>().AddSingleton<ThreadReader>().AddSingleton<FirstPage>().AddSingleton<BeforeTheVisit>()
            .AddSingleton<PersonReader>().AddSingleton<PatientDoor>().AddSingleton<PagesThere>().AddSingleton<EventStreams>()
            .AddSingleton<StandingReader>().AddSingleton<Cards>().AddSingleton<ChwCardReader>().AddSingleton<LateReads>()
            .AddSingleton<TeamNames>().AddSingleton<MessagePages>().AddSingleton<TheirMedicines>().AddSingleton<MessageActs>().AddSingleton<PeopleSeen>().AddSingleton<InboxReader>().AddSingleton<MyPages>().AddSingleton<DeskReader>().AddSingleton<EncountersThere>().AddSingleton<HuddleReader>()
            .AddSingleton<LastVisits>().AddSingleton<VisitWriting>().AddSingleton<AfterVisit>().AddSingleton<DraftKeys>()
            .AddSingleton<KnowReader>().AddSingleton<NoteScreen>().AddSingleton<PlanReader>().AddSingleton<SymptomReader>()
            .AddSingleton<FrameHeaders>().AddSingleton<Screens>().AddSingleton<Auditing>();
    }

    /// <summary>Before the routes: what a browser may do with the pages of the app, and who may show them in a frame.</summary>
    public static void UseSmartApp(this IApplicationBuilder app)
    {
        var headers = app.ApplicationServices.GetRequiredService<FrameHeaders>();
        var https = new Lazy<bool>(() => app.ApplicationServices.GetRequiredService<IOptions<AppOptions>>().Value.PublicUrl?.StartsWith("https:", StringComparison.OrdinalIgnoreCase) is true);
        app.Use((context, next) =>
        {
            if (!Paths.AreOurs(context.Request.Path))
                return next(context);
            headers.Write(context.Response.Headers);
            // A proxy speaks https for us: our cookies are named as what they are.
            if (https.Value)
                context.Request.Scheme = "https";
            return next(context);
        });
    }

    /// <summary>Under <c>/app</c> and <c>/smart</c>.</summary>
    public static void MapSmartApp(this IEndpointRouteBuilder app)
    {
        var pages = app.MapGroup("").AllowAnonymous().ExcludeFromDescription();
        pages.MapAssets();
        pages.MapSignIn();
        pages.MapVisitShell();
        var session = pages.MapSession();
        session.MapEvents();
        session.MapUnsent();
        session.MapInbox();
        session.MapMe();
        session.MapDesk();
        session.MapHuddle();
        var patient = session.MapPatient();
        patient.MapFirstPage();
        patient.MapBefore();
        patient.MapVisits();
        patient.MapHeld();
        patient.MapPlan();
        patient.MapKnow();
        patient.MapSymptoms();
        patient.MapMessages();
        patient.MapChw();
        patient.MapWriteVisit();
        patient.MapDraftKeys();
        patient.MapLive();
        // Within a session what is not there is said in its frame, with the way back.
        patient.MapGet("/{**nothing}", NothingAsync).AuditsItself("nothing");
        session.MapGet("/{**nothing}", NothingAsync);
        pages.MapGet("/app/{**nothing}", NothingAsync);
        pages.MapGet("/smart/{**nothing}", NothingAsync);
    }

    // A browser gets a page with the way back, a program its own form.
    private static async Task<IResult> NothingAsync(HttpContext context, Screens screens) =>
        Screens.ShowsPages(context.Request) ? await screens.NoSuchAsync(context) : Results.NotFound();

    // What they name in turn is held against them: it may not lead into this machine or the house unless they are there.
    private static List<Uri> SetBySite(IServiceProvider provider)
    {
        var (app, ehr) = (provider.GetRequiredService<IOptions<AppOptions>>().Value, provider.GetRequiredService<IOptions<EhrOptions>>().Value);
        string?[] set = [ehr.BaseUrl, app.OpenId.Authority, .. AppOptionsCheck.Issuers(app.Issuers)];
        return [.. set.Where(address => !string.IsNullOrWhiteSpace(address)).Select(address => new Uri(address!))];
    }

    private static void Bind(AppOptions options, IConfiguration configuration)
    {
        configuration.GetSection(AppOptions.Section).Bind(options);
        options.PublicUrl = configuration["PublicUrl"] is { Length: > 0 } url ? url : null;
        options.CardFile = configuration["Programme:Card"] is { Length: > 0 } card ? card : null;
        options.OpenId.Authority ??= configuration["Auth:Authority"];
    }
}
