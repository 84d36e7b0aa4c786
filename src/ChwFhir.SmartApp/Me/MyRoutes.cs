using System.Globalization;
using ChwFhir.Audit;
using ChwFhir.CareTeam;
using ChwFhir.SmartApp.Pages;
using ChwFhir.SmartApp.Sessions;
using ChwFhir.SmartApp.SignIn;
using ChwFhir.SmartApp.Speech;

namespace ChwFhir.SmartApp.Me;

/// <summary>One's own settings: when one is away, and who covers.</summary>
internal static class MyRoutes
{
    public static void MapMe(this RouteGroupBuilder session)
    {
        session.MapGet("/me", ReadAsync);
        session.MapPost("/me/away", SayAwayAsync);
        session.MapPost("/me/away/{away:long}/end", EndAwayAsync);
    }

    private static Task<IResult> ReadAsync(HttpContext context, MyPages pages, Screens screens, TimeProvider clock, CancellationToken cancellationToken) =>
        ShowAsync(context, AwayForm.Suggested(clock.GetLocalNow()), context.Request.Query["said"].ToString() switch { "away" => "away.said", "back" => "away.ended", _ => null }, pages, screens, clock, cancellationToken);

    private static async Task<IResult> SayAwayAsync(HttpContext context, CoverBook book, MyPages pages, Screens screens, Auditing auditing, TimeProvider clock, CancellationToken cancellationToken)
    {
        var session = context.Session();
        if (!MyPages.MayBeAway(session.Body))
            return await screens.NoSuchAsync(context);
        var form = await context.Request.ReadFormAsync(cancellationToken);
        var (read, from, until) = AwayForm.Read(form["from"].ToString(), form["until"].ToString(), form["cover"].ToString(), await pages.CoversAsync(session.Body, cancellationToken), clock.GetLocalNow());
        if (read.Fault is not null)
            return await ShowAsync(context, read, null, pages, screens, clock, cancellationToken);
        // Done to its end, and recorded, whoever leaves meanwhile; so is all that is done here.
        await book.SayAwayAsync(TeamCallers.Of(session.Body.Caller), read.Cover, from, until, CancellationToken.None);
        await auditing.WroteAsync(context, session.Body, AuditAction.Create, "away", null, null, done: true);
        return Results.Redirect($"{Paths.Session(session.Id)}/me?said=away");
    }

    private static async Task<IResult> EndAwayAsync(HttpContext context, long away, CoverBook book, Screens screens, Auditing auditing, CancellationToken cancellationToken)
    {
        var session = context.Session();
        var ended = await book.EndAwayAsync(TeamCallers.Of(session.Body.Caller), away, CancellationToken.None);
        await auditing.WroteAsync(context, session.Body, AuditAction.Update, "away", away.ToString(CultureInfo.InvariantCulture), null, ended);
        return ended ? Results.Redirect($"{Paths.Session(session.Id)}/me?said=back") : await screens.NoSuchAsync(context);
    }

    private static async Task<IResult> ShowAsync(HttpContext context, AwayForm form, string? said, MyPages pages, Screens screens, TimeProvider clock, CancellationToken cancellationToken) => await screens.ShowAsync<MePage>(
        form.Fault is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity, new()
        {
            [nameof(MePage.Words)] = Wording.For(context.Request), [nameof(MePage.Session)] = context.Session(), [nameof(MePage.Now)] = clock.GetLocalNow(),
            [nameof(MePage.Mine)] = await pages.ReadAsync(context.Session(), form, said, cancellationToken),
        });
}
