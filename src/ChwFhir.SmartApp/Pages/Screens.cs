using System.Text;
using ChwFhir.Mapping;
using ChwFhir.SmartApp.Patients;
using ChwFhir.SmartApp.Sessions;
using ChwFhir.SmartApp.SignIn;
using ChwFhir.SmartApp.Speech;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ChwFhir.SmartApp.Pages;

/// <summary>Turns components into pages: whole, on the server, with every word that came from outside encoded, and none that turns the direction of what we say beside it.</summary>
internal sealed class Screens(IServiceProvider services, ILoggerFactory loggers, IOptions<AppOptions> options)
{
    /// <summary>A page of a patient; it is given <c>Here</c>.</summary>
    public Task<IResult> ShowAsync<T>(PatientHere here, params (string Name, object? Value)[] parameters) where T : IComponent => ShowAsync<T>(here, StatusCodes.Status200OK, parameters);

    public Task<IResult> ShowAsync<T>(PatientHere here, int status, params (string Name, object? Value)[] parameters) where T : IComponent =>
        ShowAsync<T>(status, parameters.Append((Name: "Here", Value: here)).ToDictionary(one => one.Name, one => one.Value));

    public async Task<IResult> ShowAsync<T>(int status, Dictionary<string, object?> parameters) where T : IComponent
    {
        await using var scope = services.CreateAsyncScope();
        await using var renderer = new HtmlRenderer(scope.ServiceProvider, loggers);
        var html = await renderer.Dispatcher.InvokeAsync(async () => (await renderer.RenderComponentAsync<T>(ParameterView.FromDictionary(parameters))).ToHtmlString());
        return Results.Content(DirectionSigns.FreeHtml(html), "text/html; charset=utf-8", Encoding.UTF8, status);
    }

    /// <summary>Of a request that a browser shows as a page; what our modules and other programs fetch is none.</summary>
    public static bool ShowsPages(HttpRequest request) => request.GetTypedHeaders().Accept.Any(type => type.MediaType == "text/html");

    /// <summary>A page that says one thing, and how one comes in again: from the chart, or by the sign-in of the site, as it is set up here. The session is over.</summary>
    public Task<IResult> SayEndAsync(HttpContext context, int status, string title, IReadOnlyList<string> lines, string? lost = null, string? signedOut = null)
    {
        List<WayOn> ways = [];
        if (options.Value.TakesSignIns)
            ways.Add(new WayOn(Paths.SignIn, "door.oidc"));
        if (options.Value.TakesLaunches)
            ways.Add(new WayOn(Paths.Standalone, "door.standalone"));
        return SayAsync(context, null, null, status, title, options.Value.TakesLaunches ? [.. lines, "again"] : lines, ways, lost, signedOut);
    }

    public Task<IResult> NoSuchAsync(HttpContext context) => SayAsync(context, StatusCodes.Status404NotFound, "not-found", ["not-found.lead", "refusal.unchanged"]);

    /// <summary>A page that says one thing, in the frame of whoever is there, with the way back to what they may see.</summary>
    public Task<IResult> SayAsync(HttpContext context, int status, string title, IReadOnlyList<string> lines, IReadOnlyList<WayOn>? ways = null)
    {
        var session = context.Features.Get<OpenSession>();
        // What the frame says of a patient is read from the store; where that fails, nothing of them is said.
        var here = status < StatusCodes.Status500InternalServerError ? context.Features.Get<PatientHere>() : null;
        IReadOnlyList<WayOn> back = session is null ? [new WayOn(Paths.App, "door")]
            : here is not null ? [new WayOn(here.Path(), "back.patient")]
            : [new WayOn(Paths.Session(session.Id), session.Body.Patient is null ? "back.start" : "back.patient")];
        return SayAsync(context, session, here, status, title, lines, ways ?? back, null, null);
    }

    private Task<IResult> SayAsync(HttpContext context, OpenSession? session, PatientHere? here, int status, string title, IReadOnlyList<string> lines, IReadOnlyList<WayOn> ways, string? lost, string? signedOut)
    {
        var words = Wording.For(context.Request);
        return ShowAsync<WordsPage>(status, new()
        {
            [nameof(WordsPage.Words)] = words,
            [nameof(WordsPage.Session)] = session,
            [nameof(WordsPage.Here)] = here,
            [nameof(WordsPage.Title)] = words[title],
            [nameof(WordsPage.Lines)] = (IReadOnlyList<string>)[.. lines.Select(line => words[line])],
            [nameof(WordsPage.Ways)] = (IReadOnlyList<WayOn>)[.. ways.Select(way => way with { Text = words[way.Text] })],
            [nameof(WordsPage.Lost)] = lost,
            [nameof(WordsPage.Out)] = signedOut,
        });
    }
}
