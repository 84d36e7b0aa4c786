using ChwFhir.Fhir.Client;
using ChwFhir.Fhir.Smart;
using Microsoft.Extensions.Logging;

namespace ChwFhir.Ehr;

/// <summary>
/// Tokens of SMART Backend Services: asked for with a signed assertion, kept until shortly before they run out, one request for all who wait. While the
/// token endpoint is away the old token serves until it really ends.
/// </summary>
public sealed partial class BackendTokens(EhrSignIn signIn, SmartClient client, string? asked, TokenScopes scopes, HttpClient http, TimeSpan timeout, TimeProvider time, ILogger<BackendTokens> logger)
{
    // Whoever comes along while somebody has just been refused need not be refused by the server again.
    private static readonly TimeSpan SameAnswerFor = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan FirstRest = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestRest = TimeSpan.FromMinutes(5);
    private readonly Lock gate = new();
    private HeldToken? held;
    private Task<HeldToken>? asking;
    private (NoTokenException Trouble, DateTimeOffset Until)? trouble;
    private string? told;
    private int refusals;

    /// <exception cref="NoTokenException">There is none: its message says why.</exception>
    public async Task<AccessToken> TakeAsync(CancellationToken cancellationToken)
    {
        Task<HeldToken> answer;
        lock (gate)
        {
            var now = time.GetUtcNow();
            if (held is { } good && now < good.RenewAt)
                return good.Token;
            if (trouble is { } recent && now < recent.Until)
                return StillGood(now) ?? throw Again(recent.Trouble);
            answer = asking ??= Task.Run(AskAsync, CancellationToken.None);
        }

        try
        {
            return (await answer.WaitAsync(cancellationToken)).Token;
        }
        catch (NoTokenException none)
        {
            lock (gate)
                return StillGood(time.GetUtcNow()) ?? throw Again(none);
        }
    }

    /// <summary>The EHR did not take this token: nobody shows it again.</summary>
    public void Reject(AccessToken token)
    {
        lock (gate)
        {
            if (held?.Token == token)
                held = null;
        }
    }

    private AccessToken? StillGood(DateTimeOffset now) => held is { } old && now < old.RunsOutAt ? old.Token : null;

    // Several callers would write their stacks into one exception.
    private static NoTokenException Again(NoTokenException same) => new(same.Word, same.Message, same.RetryAfter);

    private async Task<HeldToken> AskAsync()
    {
        try
        {
            var grant = await RequestAsync();
            var token = HeldToken.Of(new AccessToken(grant.AccessToken.Reveal()), grant.ExpiresIn, time.GetUtcNow());
            // RFC 6749, 5.1: silence means what was asked for.
            scopes.Grant(grant.Scope ?? asked);
            lock (gate)
                (held, trouble, refusals, asking) = (token, null, 0, null);
            if (Interlocked.Exchange(ref told, null) is not null)
                Log.GivenAgain(logger);
            return token;
        }
        catch (NoTokenException none)
        {
            lock (gate)
                (trouble, asking) = ((none, time.GetUtcNow() + SameAnswerFor), null);
            if (Interlocked.Exchange(ref told, none.Message) != none.Message)
                Log.NotGiven(logger, none.Message);
            throw;
        }
        catch
        {
            lock (gate)
                asking = null;
            throw;
        }
    }

    private async Task<TokenGrant> RequestAsync()
    {
        using var enough = new CancellationTokenSource(timeout, time);
        try
        {
            var endpoint = await signIn.TokenEndpointAsync(enough.Token);
            using var message = TokenRequest.ClientCredentials(endpoint, client, asked, time.GetUtcNow()).ToMessage();
            using var answer = await http.SendAsync(message, enough.Token);
            var body = await answer.Content.ReadAsByteArrayAsync(enough.Token);
            return TokenAnswer.Read((int)answer.StatusCode, body) switch
            {
                TokenAnswer.Granted granted => granted.Grant,
                TokenAnswer.Refused refused => throw Refused(refused),
                _ => throw Away($"the EHR's token endpoint gives no answer to go by ({(int)answer.StatusCode})", RetryAfter(answer)),
            };
        }
        catch (OutsideAddressException closed)
        {
            throw new NoTokenException(EndpointTrouble.ClientRefused, $"the EHR's token endpoint is not spoken to: {closed.Message}; Ehr__Auth__TokenUrl may name it", null);
        }
        catch (HttpRequestException)
        {
            throw Away("the EHR's token endpoint is out of reach", null);
        }
        catch (OperationCanceledException)
        {
            throw Away("the EHR's token endpoint does not answer in time", null);
        }
    }

    private static NoTokenException Away(string why, TimeSpan? retryAfter) => new(EndpointTrouble.NoToken, why, retryAfter);

    private NoTokenException Refused(TokenAnswer.Refused refused)
    {
        // A new registration takes up to an hour to be known everywhere in some EHRs: asked again, less and less often.
        var rest = FirstRest * Math.Pow(2, Math.Min(refusals++, 10));
        signIn.Forget();
        return new NoTokenException(EndpointTrouble.ClientRefused, Why(refused), rest < LongestRest ? rest : LongestRest);
    }

    private static string Why(TokenAnswer.Refused refused) => refused.Error switch
    {
        "invalid_client" => "the EHR does not accept the service as its client (invalid_client): see Ehr__Auth__ClientId, the key set that is registered for it, and this machine's clock",
        "unauthorized_client" => "the EHR has no background user for the service, or does not let it ask for tokens (unauthorized_client)",
        "invalid_scope" => "the EHR does not grant what Ehr__Auth__Scopes asks for (invalid_scope)",
        _ => $"the EHR's token endpoint refuses the service ({refused.Status}, {refused.Error})",
    };

    private TimeSpan? RetryAfter(HttpResponseMessage answer) => answer.Headers.RetryAfter switch
    {
        { Delta: { } wait } => wait,
        { Date: { } date } when date > time.GetUtcNow() => date - time.GetUtcNow(),
        _ => null,
    };

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "There is no token for the EHR: {Why}. Notes wait.")]
        public static partial void NotGiven(ILogger logger, string why);

        [LoggerMessage(Level = LogLevel.Information, Message = "The EHR gives tokens again.")]
        public static partial void GivenAgain(ILogger logger);
    }
}
