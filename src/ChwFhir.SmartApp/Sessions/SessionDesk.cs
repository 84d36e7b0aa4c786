using ChwFhir.Fhir.Smart;
using ChwFhir.Queue;
using Microsoft.Extensions.Options;

namespace ChwFhir.SmartApp.Sessions;

/// <summary>Sessions: begun with every sign-in anew, never taken over; kept in the store, so that a restart or another instance knows them.</summary>
internal sealed class SessionDesk(NoteStore store, Seal seal, IOptions<AppOptions> options)
{
    public const string Cookie = "chwfhir-app";
    private static readonly TimeSpan NotOftener = TimeSpan.FromMinutes(1);
    private readonly AppOptions options = options.Value;

    /// <returns>The id that stands in the addresses of the session. What opens it goes to the browser as a cookie.</returns>
    public async Task<string> BeginAsync(HttpContext context, Session body, CancellationToken cancellationToken)
    {
        var (id, secret) = (RandomText.New(), RandomText.New());
        var now = store.Now;
        await store.KeepSessionAsync(new AppSessionRow(id, Seal.Hash(secret), 1, seal.Close(body, "session", id), now + options.IdleLimit, now + options.SessionLimit), cancellationToken);
        Cookies.Write(context, Cookie, secret, SignIn.Paths.Session(id), life: null);
        return id;
    }

    /// <summary>Null when there is none by this id, it is over, or the caller does not hold its secret.</summary>
    /// <param name="somebodyIsThere">False for what a page asks by itself: it keeps no session from ending.</param>
    public async Task<OpenSession?> OpenAsync(HttpContext context, string id, bool somebodyIsThere, CancellationToken cancellationToken)
    {
        if (await store.FindSessionAsync(id, cancellationToken) is not { } row || !Seal.Fits(Cookies.Read(context.Request, Cookie), row.SecretHash) || seal.Open<Session>(row.Body, "session", id) is not { } body)
            return null;

        var idleAt = store.Now + options.IdleLimit;
        if (somebodyIsThere && idleAt - row.IdleAt > NotOftener)
            await store.TouchSessionAsync(id, idleAt, cancellationToken);
        return new OpenSession(row, body);
    }

    /// <summary>As it is now; null when it is over.</summary>
    public async Task<OpenSession?> AgainAsync(string id, CancellationToken cancellationToken) =>
        await store.FindSessionAsync(id, cancellationToken) is { } row && seal.Open<Session>(row.Body, "session", id) is { } body ? new OpenSession(row, body) : null;

    /// <summary>Whether we are the one who asks for the next token; the others wait for what comes of it.</summary>
    public Task<bool> MayRenewAsync(OpenSession session, CancellationToken cancellationToken) =>
        store.BeginRenewalAsync(session.Id, session.Row.Revision, store.Now + TimeSpan.FromSeconds(30), cancellationToken);

    /// <summary>Nothing came of it: nobody need wait for us.</summary>
    public Task LeaveRenewalAsync(OpenSession session, CancellationToken cancellationToken) => store.LeaveRenewalAsync(session.Id, session.Row.Revision, cancellationToken);

    public Task<bool> ReplaceAsync(OpenSession session, Session body, CancellationToken cancellationToken) =>
        store.ReplaceSessionAsync(session.Id, session.Row.Revision, seal.Close(body, "session", session.Id), cancellationToken);

    public Task EndAsync(string id, CancellationToken cancellationToken) => store.EndSessionAsync(id, cancellationToken);

    public async Task EndAsync(HttpContext context, string id, CancellationToken cancellationToken)
    {
        await EndAsync(id, cancellationToken);
        Cookies.Remove(context, Cookie, SignIn.Paths.Session(id));
    }
}
