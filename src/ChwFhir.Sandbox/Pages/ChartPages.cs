using System.Text;
using System.Text.Json.Nodes;
using ChwFhir.Sandbox.Rest;
using ChwFhir.Sandbox.Smart;
using Microsoft.AspNetCore.Http;

namespace ChwFhir.Sandbox.Pages;

/// <summary>A patient's chart as a person has it open in an EHR, with a way from it into each app: in a frame of the chart, or in a window of its own.</summary>
internal sealed class ChartPages(Clients clients, Launches launches, Charts charts, PatientList patients, ServerAddress address)
{
    private const string Path = "/charts/";

    /// <summary>Where the chart of a patient is.</summary>
    public static string Of(string patient) => Path + patient;

    /// <summary>Null when the address is not one of these pages'.</summary>
    public FhirAnswer? Answer(HttpRequest request, string path)
    {
        if (!path.StartsWith(Path, StringComparison.Ordinal) || !(HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)))
            return null;
        if (path[Path.Length..].Split('/') is not [var id, ..] parts || charts.Patient(id) is not { } patient)
            return NoChart(path[Path.Length..].Split('/')[0]);
        return parts switch
        {
            [_] => Chart(id, patient),
            [_, "launch"] => Launch(id, patient, request.Query),
            _ => null
        };
    }

    private FhirAnswer Chart(string id, JsonObject patient)
    {
        var users = charts.Users().Where(pair => charts.IsOpen(pair.User, id)).ToList();
        var apps = clients.Launched;
        var form = users.Count == 0 || apps.Count == 0 ? "<p>No app is registered that could be launched from here.</p>" : $"""
            <form class="launch" method="get" action="{Page.Encode(Of(id))}/launch" rel="noopener">
            {Choice("user", "Signed in as", users.Select(pair => (pair.User.Id, $"{pair.Name}, {pair.User.Role.ToLowerInvariant()}")))}
            {Choice("encounter", "Visit", charts.EncountersOf(id).Select(visit => (visit["id"].String()!, $"{SignInPages.VisitTime(visit)} · {SignInPages.VisitName(visit)}")).Append(("", "no visit")))}
            {(apps.Count == 1 ? "" : Choice("app", "App", apps.Select(app => (app.Id, app.Name ?? app.Id))))}
            <p><button name="in" value="frame">Launch {Title(apps)}</button> <button class="plain" name="in" value="window" formtarget="_blank">Launch {Title(apps)} in a new window</button></p>
            </form>
            """;
        return Page.Of(200, Charts.Name(patient), $"""
            <p>{Page.Encode(SignInPages.Facts(patient))}</p>
            {form}
            <h2>In the chart</h2>
            <p class="ways"><a href="{ServerAddress.Path}/Patient/{Page.Encode(id)}">patient</a> {patients.WaysInto(id)}</p>
            """) with
        { Policy = Page.PolicyWith(formAction: $"'self' {string.Join(' ', apps.Select(app => Origin(app.LaunchUrl!)).Distinct())}", ancestors: "'none'") };
    }

    private FhirAnswer Launch(string id, JsonObject patient, IQueryCollection asked)
    {
        var encounter = asked["encounter"].FirstOrDefault() is { Length: > 0 } visit ? visit : null;
        var app = clients.Launched.FirstOrDefault(client => asked["app"].FirstOrDefault() is not { } named || client.Id == named);
        if (SandboxUser.Find(asked["user"].FirstOrDefault()) is not { } user)
            return NoUser(id, asked["user"].FirstOrDefault());
        if (app is null || !charts.IsOpen(user, id) || (encounter is not null && !charts.IsEncounterOf(id, encounter)))
            return Page.Of(400, "This did not work", $"<p>The app or the visit is not there, or this user may not open this chart.</p><p><a href=\"{Page.Encode(Of(id))}\">Back to the chart</a></p>");
        var handle = launches.Open(new Launch(app.Id, user, id, encounter));
        var target = $"{app.LaunchUrl}{(app.LaunchUrl!.Contains('?', StringComparison.Ordinal) ? '&' : '?')}iss={Uri.EscapeDataString(address.Base.AbsoluteUri)}&launch={handle}";
        if (asked["in"] == "window")
            return new(303) { Location = target, Headers = SignInPages.NoReferrer };
        return Page.Of(200, Charts.Name(patient), $"""
            <p>{Page.Encode(SignInPages.Facts(patient))} · <a href="{Page.Encode(Of(id))}">back to the chart</a></p>
            <iframe title="{Page.Encode(app.Name ?? app.Id)}" src="{Page.Encode(target)}" referrerpolicy="no-referrer"></iframe>
            """, wide: true) with
        {
            Headers = SignInPages.NoReferrer,
            Policy = Page.PolicyWith(formAction: "'none'", ancestors: "'none'", frames: string.Join(' ', app.RedirectUris.Append(app.LaunchUrl).Select(Origin).Distinct().Append("'self'")))
        };
    }

    // A chart that is there and closed says so, as an EHR does; whose it is stays unsaid.
    private FhirAnswer NoChart(string id) => charts.IsRestricted(id)
        ? Page.Of(403, "This chart is restricted", "<p>Nobody opens it from here, and no app is launched for it: reading it by FHIR is refused with 403 and code 4131, so that what comes of that can be tried.</p><p><a href=\"/patients\">All other charts</a></p>")
        : Page.Of(404, "No such chart", "<p>There is no such chart.</p><p><a href=\"/patients\">All charts</a></p>");

    private FhirAnswer NoUser(string id, string? asked)
    {
        var users = charts.Users().Where(pair => charts.IsOpen(pair.User, id)).Select(pair => $"<li><strong>{Page.Encode(pair.User.Id)}</strong> {Page.Encode($"{pair.Name}, {pair.User.Role.ToLowerInvariant()}")}</li>");
        return Page.Of(400, "Nobody of that name signs in here", $"""
            <p>{(asked is { Length: > 0 } ? $"There is no user {Page.Encode(asked)}; patients do not sign in here." : "The launch names no user.")} These may open this chart:</p>
            <ul>{string.Concat(users)}</ul>
            <p><a href="{Page.Encode(Of(id))}">Back to the chart</a></p>
            """);
    }

    private static string Title(IReadOnlyList<SandboxClient> apps) => apps is [var only] ? Page.Encode(only.Name ?? only.Id) : "the app";

    private static string Origin(string url) => new Uri(url).GetLeftPart(UriPartial.Authority);

    private static string Choice(string name, string label, IEnumerable<(string Value, string Words)> options)
    {
        var list = new StringBuilder();
        foreach (var (value, words) in options)
            list.Append($"""<option value="{Page.Encode(value)}">{Page.Encode(words)}</option>""");
        return $"""<label>{Page.Encode(label)} <select name="{name}">{list}</select></label>""";
    }
}
