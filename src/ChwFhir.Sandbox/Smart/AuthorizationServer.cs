using ChwFhir.Sandbox.Rest;
using ChwFhir.Sandbox.Store;
using Microsoft.AspNetCore.Http;

namespace ChwFhir.Sandbox.Smart;

/// <summary>SMART App Launch 2.2 as the EHR's side of it: the addresses under <c>/oauth2</c>. What it knows it forgets when the process ends.</summary>
internal sealed class AuthorizationServer : IDisposable
{
    private readonly Discovery discovery;
    private readonly ClientKeys keys;
    private readonly ClientCheck check;
    private readonly IdTokens idTokens;
    private readonly AuthorizeEndpoint authorize;
    private readonly TokenEndpoint token;
    private readonly Introspection introspection;
    private readonly TokenStore tokens;
    private readonly bool isStrict;

    public AuthorizationServer(SandboxOptions options, Database database, ServerAddress address)
    {
        var at = new OAuthAddresses(address);
        isStrict = options.IsEpic;
        Clients = new Clients(options.Clients);
        Charts = new Charts(database);
        Launches = new Launches(options.Clock);
        discovery = new Discovery(at);
        keys = new ClientKeys(options.Clock);
        check = new ClientCheck(Clients, new AssertionCheck(Clients, keys, at, options.Clock));
        idTokens = new IdTokens(at, options.Clock);
        tokens = new TokenStore(options.Clock, options.TokenLife ?? TimeSpan.FromHours(1), options.TokenLife ?? (isStrict ? TimeSpan.FromHours(1) : TimeSpan.FromMinutes(5)));
        authorize = new AuthorizeEndpoint(Clients, tokens, Launches, Charts, at, options.Clock, LoginSetting.Read(options.Login)!);
        token = new TokenEndpoint(tokens, idTokens, Charts, at, options.Clock, isStrict);
        introspection = new Introspection(tokens, at);
    }

    public Clients Clients { get; }
    public Charts Charts { get; }
    public Launches Launches { get; }

    public FhirAnswer Configuration => discovery.Smart();

    /// <summary>What the bearer of a token may do; null when it is no token of this server, or not any more.</summary>
    public Access? AccessOf(string bearer) => tokens.FindAccess(bearer) is { } found ? new Access(found.Scopes.Resources, found.Grant.Patient, found.Grant.User) : null;

    /// <summary>Null when the address is not one of this server's.</summary>
    public async Task<FhirAnswer?> AnswerAsync(HttpRequest request, string path, CancellationToken cancellationToken)
    {
        try
        {
            return (Verb(request), path) switch
            {
                ("GET" or "POST", OAuthAddresses.Path + "/authorize") => authorize.Answer(await Parameters.ReadAsync(request, cancellationToken)),
                ("POST", OAuthAddresses.Path + "/continue") => await GoAsync(request, cancellationToken),
                ("POST", OAuthAddresses.Path + "/token") => await TokenAsync(request, cancellationToken),
                ("POST", OAuthAddresses.Path + "/introspect") => await IntrospectAsync(request, cancellationToken),
                ("POST", OAuthAddresses.Path + "/revoke") => await ForClientAsync(request, introspection.Revoke, cancellationToken),
                ("GET", OAuthAddresses.Path + "/jwks") => idTokens.Jwks(),
                ("GET", OAuthAddresses.Path + "/.well-known/openid-configuration" or "/.well-known/oauth-authorization-server" + OAuthAddresses.Path) => discovery.OpenId(),
                ("GET", OAuthAddresses.Path + "/style-1.json") => Discovery.Style(),
                (_, OAuthAddresses.Path + "/continue" or OAuthAddresses.Path + "/token" or OAuthAddresses.Path + "/introspect" or OAuthAddresses.Path + "/revoke") => new(405) { Allow = "POST" },
                _ => null
            };
        }
        catch (OAuthRefusal refusal)
        {
            // A strict server says 400 where the RFC leaves the choice.
            return isStrict && refusal.Error == "invalid_client" ? refusal.Answer() with { Status = 400 } : refusal.Answer();
        }
    }

    public void Dispose()
    {
        keys.Dispose();
        idTokens.Dispose();
    }

    private static string Verb(HttpRequest request) => HttpMethods.IsHead(request.Method) ? "GET" : request.Method.ToUpperInvariant();

    // The pages' own forms are the only ones that may choose for a person.
    private async Task<FhirAnswer> GoAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.Headers["Sec-Fetch-Site"].FirstOrDefault() is not (null or "same-origin"))
            return SignInPages.Fault("This form came from another site.");
        return authorize.Go(await Parameters.ReadAsync(request, cancellationToken));
    }

    // A public client need not say its id with a refresh token (RFC 6749, 3.2.1), and SMART's own JavaScript client does not: the token itself tells.
    private async Task<FhirAnswer> TokenAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var parameters = await Parameters.ReadAsync(request, cancellationToken);
        parameters.RefuseDoubled();
        var isNamed = request.Headers.Authorization.Count > 0 || parameters["client_id"] is not null || parameters["client_assertion"] is not null;
        if (!isNamed && parameters["refresh_token"] is { } refresh && tokens.FindRefresh(refresh)?.What.Client is { Kind: ClientKind.Public } client)
            return token.Answer(client, parameters);
        return token.Answer(await check.ClientAsync(request, parameters, cancellationToken), parameters);
    }

    private async Task<FhirAnswer> ForClientAsync(HttpRequest request, Func<SandboxClient, Parameters, FhirAnswer> answer, CancellationToken cancellationToken)
    {
        var parameters = await Parameters.ReadAsync(request, cancellationToken);
        parameters.RefuseDoubled();
        return answer(await check.ClientAsync(request, parameters, cancellationToken), parameters);
    }

    // Whoever asks shows a token of its own, or that it is a registered client with a key or secret.
    private async Task<FhirAnswer> IntrospectAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (Bearer(request) is not { } bearer)
            return await ForClientAsync(request, (client, asked) => client.Kind == ClientKind.Public ? throw AssertionCheck.Refused("A public client may not ask.") : introspection.Tell(asked), cancellationToken);
        if (tokens.FindAccess(bearer) is null)
            return new(401) { WwwAuthenticate = "Bearer error=\"invalid_token\"" };
        var parameters = await Parameters.ReadAsync(request, cancellationToken);
        parameters.RefuseDoubled();
        return introspection.Tell(parameters);
    }

    private static string? Bearer(HttpRequest request) =>
        request.Headers.Authorization.FirstOrDefault() is { } header && header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? header["Bearer ".Length..].Trim() : null;
}
