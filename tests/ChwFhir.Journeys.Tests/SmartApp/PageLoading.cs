using Microsoft.Playwright;

namespace ChwFhir.Journeys.SmartApp;

internal static class PageLoading
{
    /// <summary>Follows a link, or presses what is no link, and waits for the page that then stands there. Playwright's own waiting misses a load that is over as it begins to wait.</summary>
    public static async Task FollowAsync(this IPage page, string selector)
    {
        var (link, before) = (page.Locator(selector).First, page.Url);
        var leads = await link.GetAttributeAsync("href");
        await link.ClickAsync();
        if (leads is not null)
            await Assertions.Expect(page).Not.ToHaveURLAsync(before, new() { Timeout = 20_000 });
        var state = await StateAsync(page);
        for (var patience = 0; patience < 400 && state != "complete"; patience++)
        {
            await Task.Delay(50);
            state = await StateAsync(page);
        }
        Assert.That(state, Is.EqualTo("complete"), page.Url);
    }

    // One page goes while the next comes: then there is none to ask.
    private static async Task<string> StateAsync(IPage page)
    {
        try
        {
            return await page.EvaluateAsync<string>("document.readyState");
        }
        catch (PlaywrightException)
        {
            return "";
        }
    }
}
