using System.Text.Json;
using Microsoft.Playwright;

namespace ChwFhir.Journeys.SmartApp;

/// <summary>What is looked at on every page: axe's rules of WCAG 2.2 A and AA, and what axe cannot see.</summary>
internal static class LookedAt
{
    private const int MostOwnCode = 60 * 1024;

    // Of the other rules of axe those on headings and landmarks: a page is walked by them.
    private const string Run = """
        async () => {
          const result = await axe.run(document, { runOnly: { type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }, resultTypes: ["violations"] });
          return result.violations.flatMap(one => one.nodes.map(node => `${one.id}: ${node.target.join(" ")} ${(node.failureSummary ?? "").split("\n").slice(1, 3).join(" ").trim()}`));
        }
        """;

    private const string TooWide = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth";

    private const string TooSmall = """
        () => [...document.querySelectorAll("button, a.button, summary, select, textarea, input:not([type=hidden]):not(label input), label.choice, label.chip, .scale label, .tabs a, .sections a")]
          .filter(one => one.checkVisibility() && one.getBoundingClientRect().height > 1 && one.getBoundingClientRect().height < 43.5)
          .map(one => `${one.outerHTML.slice(0, 80)}: ${one.getBoundingClientRect().height} high`)
        """;

    // An input that lies unseen over its label shows its ring on the label.
    private const string NoRing = """
        () => {
          const has = one => { const style = getComputedStyle(one); return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 3; };
          const one = document.activeElement;
          return one === document.body || has(one) || (one.closest("label") && has(one.closest("label"))) ? null : one.outerHTML.slice(0, 120);
        }
        """;

    private const string OwnCode = """
        () => performance.getEntriesByType("resource").filter(one => new URL(one.name).pathname.startsWith("/app/assets/")).reduce((sum, one) => sum + one.decodedBodySize, 0)
        """;

    /// <summary>All that is wrong with the page as it stands, in light and dark, on a screen and on a phone.</summary>
    public static async Task<IReadOnlyList<string>> FaultsAsync(IPage page, string axe)
    {
        List<string> faults = [];
        if (!await page.EvaluateAsync<bool>("() => 'axe' in window"))
            await page.EvaluateAsync(axe + ";undefined");
        foreach (var (width, scheme) in new[] { (1280, ColorScheme.Light), (1280, ColorScheme.Dark), (390, ColorScheme.Dark), (390, ColorScheme.Light) })
        {
            await page.SetViewportSizeAsync(width, 800);
            await page.EmulateMediaAsync(new() { ColorScheme = scheme, ReducedMotion = ReducedMotion.Reduce });
            faults.AddRange((await page.EvaluateAsync<string[]>(Run)).Select(fault => $"{width} {scheme}: {fault}"));
        }
        faults.AddRange((await page.EvaluateAsync<string[]>(TooSmall)).Select(fault => $"small target: {fault}"));

        // 640 is 1280 at 200 %, 320 what WCAG asks of reflow.
        foreach (var width in new[] { 1280, 640, 400, 390, 320 })
        {
            await page.SetViewportSizeAsync(width, 800);
            if (await page.EvaluateAsync<int>(TooWide) is > 0 and var over)
                faults.Add($"{width}: {over} pixels wider than the screen");
        }
        await page.SetViewportSizeAsync(1280, 800);
        faults.AddRange(await WithoutRingAsync(page));
        if (await page.EvaluateAsync<int>(OwnCode) is > MostOwnCode and var bytes)
            faults.Add($"{bytes} bytes of our own code");
        return faults;
    }

    private static async Task<IReadOnlyList<string>> WithoutRingAsync(IPage page)
    {
        List<string> faults = [];
        for (var step = 0; step < 60; step++)
        {
            await page.Keyboard.PressAsync("Tab");
            if (await page.EvaluateAsync<JsonElement?>(NoRing) is { ValueKind: JsonValueKind.String } one)
                faults.Add($"no focus ring: {one.GetString()}");
            if (await page.EvaluateAsync<bool>("() => document.activeElement === document.body"))
                break;
        }
        return faults;
    }
}
