using ChwFhir.Fhir.Smart;

namespace ChwFhir.Journeys.SmartApp;

/// <summary>The service with a scripted EHR before it, and the steps of a launch one by one.</summary>
internal sealed class LaunchedTown : IAsyncDisposable
{
    private LaunchedTown(Town town, ScriptedEhr ehr) => (Town, Ehr) = (town, ehr);

    public Town Town { get; }

    public ScriptedEhr Ehr { get; }

    public string Callback => $"{Town.BaseUrl.AbsoluteUri.TrimEnd('/')}/smart/callback";

    public static Task<LaunchedTown> StartAsync(params (string Name, string Value)[] settings) => StartAsync(null, settings);

    public static async Task<LaunchedTown> StartAsync(TimeProvider? clock, params (string Name, string Value)[] settings)
    {
        var ehr = await ScriptedEhr.StartAsync();
        return new LaunchedTown(await Town.StartAsync(clock, Settings(ehr, settings)), ehr);
    }

    /// <summary>Another instance, or the same after a restart.</summary>
    public static Task<Town> TownAsync(ScriptedEhr ehr, params (string Name, string Value)[] settings) =>
        Town.StartAsync(Settings(ehr, settings));

    private static (string, string)[] Settings(ScriptedEhr ehr, (string Name, string Value)[] settings) => [("Ehr__BaseUrl", ehr.FhirBase), ("App__ClientId", "chwfhir-app"), .. settings];

    public PlainBrowser Browser(string? language = null) => new(Town.BaseUrl) { Language = language };

    /// <summary>As far as the EHR's sign-in: where the browser is sent.</summary>
    public async Task<Seen> AskAsync(PlainBrowser browser, string launch = "launch-1")
    {
        var begun = await browser.GetAsync($"/smart/launch?iss={Uri.EscapeDataString(Ehr.FhirBase)}&launch={launch}");
        Assert.That(begun.Onward, Is.Not.Null, begun.Text);
        var asked = await browser.GetAsync(begun.Onward!.OriginalString);
        Ehr.Nonce = asked.OnwardQuery.GetValueOrDefault("nonce");
        return asked;
    }

    public Task<Seen> ComeBackAsync(PlainBrowser browser, Seen asked, string code = "code-1", string? more = null) =>
        browser.GetAsync($"/smart/callback?code={code}&state={Uri.EscapeDataString(asked.OnwardQuery["state"])}{more}");

    /// <summary>The whole way in; the address of the session.</summary>
    public async Task<string> LaunchAsync(PlainBrowser browser)
    {
        var back = await ComeBackAsync(browser, await AskAsync(browser));
        Assert.That(back.Onward?.OriginalString, Does.StartWith("/app/"), back.Text);
        return back.Onward!.OriginalString;
    }

    public static bool Fits(string challenge, string verifier) => Pkce.Of(verifier).Challenge == challenge;

    public async ValueTask DisposeAsync()
    {
        await Town.DisposeAsync();
        await Ehr.DisposeAsync();
    }
}
