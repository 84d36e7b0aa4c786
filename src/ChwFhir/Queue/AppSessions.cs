namespace ChwFhir.Queue;

/// <summary>Sign-ins and sessions of the app.</summary>
internal static class AppSessions
{
    /// <summary>False when so many are under way that somebody must be making them for the sake of it.</summary>
    public static bool KeepLaunch(Session session, AppLaunchRow launch, int most)
    {
        session.Do("DELETE FROM app_launch WHERE ends_at <= $1", session.Now);
        if (session.Row("SELECT COUNT(*) FROM app_launch", row => row.GetInt64(0)) >= most)
            return false;
        session.Do(
            "INSERT INTO app_launch (state_hash, binding_hash, body, ends_at) VALUES ($1, $2, $3, $4)",
            launch.StateHash, launch.BindingHash, launch.Body, launch.EndsAt.Milliseconds());
        return true;
    }

    public static AppLaunchRow? FindLaunch(Session session, string stateHash) => session.Row(
        "SELECT state_hash, binding_hash, body, ends_at FROM app_launch WHERE state_hash = $1 AND ends_at > $2",
        row => new AppLaunchRow(row.GetString(0), row.GetString(1), row.Bytes(2)!.Value, row.Time(3)), stateHash, session.Now);

    public static bool TakeLaunch(Session session, string stateHash) => session.Execute("DELETE FROM app_launch WHERE state_hash = $1", stateHash) == 1;

    public static void KeepSession(Session session, AppSessionRow one)
    {
        session.Do("DELETE FROM app_session WHERE idle_at <= $1 OR ends_at <= $1", session.Now);
        session.Do(
            "INSERT INTO app_session (id, secret_hash, revision, body, idle_at, ends_at, renewing_until) VALUES ($1, $2, $3, $4, $5, $6, 0)",
            one.Id, one.SecretHash, one.Revision, one.Body, one.IdleAt.Milliseconds(), one.EndsAt.Milliseconds());
    }

    public static AppSessionRow? FindSession(Session session, string id) => session.Row(
        "SELECT id, secret_hash, revision, body, idle_at, ends_at FROM app_session WHERE id = $1 AND idle_at > $2 AND ends_at > $2",
        row => new AppSessionRow(row.GetString(0), row.GetString(1), row.GetInt64(2), row.Bytes(3)!.Value, row.Time(4), row.Time(5)), id, session.Now);

    public static void Touch(Session session, string id, DateTimeOffset idleAt) =>
        session.Do("UPDATE app_session SET idle_at = $2 WHERE id = $1 AND idle_at < $2", id, idleAt.Milliseconds());

    public static bool BeginRenewal(Session session, string id, long revision, DateTimeOffset until) => session.Execute(
        "UPDATE app_session SET renewing_until = $3 WHERE id = $1 AND revision = $2 AND renewing_until <= $4", id, revision, until.Milliseconds(), session.Now) == 1;

    public static void LeaveRenewal(Session session, string id, long revision) =>
        session.Do("UPDATE app_session SET renewing_until = 0 WHERE id = $1 AND revision = $2", id, revision);

    public static bool Replace(Session session, string id, long revision, ReadOnlyMemory<byte> body) => session.Execute(
        "UPDATE app_session SET body = $3, revision = revision + 1, renewing_until = 0 WHERE id = $1 AND revision = $2", id, revision, body) == 1;

    public static void KeepMet(Session session, string met) => session.Do("INSERT INTO app_met (met, at) VALUES ($1, $2) ON CONFLICT DO NOTHING", met, session.Now);

    public static bool HasMet(Session session, string met) => session.Row("SELECT at FROM app_met WHERE met = $1", row => row.GetInt64(0), met) != 0;

    public static void End(Session session, string id) => session.Do("DELETE FROM app_session WHERE id = $1", id);

    public static ReadOnlyMemory<byte>? DraftKey(Session session, string holder) => session.Row("SELECT body FROM app_draft_key WHERE holder = $1", row => row.Bytes(0), holder);

    public static void KeepDraftKey(Session session, string holder, ReadOnlyMemory<byte> body, ReadOnlyMemory<byte>? instead)
    {
        if (instead is { } gone)
            session.Do("UPDATE app_draft_key SET body = $2 WHERE holder = $1 AND body = $3", holder, body, gone);
        else
            session.Do("INSERT INTO app_draft_key (holder, body) VALUES ($1, $2) ON CONFLICT (holder) DO NOTHING", holder, body);
    }
}
