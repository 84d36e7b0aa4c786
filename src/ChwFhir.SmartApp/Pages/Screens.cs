using System.Text;
using ChwFhir.SmartApp.Speech;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ChwFhir.SmartApp.Pages;

/// <summary>Turns components into pages: whole, on the server, with every word that came from outside encoded.</summary>
internal sealed class Screens(IServiceProvider services, ILoggerFactory loggers)
{
    public async Task<IResult> ShowAsync<T>(int status, Dictionary<string, object?> parameters) where T : IComponent
    {
        await using var scope = services.CreateAsyncScope();
        await using var renderer = new HtmlRenderer(scope.ServiceProvider, loggers);
        var html = await renderer.Dispatcher.InvokeAsync(async () => (await renderer.RenderComponentAsync<T>(ParameterView.FromDictionary(parameters))).ToHtmlString());
        return Results.Content(html, "text/html; charset=utf-8", Encoding.UTF8, status);
    }

    /// <summary>A page that says one thing.</summary>
    public Task<IResult> SayAsync(HttpContext context, int status, string title, IReadOnlyList<string> lines, IReadOnlyList<WayOn>? ways = null, string? lost = null)
    {
        var words = Wording.For(context.Request.Headers.AcceptLanguage);
        return ShowAsync<WordsPage>(status, new()
        {
            [nameof(WordsPage.Words)] = words,
            [nameof(WordsPage.Title)] = words[title],
            [nameof(WordsPage.Lines)] = (IReadOnlyList<string>)[.. lines.Select(line => words[line])],
            [nameof(WordsPage.Ways)] = (IReadOnlyList<WayOn>)[.. (ways ?? []).Select(way => way with { Text = words[way.Text] })],
            [nameof(WordsPage.Lost)] = lost,
        });
    }
}
