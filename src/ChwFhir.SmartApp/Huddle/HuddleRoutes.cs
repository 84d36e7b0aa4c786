using ChwFhir.Access;
using ChwFhir.SmartApp.Pages;
using ChwFhir.SmartApp.Sessions;
using ChwFhir.SmartApp.Speech;

namespace ChwFhir.SmartApp.Huddle;

/// <summary>The sheet for the morning: today's patients who have a CHW.</summary>
internal static class HuddleRoutes
{
    public static void MapHuddle(this RouteGroupBuilder session) => session.MapGet("/huddle", ShowAsync);

    private static async Task<IResult> ShowAsync(HttpContext context, HuddleReader huddle, Screens screens, Auditing auditing, TimeProvider clock, CancellationToken cancellationToken)
    {
        var session = context.Session();
        if (session.Body.Patient is not null || !session.Body.Caller.IsAny(Role.Chw, Role.Clinician, Role.Nurse, Role.SocialWorker, Role.Supervisor))
        {
            await auditing.ReadAsync(context, session.Body, null, "huddle", null, allowed: false, "not-allowed", cancellationToken);
            return await screens.NoSuchAsync(context);
        }
        await auditing.ReadAsync(context, session.Body, null, "huddle", null, allowed: true, null, cancellationToken);
        var sheet = await huddle.ReadAsync(session, cancellationToken);
        await auditing.ListedAsync(context, session.Body, (sheet.Lines ?? []).Select(line => line.Patient), cancellationToken);
        return await screens.ShowAsync<HuddlePage>(StatusCodes.Status200OK, new()
        {
            [nameof(HuddlePage.Words)] = Wording.For(context.Request), [nameof(HuddlePage.Session)] = session, [nameof(HuddlePage.Sheet)] = sheet, [nameof(HuddlePage.Now)] = clock.GetLocalNow(),
        });
    }
}
