using ChwFhir.SmartApp.SignIn;
using Microsoft.Extensions.DependencyInjection;

namespace ChwFhir.SmartApp.Pages;

/// <summary>What a browser sees of the app when something is refused or fails outside of a page's own words: a page as every other, never a bare code.</summary>
public static class Refusals
{
    /// <returns>False when whoever asks is no browser that shows pages of the app: they are answered in their own form.</returns>
    public static async Task<bool> TryShowRefusalAsync(this HttpContext context, int status)
    {
        if (!Paths.AreOurs(context.Request.Path) || context.Response.HasStarted || !Screens.ShowsPages(context.Request))
            return false;
        // What failed may have begun with no headers at all.
        context.RequestServices.GetRequiredService<FrameHeaders>().Write(context.Response.Headers);
        var screens = context.RequestServices.GetRequiredService<Screens>();
        await (await ShowAsync(screens, context, status)).ExecuteAsync(context);
        return true;
    }

    private static Task<IResult> ShowAsync(Screens screens, HttpContext context, int status) => status switch
    {
        StatusCodes.Status404NotFound or StatusCodes.Status405MethodNotAllowed => screens.SayAsync(context, status, "not-found", ["refusal.no-page", "refusal.unchanged"]),
        StatusCodes.Status429TooManyRequests => screens.SayAsync(context, status, "trouble", ["refusal.too-many", "refusal.unchanged"]),
        StatusCodes.Status413PayloadTooLarge => screens.SayAsync(context, status, "too-large", ["too-large.lead"]),
        // Nobody knows how far it came.
        >= StatusCodes.Status500InternalServerError => screens.SayAsync(context, status, "trouble", [status == StatusCodes.Status503ServiceUnavailable ? "refusal.busy" : "refusal.failed", "refusal.again"]),
        _ => screens.SayAsync(context, status, "trouble", ["refusal.not-understood", "refusal.unchanged"]),
    };
}
