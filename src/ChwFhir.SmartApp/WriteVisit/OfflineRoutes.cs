using ChwFhir.SmartApp.Pages;
using ChwFhir.SmartApp.Patients;
using ChwFhir.SmartApp.Sessions;
using ChwFhir.SmartApp.Speech;

namespace ChwFhir.SmartApp.WriteVisit;

/// <summary>What the form needs to go on without a signal: a shell of itself, a worker that gives it when the service does not answer, a key for what is kept.</summary>
internal static class OfflineRoutes
{
    private const string Worker = "app/modules/visit-worker.js";

    /// <summary>Of nobody: anybody may keep them.</summary>
    public static void MapVisitShell(this IEndpointRouteBuilder app)
    {
        app.MapGet("/app/visit-shell/{language}", ShellAsync);
        // Where it stands says what it may answer for: the pages of the app and nothing else.
        app.MapGet("/app/visit-worker.js", (HttpContext context) =>
        {
            context.Response.Headers.CacheControl = "no-cache";
            return Results.Stream(typeof(OfflineRoutes).Assembly.GetManifestResourceStream(Worker)!, "text/javascript; charset=utf-8");
        });
    }

    public static void MapDraftKeys(this RouteGroupBuilder patient)
    {
        patient.MapGet("/visit/new/here", HereAsync).AuditsItself("visit-form");
        patient.MapGet("/visit/new/signal", () => Results.NoContent()).AuditsItself("visit-form").WithMetadata(new ByItself());
    }

    /// <summary>What any page of whoever writes visits needs, to say what of theirs is on this device.</summary>
    public static void MapUnsent(this RouteGroupBuilder session) => session.MapGet("/unsent/here", UnsentAsync).WithMetadata(new ByItself());

    private static async Task<IResult> ShellAsync(string language, Screens screens, HttpContext context)
    {
        if (!Wording.Languages.Contains(language))
            return Results.NotFound();
        context.Response.Headers.CacheControl = "no-cache";
        return await screens.ShowAsync<VisitShellPage>(StatusCodes.Status200OK, new() { [nameof(VisitShellPage.Words)] = Wording.In(language) });
    }

    // The session's own form token and the key of whoever has signed in; a copy of this answer stays nowhere.
    private static async Task<IResult> HereAsync(HttpContext context, DraftKeys keys, CancellationToken cancellationToken)
    {
        var here = context.Patient();
        if (!VisitWriting.MayWrite(here))
            return Results.StatusCode(StatusCodes.Status403Forbidden);
        context.Response.Headers.CacheControl = "no-store";
        // Who they are is said where the chart has said it: nothing of what is kept or sent waits for that.
        var person = await here.IsInTimeAsync(here.PersonTask) ? (await here.PersonTask).Items.FirstOrDefault() : null;
        return Results.Json(new
        {
            token = here.Session.Body.FormToken,
            holder = DraftKeys.HolderOf(here.Session.Body),
            key = await keys.OfAsync(here.Session.Body, cancellationToken),
            now = here.Now.ToUnixTimeMilliseconds(),
            patient = here.Reference,
            who = person?.Name,
            born = person?.Born,
            others = here.Session.Body.Patient is null,
        });
    }

    private static async Task<IResult> UnsentAsync(HttpContext context, DraftKeys keys, TimeProvider clock, CancellationToken cancellationToken)
    {
        var session = context.Session().Body;
        if (!VisitWriting.MayWrite(session))
            return Results.StatusCode(StatusCodes.Status403Forbidden);
        context.Response.Headers.CacheControl = "no-store";
        return Results.Json(new { holder = DraftKeys.HolderOf(session), key = await keys.OfAsync(session, cancellationToken), now = clock.GetUtcNow().ToUnixTimeMilliseconds() });
    }
}
