using ChwFhir.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ChwFhir.Journeys.SmartApp;

/// <summary>
/// Two sites: <c>http://127.0.0.1:port</c> frames <c>http://localhost:port</c>, which sets one cookie for the site around it and one without, and says on the
/// next visit which came back. What our own cookies are measured against.
/// </summary>
internal sealed class FramedCookies : IAsyncDisposable
{
    private readonly WebApplication app;

    private FramedCookies(WebApplication app, int port) => (this.app, Top) = (app, $"http://127.0.0.1:{port}/");

    public string Top { get; }

    public static async Task<FramedCookies> StartAsync()
    {
        var port = Ports.Free();
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.MapGet("/", () => Results.Content($"<iframe src=\"http://localhost:{port}/set\"></iframe>", "text/html"));
        app.MapGet("/set", (HttpResponse response) =>
        {
            response.Headers.Append("Set-Cookie", "plain=1; Path=/; Secure; HttpOnly; SameSite=None");
            response.Headers.Append("Set-Cookie", "parted=1; Path=/; Secure; HttpOnly; SameSite=None; Partitioned");
            return Results.Redirect("/came");
        });
        app.MapGet("/came", (HttpRequest request) => Results.Content($"<p id=\"came\">{string.Join(' ', request.Cookies.Keys.Order())} .</p>", "text/html"));
        await app.StartAsync();
        return new FramedCookies(app, port);
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
