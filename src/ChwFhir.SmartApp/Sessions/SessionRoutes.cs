using System.Globalization;
using ChwFhir.Chart;
using ChwFhir.SmartApp.Chart;
using ChwFhir.SmartApp.Overview;
using ChwFhir.SmartApp.Pages;
using ChwFhir.SmartApp.Patients;
using ChwFhir.SmartApp.SignIn;
using ChwFhir.SmartApp.Speech;
using Microsoft.AspNetCore.Http.Features;

namespace ChwFhir.SmartApp.Sessions;

/// <summary>The addresses of a session that are of no patient.</summary>
internal static class SessionRoutes
{
    private static readonly TimeSpan AYear = TimeSpan.FromDays(365);
    private const int LongestName = 80;

    public static RouteGroupBuilder MapSession(this IEndpointRouteBuilder app)
    {
        var session = app.MapGroup("/app/{session:length(43)}");
        session.AddEndpointFilter<SignedIn>();
        session.MapGet("/", HomeAsync).WithMetadata(new AuditedAs("overview"));
        session.MapGet("/patients", PatientsAsync);
        // Who is sought by name is sought by POST.
        session.MapPost("/patients", PatientsAsync);
        session.MapGet("/style.css", Style);
        session.MapPost("/language", SpeakAsync);
        session.MapPost("/sign-out", SignOutAsync);
        // As the addresses were before each patient had their own.
        session.MapGet("/notes/{note}", (HttpContext context, string note) => Moved(context, $"visits/{Uri.EscapeDataString(note)}"));
        session.MapPost("/messages", (HttpContext context) => Moved(context, "messages"));
        session.MapPost("/messages/{message}/seen", (HttpContext context, string message) => Moved(context, $"messages/{Uri.EscapeDataString(message)}/seen"));
        return session;
    }

    // From the chart straight to its patient; else whoever they have.
    private static async Task<IResult> HomeAsync(
        HttpContext context, PatientDoor door, FirstPage first, PanelReader panel, Screens screens, Auditing auditing, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (Here(context).Body.Patient is not { } patient)
            return Homes.Of(Here(context).Body.Roles) is { } home && Here(context).Pages.Contains(home) ? Results.Redirect($"{Paths.Session(Here(context).Id)}/{home}") : await PatientsAsync(context, panel, screens, auditing, clock, cancellationToken);
        if (await door.OpenAsync(context, patient["Patient/".Length..], cancellationToken) is { } no)
            return no;
        await auditing.ReadAsync(context, context.Patient(), "overview", null, cancellationToken);
        return await first.ShowAsync(context.Patient(), cancellationToken);
    }

    private static async Task<IResult> PatientsAsync(HttpContext context, PanelReader panel, Screens screens, Auditing auditing, TimeProvider clock, CancellationToken cancellationToken)
    {
        var session = Here(context);
        if (session.Body.Patient is not null)
            return Results.Redirect(Paths.Session(session.Id));
        await auditing.ReadAsync(context, session.Body, null, "patients", null, allowed: true, null, cancellationToken);
        var sought = HttpMethods.IsPost(context.Request.Method) && (await context.Request.ReadFormAsync(cancellationToken))["name"].ToString().Trim() is { Length: > 0 and <= LongestName } name ? name : null;
        var number = int.TryParse(context.Request.Query["page"], NumberStyles.None, CultureInfo.InvariantCulture, out var given) ? given : 1;
        var page = await panel.ReadAsync(session, sought, number, cancellationToken);
        await auditing.ListedAsync(context, session.Body, (page?.Lines ?? []).Where(patient => patient.Name is not null).Select(patient => patient.Patient), cancellationToken);
        return await screens.ShowAsync<PatientsPage>(StatusCodes.Status200OK, new()
        {
            [nameof(PatientsPage.Words)] = Wording.For(context.Request),
            [nameof(PatientsPage.Session)] = session,
            [nameof(PatientsPage.Page)] = page,
            [nameof(PatientsPage.Sought)] = sought,
            [nameof(PatientsPage.Now)] = clock.GetLocalNow(),
        });
    }

    private static IResult Style(HttpContext context)
    {
        var style = Here(context).Body.Style;
        return Results.Content($":root{{{string.Concat(style.Select(one => $"{one.Key}:{one.Value};"))}}}", "text/css");
    }

    // Back to the page it was chosen on, when that is one of this session.
    private static async Task<IResult> SpeakAsync(HttpContext context, CancellationToken cancellationToken)
    {
        var session = Here(context);
        var form = await context.Request.ReadFormAsync(cancellationToken);
        if (Wording.Languages.Contains(form["language"].ToString()))
            Cookies.Write(context, Wording.Cookie, form["language"].ToString(), Paths.App, AYear);
        var root = Paths.Session(session.Id);
        return Results.LocalRedirect(form["back"].ToString() is var back && back.StartsWith(root + "/", StringComparison.Ordinal) && !back.Contains('\\', StringComparison.Ordinal) ? back : root);
    }

    private static async Task<IResult> SignOutAsync(HttpContext context, SessionDesk desk, TokenEnding tokens, Charts charts, Screens screens, Auditing auditing)
    {
        var session = Here(context);
        // Nobody has the tokens any more when the session is gone: they are ended whatever becomes of the record, and whoever has left.
        await desk.EndAsync(context, session.Id, CancellationToken.None);
        charts.Forget(session.Id);
        await Task.WhenAll(tokens.EndAsync(session.Body), auditing.WentAsync(context, session.Body));
        return await screens.SayEndAsync(context, StatusCodes.Status200OK, "out", ["out.lead"], signedOut: WriteVisit.DraftKeys.HolderOf(session.Body));
    }

    // What a form sends goes with it.
    private static IResult Moved(HttpContext context, string page)
    {
        var session = Here(context);
        return session.Body.Patient is { } patient ? Results.LocalRedirect(Paths.Patient(session.Id, patient["Patient/".Length..], page), preserveMethod: true) : Results.NotFound();
    }

    /// <summary>The session of a request that came through its filter.</summary>
    public static OpenSession Session(this HttpContext context) => context.Features.GetRequiredFeature<OpenSession>();

    private static OpenSession Here(HttpContext context) => context.Session();
}
