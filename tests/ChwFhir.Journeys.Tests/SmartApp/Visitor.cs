using ChwFhir.SmartApp.Sessions;
using Microsoft.Playwright;

namespace ChwFhir.Journeys.SmartApp;

/// <summary>Somebody who has come in; any browser may be theirs.</summary>
/// <param name="Session">Path of the session.</param>
/// <param name="Secret">What its cookie holds.</param>
internal sealed record Visitor(Uri Service, string Session, string Secret)
{
    public string Address(string path) => new Uri(Service, Session + path).AbsoluteUri;

    public Task SitDownAsync(IBrowserContext browser) =>
        browser.AddCookiesAsync([new() { Name = SessionDesk.Cookie, Value = Secret, Domain = Service.Host, Path = Session, Secure = true, HttpOnly = true, SameSite = SameSiteAttribute.None }]);
}
