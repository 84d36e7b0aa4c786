using System.Text.Json.Nodes;
using ChwFhir.Access;
using ChwFhir.SmartApp.Messages;
using ChwFhir.SmartApp.Sessions;
using ChwFhir.Testing;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace ChwFhir.Journeys.SmartApp;

/// <summary>The service with the sandbox beside it, some visits behind it, and people who come in: launched from the chart, or by a sign-in of their own.</summary>
internal sealed class AppTown : IAsyncDisposable
{
    public const string Full = "rosa-m";
    public const string Empty = "walter-b";

    /// <summary>A note of which parts are held.</summary>
    public const string Held = "rosa-m-held";
    private static readonly string[] Visits = ["palliative-pain", "follow-up-closes-referral", "full"];

    private AppTown(Town town) => Town = town;

    public Town Town { get; }

    public static async Task<AppTown> StartAsync(params (string Name, string Value)[] settings)
    {
        var port = Ports.Free();
        (string Name, string Value)[] usual = [("urls", $"http://localhost:{port}"), ("PublicUrl", $"http://localhost:{port}"), ("Auth__Panel", "open"), ("App__LaunchRoles", "Practitioner/chw-1=chw, Practitioner/nurse-1=nurse, Practitioner/sw-1=social-worker, Practitioner/sup-1=supervisor")];
        return new AppTown(await Town.StartAsync([.. usual.Where(one => settings.All(given => given.Name != one.Name)), .. settings]));
    }

    /// <summary>Visits of one patient.</summary>
    public async Task LiveAsync()
    {
        foreach (var name in Visits)
        {
            var text = await File.ReadAllTextAsync(Repository.Path("samples", "visit-notes", name + ".json"));
            // The last of the samples takes place in a week that may be still to come.
            var note = JsonNode.Parse(text.Replace("2026-11-24", "2026-11-17", StringComparison.Ordinal))!;
            using var answer = await Town.PostNoteAsync(note.ToJsonString());
            Assert.That((int)answer.StatusCode, Is.InRange(200, 202), await answer.Content.ReadAsStringAsync());
            await Town.SettledAsync((string)note["id"]!, TimeSpan.FromSeconds(60));
        }
    }

    /// <summary>An earlier visit that holds something back for a social worker.</summary>
    public async Task HoldAsync()
    {
        using var answer = await Town.PostNoteAsync($$"""
            {"id":"{{Held}}","patient":{"reference":"Patient/{{Full}}"},"author":{"reference":"Practitioner/chw-1","name":"Dolores Whitfield"},"visit":{"kind":"home","status":"completed","start":"2026-10-20T10:00:00-04:00","end":"2026-10-20T10:50:00-04:00"},
             "narrative":"She was alone today and had time to talk.","sections":[{"title":"Money","text":"Her son takes the bank card, and keeps the letters as well.","hold":{"why":"told-in-confidence","for":["social-work"] } }],
             "concerns":[{"id":"home","domain":"intimate-partner-violence","text":"Afraid when he comes home."}]}
            """);
        Assert.That((int)answer.StatusCode, Is.InRange(200, 202), await answer.Content.ReadAsStringAsync());
        await Town.SettledAsync(Held, TimeSpan.FromSeconds(60));
    }

    /// <summary>Launched from the sandbox's chart, the whole real way.</summary>
    public async Task<Visitor> LaunchAsync(string user, string patient)
    {
        using var browser = new PlainBrowser(Town.BaseUrl);
        var address = $"{Town.EhrBaseUrl.GetLeftPart(UriPartial.Authority)}/charts/{patient}/launch?user={user}&in=window";
        for (var step = 0; step < 10; step++)
        {
            var seen = await browser.GetAsync(address);
            if (seen.Onward is null)
                break;
            address = new Uri(new Uri(Town.BaseUrl, address), seen.Onward).AbsoluteUri;
            if (browser.Cookies.SingleOrDefault(one => one.Name == SessionDesk.Cookie) is { Name: not null } cookie)
                return new Visitor(Town.BaseUrl, cookie.Path, cookie.Value);
        }
        throw new InvalidOperationException($"The launch ended at {address}.");
    }

    /// <summary>Signed in without the EHR, as the issuer's word would have it.</summary>
    public Task<Visitor> SignInAsync(Role role, string practitioner, string name) => BeginAsync(Town, new Session
    {
        Kind = CallerKind.OidcSession, Iss = "https://issuer.example", Subject = $"https://issuer.example|{practitioner}", Name = name, Roles = [role], Practitioner = $"Practitioner/{practitioner}", FormToken = "form-token",
    });

    public static async Task<Visitor> BeginAsync(Town town, Session session)
    {
        var context = new DefaultHttpContext();
        await town.Services.GetRequiredService<SessionDesk>().BeginAsync(context, session, CancellationToken.None);
        await town.Services.GetRequiredService<TeamNames>().CameInAsync(session, CancellationToken.None);
        var set = context.Response.Headers.SetCookie.Single()!;
        var path = set.Split(';', StringSplitOptions.TrimEntries).Single(part => part.StartsWith("path=", StringComparison.Ordinal))[5..];
        return new Visitor(town.BaseUrl, path, set.Split(';')[0].Split('=', 2)[1]);
    }

    public ValueTask DisposeAsync() => Town.DisposeAsync();
}
