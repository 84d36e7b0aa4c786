namespace ChwFhir.Sandbox.Smart;

internal sealed record AccessToken(Grant Grant, ScopeSet Scopes, DateTimeOffset Since, DateTimeOffset Until);

/// <summary>A code or refresh token, which is good for once; the shelf keeps it beyond that, so that a second use is noticed.</summary>
internal sealed class OneUse<T>(T what)
{
    private int uses;

    public T What => what;

    public bool TryUse() => Interlocked.Exchange(ref uses, 1) == 0;
}

internal sealed record Code(Grant Grant, string RedirectUri, string Challenge, DateTimeOffset Until);

/// <summary>Every code and token that still means something, by its hash.</summary>
internal sealed class TokenStore(TimeProvider clock, TimeSpan userLife, TimeSpan backendLife)
{
    private const int Room = 20_000;
    private static readonly TimeSpan CodeLife = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan CodeRemembered = TimeSpan.FromHours(1);
    private static readonly TimeSpan Online = TimeSpan.FromHours(8);
    private static readonly TimeSpan Offline = TimeSpan.FromDays(30);

    private readonly Shelf<OneUse<Code>> codes = new(clock, Room);
    private readonly Shelf<AccessToken> access = new(clock, Room);
    private readonly Shelf<OneUse<Grant>> refresh = new(clock, Room);

    public string NewCode(Grant grant, string redirectUri, string challenge)
    {
        var code = Secret.New();
        codes.TryAdd(Secret.Hash(code), new OneUse<Code>(new Code(grant, redirectUri, challenge, clock.GetUtcNow() + CodeLife)), CodeRemembered);
        return code;
    }

    /// <summary>Also one that was used or is too old.</summary>
    public OneUse<Code>? FindCode(string code) => codes.Find(Secret.Hash(code));

    public (string Token, TimeSpan Life) NewAccess(Grant grant, ScopeSet scopes)
    {
        var (token, life, now) = (Secret.New(), grant.User is null ? backendLife : userLife, clock.GetUtcNow());
        access.TryAdd(Secret.Hash(token), new AccessToken(grant, scopes, now, now + life), life);
        return (token, life);
    }

    public AccessToken? FindAccess(string token) => access.Find(Secret.Hash(token)) is { Grant.IsRevoked: false } found ? found : null;

    public void ForgetAccess(string token) => access.Take(Secret.Hash(token));

    /// <summary>Null when neither <c>offline_access</c> nor <c>online_access</c> was given. A working day is all that the second is good for, counted from the sign-in.</summary>
    public string? NewRefresh(Grant grant)
    {
        var life = grant.Scopes.Has(ScopeSet.Offline) ? Offline : grant.Scopes.Has(ScopeSet.Online) ? grant.Since + Online - clock.GetUtcNow() : TimeSpan.Zero;
        if (life <= TimeSpan.Zero)
            return null;
        var token = Secret.New();
        refresh.TryAdd(Secret.Hash(token), new OneUse<Grant>(grant), life);
        return token;
    }

    public OneUse<Grant>? FindRefresh(string token) => refresh.Find(Secret.Hash(token));
}
