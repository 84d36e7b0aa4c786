using Microsoft.IdentityModel.JsonWebTokens;

namespace ChwFhir.Journeys.SmartApp;

/// <summary>One service and one scripted EHR for a fixture; each test has a fresh browser, and an EHR that says again what it says of itself.</summary>
internal abstract class BeforeAScriptedEhr
{
    protected LaunchedTown town = null!;
    protected PlainBrowser browser = null!;

    [OneTimeSetUp]
    public async Task Start() => town = await LaunchedTown.StartAsync();

    [OneTimeTearDown]
    public async Task Stop()
    {
        if (town is not null)
            await town.DisposeAsync();
    }

    [SetUp]
    public void Fresh()
    {
        browser = town.Browser();
        town.Ehr.IdToken = descriptor => new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(descriptor);
        town.Ehr.Answer = _ => { };
        town.Ehr.Refresh = () => null;
        town.Ehr.Takes = _ => true;
        town.Ehr.Until = _ => Task.CompletedTask;
        town.Ehr.Revocation = _ => Task.FromResult(200);
        town.Ehr.Redeemed.Clear();
        town.Ehr.Revoked.Clear();
        town.Ehr.Bearers.Clear();
    }

    [TearDown]
    public void Leave() => browser?.Dispose();
}
