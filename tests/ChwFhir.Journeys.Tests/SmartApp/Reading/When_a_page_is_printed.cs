using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ChwFhir.Testing;
using Microsoft.Playwright;

namespace ChwFhir.Journeys.SmartApp.Reading;

/// <summary>What goes into a bag or onto a meeting's table is one sheet, on the paper of either side of the ocean.</summary>
internal sealed partial class When_a_page_is_printed
{
    private static readonly string[] Others = ["walter-b", "evelyn-h", "lucia-v", "thomas-n", "george-t", "jaylen-p", "anna-larsen", "ana-larson", "marion-o"];
    private AppTown town = null!;
    private VisitorBook book = null!;
    private IPlaywright playwright = null!;
    private IBrowser browser = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        var chromium = Needs.Chromium();
        town = await AppTown.StartAsync();
        book = new VisitorBook(town);
        await town.LiveAsync();
        foreach (var patient in Others)
        {
            var note = Some.Note($"Patient/{patient}");
            note["insights"] = new JsonArray(new JsonObject { ["text"] = "The heating has been off since Friday, and the landlord does not call back.", ["quote"] = false });
            note["messages"] = new JsonArray(new JsonObject { ["id"] = "m1", ["to"] = new JsonArray("care-team"), ["urgency"] = "urgent", ["text"] = "Please call the landlord today; she sleeps in her coat." });
            (await town.Town.PostNoteAsync(note.ToJsonString())).Dispose();
        }
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = chromium, Args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"] });
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        if (browser is not null)
            await browser.DisposeAsync();
        playwright?.Dispose();
        if (town is not null)
            await town.DisposeAsync();
    }

    [Test]
    public async Task It_is_one_sheet(
        [Values("before", "overview", "huddle")] string what, [Values("A4", "Letter")] string paper, [Values("en", "es")] string language)
    {
        var (who, path) = what switch { "before" => (Who.Chw, $"/patients/{AppTown.Full}?wait"), "overview" => (Who.Clinician, $"/patients/{AppTown.Full}?wait"), _ => (Who.NurseSignedIn, "/huddle") };
        var visitor = await book.OfAsync(who, AppTown.Full);
        await using var context = await browser.NewContextAsync(new() { Locale = language });
        await visitor.SitDownAsync(context);
        var page = await context.NewPageAsync();
        await page.GotoAsync(visitor.Address(path));

        var pdf = await page.PdfAsync(new() { Format = paper });

        Assert.That(Sheet().Count(Encoding.Latin1.GetString(pdf)), Is.EqualTo(1));
    }

    [GeneratedRegex(@"/Type\s*/Page(?!\w)")]
    private static partial Regex Sheet();
}
