using ChwFhir.Fhir.Smart;
using ChwFhir.Queue;
using ChwFhir.SmartApp.Sessions;
using Microsoft.Extensions.Options;

namespace ChwFhir.SmartApp.SignIn;

/// <summary>
/// The way in (SMART App Launch 2.2, and OpenID Connect's code flow), in its order:
/// <code>
///   browser                      this service                                        authorization server
///   launch ─────────────────────► Begin     state, nonce, verifier; cookie
///   onward (cookie comes back?) ─► Onward    ── 302 ──────────────────────────────►  a person says yes
///   callback ◄──────────────────────────────────────────────────────────────────────
///          ─────────────────────► Complete  cookie, state (once), iss; code ───────►  token, id_token
///   /app/{session} ◄── 302 ──────  Arrivals  who it is, whose chart
/// </code>
/// The cookie is asked for before the EHR's launch is spent: where a browser keeps none in a frame, the same launch still opens in a window of its own.
/// </summary>
internal sealed class SignInDesk(NoteStore store, Seal seal, Issuers issuers, Servers servers, Clients clients, Outside outside, IdTokens idTokens, Arrivals arrivals, SessionDesk sessions, TimeProvider clock, IOptions<AppOptions> options)
{
    private const int MostUnderWay = 10_000;
    private const int LongestLaunch = 4096;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);
    private readonly AppOptions options = options.Value;

    /// <param name="iss">Null for a launch that does not come from the EHR.</param>
    /// <returns>Where the browser goes next.</returns>
    public async Task<string> BeginAsync(HttpContext context, Way way, string? iss, string? launch, CancellationToken cancellationToken)
    {
        var (state, binding) = (RandomText.New(), RandomText.New());
        var begun = new SignInUnderWay
        {
            Way = way,
            Iss = way == Way.Smart ? Listed(iss, launch) : Issuer(),
            Launch = launch,
            Nonce = RandomText.New(),
            Verifier = RandomText.New(),
            RedirectUri = RedirectUri(context.Request, way),
        };
        var hash = Seal.Hash(state);
        if (!await store.KeepLaunchAsync(new AppLaunchRow(hash, Seal.Hash(binding), seal.Close(begun, "sign-in", hash), store.Now + Patience), MostUnderWay, cancellationToken))
            throw new TroubleException(Trouble.TooMany);

        Cookies.Write(context, CookieOf(hash), binding, Paths.Root(way), Patience);
        return $"{Paths.Onward(way)}?state={state}";
    }

    /// <returns>The authorization server's address, once the browser has shown that it keeps our cookie; else where the same begins anew.</returns>
    public async Task<(Uri? Onward, string? Again)> OnwardAsync(HttpContext context, Way way, string? state, CancellationToken cancellationToken)
    {
        var (row, begun) = await FindAsync(way, state, cancellationToken);
        if (!Seal.Fits(Cookies.Read(context.Request, CookieOf(row.StateHash)), row.BindingHash))
            return (null, Again(begun));

        var server = await servers.FindAsync(way, begun.Iss, cancellationToken);
        var pkce = Pkce.Of(begun.Verifier);
        return (way == Way.Smart
            ? new AuthorizationRequest(server.AuthorizationEndpoint, clients.For(way).Id, begun.RedirectUri, Scopes(begun, server), state!, begun.Iss, pkce.Challenge) { Launch = begun.Launch, Nonce = begun.Nonce }.ToUri()
            : OidcRequest(server, begun, state!, pkce), null);
    }

    /// <returns>Id of the session that has begun.</returns>
    public async Task<(string Id, Session Session)> CompleteAsync(HttpContext context, Way way, CancellationToken cancellationToken)
    {
        var query = context.Request.Query;
        var state = One(query["state"]);
        var (row, begun) = await FindAsync(way, state, cancellationToken);
        // Whoever comes without the cookie ends nothing: somebody else's sign-in goes on.
        if (!Seal.Fits(Cookies.Read(context.Request, CookieOf(row.StateHash)), row.BindingHash))
            throw new TroubleException(Trouble.NotFromHere);
        if (!await store.TakeLaunchAsync(row.StateHash, cancellationToken))
            throw new TroubleException(Trouble.Unknown);

        Cookies.Remove(context, CookieOf(row.StateHash), Paths.Root(way));
        var server = await servers.FindAsync(way, begun.Iss, cancellationToken);
        // RFC 9207: an answer of another server must not be taken to this one.
        if (query.ContainsKey("iss") ? One(query["iss"]) != server.Issuer : server.NamesItself)
            throw new TroubleException(Trouble.OtherIssuer);
        if (query.ContainsKey("error") || One(query["code"]) is not { Length: > 0 } code)
            throw new TroubleException(Trouble.Denied);

        var grant = await RedeemAsync(server, way, begun, new Secret(code), cancellationToken);
        var token = grant.IdToken is { } idToken ? await idTokens.ReadAsync(idToken, server, clients.For(way).Id, begun.Nonce, cancellationToken) : throw new TroubleException(Trouble.ScopesMissing);
        var session = way == Way.Smart ? await arrivals.FromTheEhrAsync(begun, server, grant, token, cancellationToken) : arrivals.FromTheIssuer(begun, token);
        return (await sessions.BeginAsync(context, session, cancellationToken), session);
    }

    private string Listed(string? iss, string? launch)
    {
        if (!options.TakesLaunches)
            throw new TroubleException(Trouble.NotSetUp);
        if (launch is null)
            return iss is null ? issuers.Own : throw new TroubleException(Trouble.BadLaunch);
        if (launch.Length is 0 or > LongestLaunch || iss is null)
            throw new TroubleException(Trouble.BadLaunch);
        return issuers.Find(iss) ?? throw new TroubleException(Trouble.UnlistedIssuer);
    }

    private string Issuer() => options.TakesSignIns ? options.OpenId.Authority! : throw new TroubleException(Trouble.NotSetUp);

    private async Task<(AppLaunchRow Row, SignInUnderWay Begun)> FindAsync(Way way, string? state, CancellationToken cancellationToken)
    {
        if (state is not { Length: > 0 and <= 200 } || await store.FindLaunchAsync(Seal.Hash(state), cancellationToken) is not { } row || seal.Open<SignInUnderWay>(row.Body, "sign-in", row.StateHash) is not { } begun)
            throw new TroubleException(Trouble.Unknown);
        return begun.Way == way ? (row, begun) : throw new TroubleException(Trouble.OtherIssuer);
    }

    private async Task<TokenGrant> RedeemAsync(AuthorizationServer server, Way way, SignInUnderWay begun, Secret code, CancellationToken cancellationToken)
    {
        using var request = TokenRequest.Code(server.TokenEndpoint, clients.For(way), code, begun.RedirectUri, Pkce.Of(begun.Verifier), clock.GetUtcNow()).ToMessage();
        var answer = await outside.AskAsync(request, cancellationToken) is { } said ? TokenAnswer.Read(said.Status, said.Body) : new TokenAnswer.Unusable(0);
        return answer switch
        {
            TokenAnswer.Granted { Grant: var grant } => grant,
            TokenAnswer.Refused => throw new TroubleException(Trouble.CodeRefused),
            _ => throw new TroubleException(Trouble.ServerNotAnswering),
        };
    }

    private string Scopes(SignInUnderWay begun, AuthorizationServer server)
    {
        IEnumerable<string> asked = [begun.Launch is null ? "launch/patient" : "launch", .. options.Scopes.Split(' ', StringSplitOptions.RemoveEmptyEntries)];
        return string.Join(' ', (server.Remembers is { } word ? asked.Append(word) : asked).Distinct(StringComparer.Ordinal));
    }

    private Uri OidcRequest(AuthorizationServer server, SignInUnderWay begun, string state, Pkce pkce)
    {
        (string Name, string Value)[] fields =
        [
            ("response_type", "code"), ("client_id", clients.For(Way.Oidc).Id), ("redirect_uri", begun.RedirectUri), ("scope", options.OpenId.Scopes), ("state", state),
            ("nonce", begun.Nonce), ("code_challenge", pkce.Challenge), ("code_challenge_method", Pkce.Method),
        ];
        var address = server.AuthorizationEndpoint.AbsoluteUri;
        return new Uri($"{address}{(address.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{string.Join('&', fields.Select(field => $"{field.Name}={Uri.EscapeDataString(field.Value)}"))}");
    }

    private string RedirectUri(HttpRequest request, Way way) => $"{options.PublicUrl?.TrimEnd('/') ?? $"{request.Scheme}://{request.Host}"}{Paths.Callback(way)}";

    private static string Again(SignInUnderWay begun) => begun switch
    {
        { Way: Way.Oidc } => Paths.SignIn,
        { Launch: null } => Paths.Standalone,
        _ => $"{Paths.Launch}?iss={Uri.EscapeDataString(begun.Iss)}&launch={Uri.EscapeDataString(begun.Launch)}",
    };

    // Each sign-in has a cookie of its own: two charts that open at the same time do not put out each other's.
    private static string CookieOf(string stateHash) => $"chwfhir-in-{stateHash[..16]}";

    // Said twice it is nobody's.
    private static string? One(Microsoft.Extensions.Primitives.StringValues values) => values.Count == 1 ? values[0] : null;
}
