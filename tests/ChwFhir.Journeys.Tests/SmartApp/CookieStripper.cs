using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ChwFhir.Journeys.SmartApp;

/// <summary>Stands before the service as a browser that knows no partitioned cookies would: in a frame they are set without their partition, and lost.</summary>
internal sealed class CookieStripper : IAsyncDisposable
{
    private readonly HttpClient http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });
    private readonly WebApplication app;

    private CookieStripper(WebApplication app) => this.app = app;

    public static async Task<CookieStripper> StartAsync(int port, int behind)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        builder.Logging.ClearProviders();
        var stripper = new CookieStripper(builder.Build());
        stripper.app.Run(context => stripper.ForwardAsync(context, behind));
        await stripper.app.StartAsync();
        return stripper;
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        http.Dispose();
    }

    private async Task ForwardAsync(HttpContext context, int behind)
    {
        using var request = new HttpRequestMessage(new HttpMethod(context.Request.Method), $"http://127.0.0.1:{behind}{context.Request.Path}{context.Request.QueryString}");
        foreach (var header in context.Request.Headers.Where(header => header.Key is not ("Connection" or "Content-Length" or "Content-Type")))
            request.Headers.TryAddWithoutValidation(header.Key, header.Value.ToArray());
        if (context.Request.ContentLength > 0)
        {
            request.Content = new StreamContent(context.Request.Body);
            request.Content.Headers.TryAddWithoutValidation("Content-Type", context.Request.ContentType);
        }
        using var answer = await http.SendAsync(request);
        context.Response.StatusCode = (int)answer.StatusCode;
        var framed = context.Request.Headers["Sec-Fetch-Dest"] == "iframe";
        foreach (var header in answer.Headers.Concat(answer.Content.Headers).Where(header => header.Key is not ("Transfer-Encoding" or "Content-Length")))
            context.Response.Headers[header.Key] = header.Value.Select(value => framed && header.Key == "Set-Cookie" ? value.Replace("; partitioned", "", StringComparison.OrdinalIgnoreCase) : value).ToArray();
        await answer.Content.CopyToAsync(context.Response.Body);
    }
}
