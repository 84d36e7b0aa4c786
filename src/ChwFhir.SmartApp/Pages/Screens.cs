using System.Text;
using ChwFhir.Mapping;
using ChwFhir.SmartApp.Patients;
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

    /// <summary>A page that says one thing, and how one comes in again: from the chart, or by the sign-in of the site, as it is set up here.</summary>
    public Task<IResult> SayEndAsync(HttpContext context, int status, string title, IReadOnlyList<string> lines, string? lost = null, string? signedOut = null) => SayAsync(
        context, status, title,
        options.Value.TakesLaunches ? [.. lines, "again"] : lines,
        options.Value.TakesSignIns ? [new WayOn(SignIn.Paths.SignIn, "door.oidc")] : [],
        lost, signedOut);

    public Task<IResult> NoSuchAsync(HttpContext context) => SayAsync(context, StatusCodes.Status404NotFound, "not-found", ["not-found.lead"]);

    /// <summary>A page that says one thing.</summary>
    public Task<IResult> SayAsync(HttpContext context, int status, string title, IReadOnlyList<string> lines, IReadOnlyList<WayOn>? ways = null, string? lost = null, string? signedOut = null)
    {
        var words = Wording.For(context.Request);
        return ShowAsync<WordsPage>(status, new()
        {
            [nameof(WordsPage.Words)] = words,
            [nameof(WordsPage.Title)] = words[title],
            [nameof(WordsPage.Lines)] = (IReadOnlyList<string>)[.. lines.Select(line => words[line])],
            [nameof(WordsPage.Ways)] = (IReadOnlyList<WayOn>)[.. (ways ?? []).Select(way => way with { Text = words[way.Text] })],
            [nameof(WordsPage.Lost)] = lost,
            [nameof(WordsPage.Out)] = signedOut,
        });
    }
}
