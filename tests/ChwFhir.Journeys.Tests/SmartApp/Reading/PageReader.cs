using System.Net;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using ChwFhir.SmartApp.Sessions;

namespace ChwFhir.Journeys.SmartApp.Reading;

/// <summary>Reads pages as a browser without script or styles does: what they say and where they lead.</summary>
internal sealed class PageReader(Visitor visitor, string language = "en") : IDisposable
{
    private readonly HttpClient http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { Timeout = TimeSpan.FromSeconds(60) };

    public async Task<(HttpStatusCode Status, IHtmlDocument Page)> ReadAsync(string path, Action<HttpRequestMessage>? with = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, visitor.Address(path));
        request.Headers.Add("Cookie", $"{SessionDesk.Cookie}={visitor.Secret}");
        request.Headers.Add("Accept", "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8");
        request.Headers.Add("Accept-Language", language);
        with?.Invoke(request);
        using var answer = await http.SendAsync(request);
        return (answer.StatusCode, await new HtmlParser().ParseDocumentAsync(await answer.Content.ReadAsStringAsync()));
    }

    /// <summary>What <c>main</c> says, without the white space of its making.</summary>
    public static string Words(IHtmlDocument page) => Words(page.QuerySelector("main"));

    public static string Words(AngleSharp.Dom.IElement? element) => string.Join(' ', (element?.TextContent ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    public void Dispose() => http.Dispose();
}
