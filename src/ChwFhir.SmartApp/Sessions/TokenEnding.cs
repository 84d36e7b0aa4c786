using ChwFhir.Fhir.Smart;
using ChwFhir.SmartApp.SignIn;
using Microsoft.Extensions.Logging;

namespace ChwFhir.SmartApp.Sessions;

/// <summary>Has the EHR end the user's tokens when they sign out, and those that come too late for a session (RFC 7009). The session is over before, whatever comes of it.</summary>
internal sealed partial class TokenEnding(Servers servers, Clients clients, Outside outside, TimeProvider clock, ILogger<TokenEnding> logger)
{
    /// <summary>Somebody waits before the screen.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(3);

    public Task EndAsync(Session session) => EndAsync(session.Iss, session.AccessToken, session.RefreshToken);

    /// <summary>Tokens that no session holds.</summary>
    public async Task EndAsync(string iss, string? accessToken, string? refreshToken)
    {
        if (accessToken is null && refreshToken is null)
            return;

        using var enough = new CancellationTokenSource(Longest, clock);
        try
        {
            var server = await servers.FindAsync(Way.Smart, iss, enough.Token);
            if (server.RevocationEndpoint is not { } endpoint)
                return;
            // The one that could still fetch others first.
            var answers = await Task.WhenAll(EndAsync(endpoint, server, refreshToken, "refresh_token", enough.Token), EndAsync(endpoint, server, accessToken, "access_token", enough.Token));
            if (answers.FirstOrDefault(status => status is not (null or 200)) is { } failed)
                Log.NotEnded(logger, failed);
        }
        catch (Exception none) when (none is TroubleException or OperationCanceledException)
        {
            Log.NotEnded(logger, 0);
        }
    }

    private async Task<int?> EndAsync(Uri endpoint, AuthorizationServer server, string? token, string kind, CancellationToken cancellationToken)
    {
        if (token is null)
            return null;
        using var request = TokenRequest.Revoke(endpoint, server.TokenEndpoint, clients.For(Way.Smart), new Secret(token), kind, clock.GetUtcNow()).ToMessage();
        return (await outside.AskAsync(request, cancellationToken))?.Status ?? 0;
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "Somebody's session is over, and the EHR did not end their tokens ({Status}; 0: no answer in time). They end by themselves.")]
        public static partial void NotEnded(ILogger logger, int status);
    }
}
