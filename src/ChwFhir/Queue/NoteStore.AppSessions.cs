namespace ChwFhir.Queue;

/// <summary>Sign-ins and sessions of the app: here, so that they outlive the process and every instance knows them.</summary>
public sealed partial class NoteStore
{
    /// <param name="most">So many may be under way at once.</param>
    /// <returns>False when there are as many already; nothing was kept.</returns>
    public Task<bool> KeepLaunchAsync(AppLaunchRow launch, int most, CancellationToken cancellationToken) =>
        _writer.RunAsync(session => AppSessions.KeepLaunch(session, launch, most), cancellationToken);

    /// <summary>Null when there is none, or it took too long.</summary>
    public Task<AppLaunchRow?> FindLaunchAsync(string stateHash, CancellationToken cancellationToken) =>
        _readers.RunAsync(session => AppSessions.FindLaunch(session, stateHash), cancellationToken);

    /// <summary>Ends it: of several callers exactly one hears true.</summary>
    public Task<bool> TakeLaunchAsync(string stateHash, CancellationToken cancellationToken) =>
        _writer.RunAsync(session => AppSessions.TakeLaunch(session, stateHash), cancellationToken);

    public Task KeepSessionAsync(AppSessionRow one, CancellationToken cancellationToken) => DoAsync(session => AppSessions.KeepSession(session, one), cancellationToken);

    /// <summary>Null when there is none, or it has ended.</summary>
    public Task<AppSessionRow?> FindSessionAsync(string id, CancellationToken cancellationToken) =>
        _readers.RunAsync(session => AppSessions.FindSession(session, id), cancellationToken);

    /// <summary>Somebody came by.</summary>
    public Task TouchSessionAsync(string id, DateTimeOffset idleAt, CancellationToken cancellationToken) => DoAsync(session => AppSessions.Touch(session, id, idleAt), cancellationToken);

    /// <summary>Of several who want to renew the same body, here or in other instances, one hears true until that time.</summary>
    public Task<bool> BeginRenewalAsync(string id, long revision, DateTimeOffset until, CancellationToken cancellationToken) =>
        _writer.RunAsync(session => AppSessions.BeginRenewal(session, id, revision, until), cancellationToken);

    /// <summary>Whoever had the right to renew it came back with nothing: somebody else may try.</summary>
    public Task LeaveRenewalAsync(string id, long revision, CancellationToken cancellationToken) => DoAsync(session => AppSessions.LeaveRenewal(session, id, revision), cancellationToken);

    /// <summary>False when somebody else has replaced it, or it has ended.</summary>
    public Task<bool> ReplaceSessionAsync(string id, long revision, ReadOnlyMemory<byte> body, CancellationToken cancellationToken) =>
        _writer.RunAsync(session => AppSessions.Replace(session, id, revision, body), cancellationToken);

    /// <param name="met">A hash of who met whom.</param>
    public Task KeepMetAsync(string met, CancellationToken cancellationToken) => DoAsync(session => AppSessions.KeepMet(session, met), cancellationToken);

    public Task<bool> HasMetAsync(string met, CancellationToken cancellationToken) => _readers.RunAsync(session => AppSessions.HasMet(session, met), cancellationToken);

    public Task EndSessionAsync(string id, CancellationToken cancellationToken) => DoAsync(session => AppSessions.End(session, id), cancellationToken);

    /// <summary>The key of somebody's drafts, as it was sealed; null when they have none yet.</summary>
    public Task<ReadOnlyMemory<byte>?> FindDraftKeyAsync(string holder, CancellationToken cancellationToken) => _readers.RunAsync(session => AppSessions.DraftKey(session, holder), cancellationToken);

    /// <param name="instead">What it replaces; null: only where there is none. Whoever was faster stays.</param>
    public Task KeepDraftKeyAsync(string holder, ReadOnlyMemory<byte> body, ReadOnlyMemory<byte>? instead, CancellationToken cancellationToken) =>
        DoAsync(session => AppSessions.KeepDraftKey(session, holder, body, instead), cancellationToken);
}
