using System.Net;
using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace ChwFhir.Api.Host;

/// <summary>
/// Development only: whoever calls from this machine acts as the sandbox's community health worker. A call that came through a proxy, or under a
/// name that is not this machine's (a web page that had its name point here), is a stranger's.
/// </summary>
internal sealed class LoopbackCaller(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    public const string Name = "development";
    public const string RoleHeader = "X-Dev-Role";

    // Who of the sandbox's staff plays which role.
    private static readonly Dictionary<string, string> Staff = new(StringComparer.Ordinal)
    {
        ["chw"] = "Practitioner/chw-1",
        ["clinician"] = "Practitioner/pcp-1",
        ["nurse"] = "Practitioner/nurse-1",
        ["social-worker"] = "Practitioner/sw-1",
        ["supervisor"] = "Practitioner/sup-1",
        ["director"] = "director",
        ["privacy"] = "privacy",
        ["integration"] = "integration",
    };

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (!IsOfThisMachine())
            return Task.FromResult(AuthenticateResult.NoResult());

        var role = Request.Headers.TryGetValue(RoleHeader, out var given) ? given.ToString() : "chw";
        if (!Staff.TryGetValue(role, out var self))
            return Task.FromResult(AuthenticateResult.Fail($"{RoleHeader}: one of {string.Join(", ", Staff.Keys)}."));

        var identity = new ClaimsIdentity([new Claim("sub", self), new Claim("role", role)], Name, "sub", "role");
        return Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Name)));
    }

    // There is no token that a stranger could bring: 403, not 401.
    protected override Task HandleChallengeAsync(AuthenticationProperties properties) => HandleForbiddenAsync(properties);

    private bool IsOfThisMachine() =>
        Context.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address)
        && (Request.Host.Host is "localhost" || IPAddress.TryParse(Request.Host.Host, out var host) && IPAddress.IsLoopback(host))
        && !Request.Headers.ContainsKey("Forwarded") && !Request.Headers.ContainsKey("X-Forwarded-For");
}
