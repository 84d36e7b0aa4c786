using ChwFhir.Fhir.Smart;
using ChwFhir.SmartApp.SignIn;
using Microsoft.Extensions.Logging;

namespace ChwFhir.SmartApp.Sessions;

/// <summary>Keeps the user's token fresh: a minute before it runs out, and once when the EHR takes it no more. Of several requests, here or in other instances, one renews.</summary>
internal sealed partial class TokenKeeper(SessionDesk desk, Servers servers, Clients clients, Outside outside, TokenEnding ending, Auditing auditing, TimeProvider clock, ILogger<TokenKeeper> logger)
{
    private static readonly TimeSpan Early = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(100);
    private const int Glances = 100;

    /// <summary>The token to send; null when there is none any more, and the session is over.</summary>
    public async Task<string?> TokenAsync(OpenSession session, CancellationToken cancellationToken)
    {
        if (session.Body.ExpiresAt is { } end && end - Early <= clock.GetUtcNow() && session.Body.RefreshToken is not null)
            await RenewAsync(session, session.Body.AccessToken, cancellationToken);
        return session.IsOver ? null : session.Body.AccessToken;
    }

    /// <param name="refused">The token that is no good any more.</param>
    /// <returns>Whether there is another one now.</returns>
    public async Task<bool> RenewAsync(OpenSession session, string? refused, CancellationToken cancellationToken)
    {
        await session.Renewing.WaitAsync(cancellationToken);
        try
        {
            return await RenewAloneAsync(session, refused, cancellationToken);
        }
        finally
        {
            session.Renewing.Release();
        }
    }

    private async Task<bool> RenewAloneAsync(OpenSession session, string? refused, CancellationToken cancellationToken)
    {
        if (session.IsOver)
            return false;
        if (session.Body.AccessToken != refused)
            return true;
        if (session.IsNotRenewed)
            return false;
        if (session.Body.RefreshToken is null)
        {
            await auditing.NotRenewedAsync(session.Body, "token-refused", looksLikeAnAttack: false);
            return await OverAsync(session, cancellationToken);
        }

        // Whoever holds the old token and the right to renew it is one; a token that was renewed must be kept, even when the caller has left.
        if (!await desk.MayRenewAsync(session, cancellationToken))
            return await WaitAsync(session, refused, cancellationToken);
        return await AskAsync(session, CancellationToken.None);
    }

    private async Task<bool> AskAsync(OpenSession session, CancellationToken cancellationToken)
    {
        var before = session.Body;
        try
        {
            var server = await servers.FindAsync(Way.Smart, before.Iss, cancellationToken);
            using var request = TokenRequest.Refresh(server.TokenEndpoint, clients.For(Way.Smart), new Secret(before.RefreshToken!), null, clock.GetUtcNow()).ToMessage();
            var answer = await outside.AskAsync(request, cancellationToken) is { } said ? TokenAnswer.Read(said.Status, said.Body) : new TokenAnswer.Unusable(0);
            switch (answer)
            {
                // Another patient under the same session would be the worst of mix-ups.
                case TokenAnswer.Granted { Grant: { Patient: { } patient } other } when $"Patient/{patient}" != before.Patient:
                    Log.OtherPatient(logger);
                    await ending.EndAsync(before.Iss, other.AccessToken.Reveal(), other.RefreshToken?.Reveal() ?? before.RefreshToken);
                    await auditing.NotRenewedAsync(before, "renewed-for-another-patient", looksLikeAnAttack: true);
                    return await OverAsync(session, cancellationToken);
                case TokenAnswer.Granted { Grant: var grant }:
                    before.AccessToken = grant.AccessToken.Reveal();
                    before.RefreshToken = grant.RefreshToken?.Reveal() ?? before.RefreshToken;
                    before.ExpiresAt = clock.GetUtcNow() + grant.ExpiresIn;
                    before.Scope = grant.Scope ?? before.Scope;
                    if (!await desk.ReplaceAsync(session, before, cancellationToken))
                    {
                        // Signed out meanwhile: these tokens are in no session that could end them.
                        await ending.EndAsync(before);
                        return await OverAsync(session, cancellationToken);
                    }
                    await LookAgainAsync(session, cancellationToken);
                    return true;
                case TokenAnswer.Refused:
                    await auditing.NotRenewedAsync(before, "renewal-refused", looksLikeAnAttack: false);
                    return await OverAsync(session, cancellationToken);
                default:
                    return await NotNowAsync(session, cancellationToken);
            }
        }
        catch (TroubleException)
        {
            return await NotNowAsync(session, cancellationToken);
        }
    }

    // The token in hand may still serve; the next page tries again.
    private async Task<bool> NotNowAsync(OpenSession session, CancellationToken cancellationToken)
    {
        session.IsNotRenewed = true;
        await desk.LeaveRenewalAsync(session, cancellationToken);
        return false;
    }

    private async Task<bool> WaitAsync(OpenSession session, string? refused, CancellationToken cancellationToken)
    {
        for (var glance = 0; glance < Glances; glance++)
        {
            if (!await LookAgainAsync(session, cancellationToken))
                return false;
            if (session.Body.AccessToken != refused)
                return true;
            // Whom we wait for has come back with nothing.
            if (await desk.MayRenewAsync(session, cancellationToken))
                return await AskAsync(session, CancellationToken.None);
            await Task.Delay(Glance, clock, cancellationToken);
        }
        return false;
    }

    private async Task<bool> LookAgainAsync(OpenSession session, CancellationToken cancellationToken)
    {
        if (await desk.AgainAsync(session.Id, cancellationToken) is not { } now)
        {
            session.IsOver = true;
            return false;
        }
        (session.Row, session.Body) = (now.Row, now.Body);
        return true;
    }

    private async Task<bool> OverAsync(OpenSession session, CancellationToken cancellationToken)
    {
        session.IsOver = true;
        await desk.EndAsync(session.Id, cancellationToken);
        return false;
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "A renewed token is for another patient than the session; the session was ended.")]
        public static partial void OtherPatient(ILogger logger);
    }
}
