using ChwFhir.SmartApp.Messages;
using ChwFhir.SmartApp.Pages;
using Microsoft.Extensions.Options;

namespace ChwFhir.SmartApp.SignIn;

/// <summary>The addresses of the way in. Nothing that comes in a query is ever an address to go to.</summary>
internal static class SignInRoutes
{
    public static void MapSignIn(this IEndpointRouteBuilder app)
    {
        app.MapGet(Paths.App, DoorAsync);
        app.MapGet(Paths.Launch, LaunchAsync);
        app.MapGet(Paths.Standalone, StandaloneAsync);
        app.MapGet(Paths.SignIn, SignInAsync);
        foreach (var way in Enum.GetValues<Way>())
        {
            app.MapGet(Paths.Onward(way), (HttpContext context, SignInDesk desk, Screens screens, Auditing auditing, CancellationToken cancellationToken) => OnwardAsync(context, way, desk, screens, auditing, cancellationToken));
            app.MapGet(Paths.Callback(way), (HttpContext context, SignInDesk desk, TeamNames names, Screens screens, Auditing auditing, CancellationToken cancellationToken) => CallbackAsync(context, way, desk, names, screens, auditing, cancellationToken));
        }
    }

    private static Task<IResult> DoorAsync(HttpContext context, Screens screens, IOptions<AppOptions> options)
    {
        List<WayOn> ways = [];
        if (options.Value.TakesLaunches)
            ways.Add(new WayOn(Paths.Standalone, "door.standalone"));
        if (options.Value.TakesSignIns)
            ways.Add(new WayOn(Paths.SignIn, "door.oidc"));
        return screens.SayAsync(context, StatusCodes.Status200OK, "door", [ways.Count == 0 ? "door.none" : "door.lead"], ways);
    }

    private static Task<IResult> LaunchAsync(HttpContext context, SignInDesk desk, Screens screens, Auditing auditing, CancellationToken cancellationToken) =>
        // Said twice, or not at all, it is nobody's launch; without "launch" it is none of the EHR's.
        BeginAsync(context, Way.Smart, Once(context, "iss"), Once(context, "launch") ?? "", desk, screens, auditing, cancellationToken);

    private static Task<IResult> StandaloneAsync(HttpContext context, SignInDesk desk, Screens screens, Auditing auditing, CancellationToken cancellationToken) =>
        BeginAsync(context, Way.Smart, null, null, desk, screens, auditing, cancellationToken);

    private static Task<IResult> SignInAsync(HttpContext context, SignInDesk desk, Screens screens, Auditing auditing, CancellationToken cancellationToken) =>
        BeginAsync(context, Way.Oidc, null, null, desk, screens, auditing, cancellationToken);

    private static Task<IResult> BeginAsync(HttpContext context, Way way, string? iss, string? launch, SignInDesk desk, Screens screens, Auditing auditing, CancellationToken cancellationToken) =>
        TryAsync(context, screens, auditing, async () => Results.Redirect(await desk.BeginAsync(context, way, iss, launch, cancellationToken)), cancellationToken);

    private static Task<IResult> OnwardAsync(HttpContext context, Way way, SignInDesk desk, Screens screens, Auditing auditing, CancellationToken cancellationToken) => TryAsync(context, screens, auditing, async () =>
    {
        var (onward, again) = await desk.OnwardAsync(context, way, Once(context, "state"), cancellationToken);
        if (onward is not null)
            return Results.Redirect(onward.AbsoluteUri);
        return Frames.IsFramed(context.Request)
            ? await screens.SayAsync(context, StatusCodes.Status200OK, "window", ["window.lead"], [new WayOn(again!, "window.open", NewWindow: true)])
            : await screens.SayAsync(context, StatusCodes.Status200OK, "window", ["window.lead", "window.top"], [new WayOn(again!, "window.open", NewWindow: true)]);
    }, cancellationToken);

    private static Task<IResult> CallbackAsync(HttpContext context, Way way, SignInDesk desk, TeamNames names, Screens screens, Auditing auditing, CancellationToken cancellationToken) => TryAsync(context, screens, auditing, async () =>
    {
        var (id, session) = await desk.CompleteAsync(context, way, cancellationToken);
        await auditing.CameInAsync(context, session, cancellationToken);
        await names.CameInAsync(session, cancellationToken);
        return Results.Redirect(Paths.Session(id));
    }, cancellationToken);

    private static async Task<IResult> TryAsync(HttpContext context, Screens screens, Auditing auditing, Func<Task<IResult>> step, CancellationToken cancellationToken)
    {
        try
        {
            return await step();
        }
        catch (TroubleException trouble)
        {
            await auditing.RefusedAsync(context, trouble, cancellationToken);
            return await screens.SayEndAsync(context, StatusOf(trouble.Trouble), "trouble", [$"trouble.{trouble.Trouble}"]);
        }
    }

    private static int StatusOf(Trouble trouble) => trouble switch
    {
        Trouble.NotSetUp => StatusCodes.Status404NotFound,
        Trouble.ServerNotAnswering or Trouble.ServerUnfit => StatusCodes.Status502BadGateway,
        Trouble.TooMany => StatusCodes.Status503ServiceUnavailable,
        Trouble.NotStaff or Trouble.NoRole or Trouble.Denied or Trouble.ScopesMissing => StatusCodes.Status403Forbidden,
        _ => StatusCodes.Status400BadRequest,
    };

    private static string? Once(HttpContext context, string name) => context.Request.Query[name] is { Count: 1 } values ? values[0] : null;
}
