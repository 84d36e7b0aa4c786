using ChwFhir.Access;
using ChwFhir.Chart;
using ChwFhir.Ehr;
using ChwFhir.Fhir.Client;
using ChwFhir.Fhir.Model;
using ChwFhir.Fhir.Smart;
using ChwFhir.SmartApp.Sessions;
using Microsoft.Extensions.Options;

namespace ChwFhir.SmartApp.Chart;

/// <summary>The EHR as one user sees it: with their token. Who signed in without the EHR sees it with the service's own, inside their panel, and never what is restricted.</summary>
internal sealed class UserChart(IHttpMessageHandlerFactory handlers, TokenKeeper keeper, EhrConnection connection, ServiceEyes service, IOptions<EhrOptions> ehr, TimeProvider clock)
{
    public const string Name = "app-chart";
    private static readonly HashSet<Role> Restricted = [Role.Chw];

    /// <summary>Need not be disposed, and outlives the request: what a page began to read goes on.</summary>
    public FhirClient Of(OpenSession session) => session.Body.Kind == CallerKind.OidcSession ? connection.Client : Client(session);

    /// <summary>The same for who reads a whole chart: remembered for this session alone.</summary>
    public ChartEyes By(OpenSession session) => session.Body.Kind == CallerKind.OidcSession
        ? service.Of(session.Body.Caller, session.Id)
        : new ChartEyes($"session {session.Id}", session.Body.Caller, new Uri(session.Body.Iss), Handler(
            new Uri(session.Body.Iss), cancellationToken => keeper.TokenAsync(session, cancellationToken), (token, cancellationToken) => keeper.RenewAsync(session, token, cancellationToken)))
        {
            Granted = GrantedScopes.Parse(session.Body.Scope),
        };

    /// <summary>By whose eyes <see cref="Sensitivity"/> is asked. The EHR has no word on who signed in without it: what it holds restricted is withheld from them, whatever their role.</summary>
    public static Caller Eyes(OpenSession session) => Eyes(session.Body);

    public static Caller Eyes(Session session) => session.Kind == CallerKind.OidcSession ? session.Caller with { Roles = Restricted } : session.Caller;

    /// <summary>Whether the EHR granted it, where it says what it granted.</summary>
    public static bool May(OpenSession session, string type, string interaction) => GrantedScopes.Parse(session.Body.Scope) is not { } granted || granted.Allow(type, interaction);

    // Renews the token as it goes.
    private FhirClient Client(OpenSession session) => Client(
        session.Body.Iss, cancellationToken => keeper.TokenAsync(session, cancellationToken), (token, cancellationToken) => keeper.RenewAsync(session, token, cancellationToken));

    /// <summary>Before there is a session.</summary>
    public FhirClient Client(string iss, Secret token) => Client(iss, _ => Task.FromResult<string?>(token.Reveal()), (_, _) => Task.FromResult(false));

    public async Task<T?> ReadAsync<T>(FhirClient client, string reference, CancellationToken cancellationToken) where T : Resource =>
        reference.Split('/') is [var type, var id] && await client.ReadAsync(type, id, cancellationToken) is FhirAnswer.Done { Resource: T resource } ? resource : null;

    private FhirClient Client(string iss, Func<CancellationToken, Task<string?>> token, Func<string, CancellationToken, Task<bool>> renew)
    {
        var fhirBase = new Uri(iss);
        var http = new HttpClient(Handler(fhirBase, token, renew), disposeHandler: false);
        // Somebody waits before the screen: no second try, and not for long.
        return new FhirClient(http, new FhirClientOptions { BaseUrl = fhirBase, Time = clock, RequestTimeout = ehr.Value.RequestTimeout, LargestAnswer = 8 * 1024 * 1024, Repeats = 0, SearchByPost = ehr.Value.SearchByPost });
    }

    private UserTokenHandler Handler(Uri fhirBase, Func<CancellationToken, Task<string?>> token, Func<string, CancellationToken, Task<bool>> renew) => new(fhirBase, token, renew) { InnerHandler = handlers.CreateHandler(Name) };
}
