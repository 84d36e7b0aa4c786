using System.Net;
using System.Text.Encodings.Web;
using ChwFhir.Access;
using ChwFhir.Intake;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace ChwFhir.Api.Identity;

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
    private static readonly Dictionary<Role, string> Staff = new()
    {
        [Role.Chw] = "Practitioner/chw-1",
        [Role.Clinician] = "Practitioner/pcp-1",
        [Role.Nurse] = "Practitioner/nurse-1",
        [Role.SocialWorker] = "Practitioner/sw-1",
        [Role.Supervisor] = "Practitioner/sup-1",
    };

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (!IsOfThisMachine())
            return Task.FromResult(AuthenticateResult.NoResult());

        if (Request.Headers.TryGetValue(RoleHeader, out var given) && !Words.TryParse<Role>(given.ToString(), out _))
            return Task.FromResult(AuthenticateResult.Fail($"{RoleHeader}: one of {string.Join(", ", Words.All<Role>())}."));

        return Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(Callers.Principal(Playing(given), Name), Name)));
    }

    // There is no token that a stranger could bring: 403, not 401.
    protected override Task HandleChallengeAsync(AuthenticationProperties properties) => HandleForbiddenAsync(properties);

    // Without the header it is the CHW of a team of one, who minds the desk as well: everything can be tried without knowing of roles.
    private static Caller Playing(string? given)
    {
        var role = given is { Length: > 0 } && Words.TryParse<Role>(given, out var named) ? named : Role.Chw;
        var self = Staff.GetValueOrDefault(role);
        return new Caller(self ?? Words.Of(role), self ?? Words.Of(role), given is { Length: > 0 } ? new HashSet<Role> { role } : new HashSet<Role> { Role.Chw, Role.Supervisor }, self, CallerKind.Development, null);
    }

    private bool IsOfThisMachine() =>
        Context.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address)
        && (Request.Host.Host is "localhost" || IPAddress.TryParse(Request.Host.Host, out var host) && IPAddress.IsLoopback(host))
        && !Request.Headers.ContainsKey("Forwarded") && !Request.Headers.ContainsKey("X-Forwarded-For");
}
