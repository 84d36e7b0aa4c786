using ChwFhir.Intake;
using ChwFhir.Queue.Sealing;

namespace ChwFhir.Queue;

/// <summary>A note's steps on its way. Each checks the claim's token in the same commit, so that a holder who was overtaken changes nothing.</summary>
internal static class Progress
{
    /// <summary>The note is another patient's than its lane: it goes on there.</summary>
    /// <returns>False when it has moved.</returns>
    public static bool Move(Session session, Claim claim, long number, string patient, ReadOnlyMemory<byte> json, IReadOnlyList<NoteIssue> issues)
    {
        Guard(session, claim, number);
        Amendments.Guard(session, claim, number);
        Resolved(session, number, patient, json);
        Touch(session, number, issuesNow => StagedIssues.Replace(issuesNow, StagedIssues.Resolved, issues));
        return !Move(session, claim, number, patient);
    }

    /// <summary>What a try has found out of a note by now; nothing of a content that is about to be replaced.</summary>
    public static void SaveFound(Session session, Claim claim, StepsInHand.Found found)
    {
        Guard(session, claim, found.Number);
        if (Amendments.Waits(session, found.Number)) return;

        var name = RowName.Note(found.Number);
        if (found.Resolved is var (patient, json, _)) Resolved(session, found.Number, patient, json);
        if (found.Mapped is var (bundle, document, _, _, held)) session.Do(
            """
            INSERT INTO note_mapped (number, bundle, held, document) VALUES ($1, $2, $3, $4)
            ON CONFLICT (number) DO UPDATE SET bundle = excluded.bundle, held = excluded.held, document = excluded.document
            """,
            found.Number, Secret.Mapped.Of(bundle, name), held is { Length: > 0 } ? Secret.Held.Of(held, name) : null, Secret.Document.Of(document, name));
        if (found.Planned is var (plan, _))
            session.Do("INSERT INTO note_plan (number, body) VALUES ($1, $2) ON CONFLICT (number) DO UPDATE SET body = excluded.body", found.Number, Secret.Plan.Of(plan, name));
        foreach (var (row, other) in found.Renamed)
            Amendments.Rename(session, found.Number, row, other);
        Resources.Keep(session, found.Number, found.Mapped?.Rows, found.Planned?.Rows ?? []);
        LongLived.Save(session, found.Number, found.Said);
        if (found.Resolved is null && found.Mapped is null) Touch(session, found.Number);
        else Touch(session, found.Number, issues => Issues(issues, found));
    }

    public static bool Finish(Session session, Claim claim, long number, NoteState state, DateTimeOffset? nextAttemptAt, bool countsAsAttempt, IReadOnlyList<NoteIssue> issues)
    {
        Guard(session, claim, number);
        // Somebody has amended it, or takes it back: the try is over, the note is not.
        if (state is not NoteState.Queued && Amendments.Waits(session, number))
            (state, countsAsAttempt) = (NoteState.Queued, false);
        var waits = state is NoteState.Queued;
        var aside = waits && Ledger.IsOpen(session, number);
        // Written, but nobody was told what it says: a person has to see to that.
        var untold = state is NoteState.Written && MessageWork.IsUntold(session, number);
        session.Do(
            "UPDATE note SET state = $2, aside = $3, next_attempt_at = $4, attempts = attempts + $5, untold = $6 WHERE number = $1",
            number, Words.Of(untold ? NoteState.NeedsAttention : state), aside ? 1 : 0, waits ? nextAttemptAt?.Milliseconds() : null, countsAsAttempt ? 1 : 0, untold ? 1 : 0);
        if (issues.Count == 0) Touch(session, number);
        else Touch(session, number, issuesNow => StagedIssues.Add(issuesNow, StagedIssues.Tried, issues));
        return !waits || aside;
    }

    /// <summary>A person says that it may be tried again: with a fresh set of attempts, without the issues of the tries before.</summary>
    public static bool Retry(Session session, string baseUrl, string id)
    {
        var (number, lane) = session.Row(
            "SELECT note.number, note.lane_id FROM note JOIN ehr ON ehr.id = note.ehr_id WHERE ehr.base_url = $1 AND note.id = $2 AND note.state = 'needs-attention'",
            row => (row.GetInt64(0), row.GetInt64(1)), baseUrl, Secret.CallersId.Of(id));
        return number != 0 && Retry(session, number, lane);
    }

    public static bool Retry(Session session, long number, long lane)
    {
        Lanes.Lock(session, lane);
        if (!Requeue(session, number, lane)) return false;
        Decisions.Forget(session, number);
        return true;
    }

    /// <summary>Back into its lane from <c>needs-attention</c>; false from any other state. The caller holds the lane's lock.</summary>
    public static bool Requeue(Session session, long number, long lane)
    {
        if (session.Execute(
            "UPDATE note SET state = 'queued', aside = $2, next_attempt_at = NULL, attempts = 0 WHERE number = $1 AND state = 'needs-attention'",
            number, Ledger.IsOpen(session, number) ? 1 : 0) == 0) return false;
        Touch(session, number, issuesNow => StagedIssues.Replace(issuesNow, StagedIssues.Tried, []));
        Lanes.Refresh(session, lane);
        return true;
    }

    /// <summary>Every change that a caller can see gives the note a new revision.</summary>
    public static void Touch(Session session, long number) =>
        session.Do("UPDATE note SET revision = revision + 1, updated_at = $2 WHERE number = $1", number, session.Now);

    /// <summary>The claim still holds, and nobody can take it before the commit; and the note is still in its lane and waiting.</summary>
    public static void Guard(Session session, Claim claim, long number) => session.Require(
        "SELECT 1 FROM note JOIN lane ON lane.id = note.lane_id WHERE note.number = $1 AND lane.id = $2 AND lane.token = $3 AND note.state IN ('queued', 'writing')" + session.Database.Locked("lane"),
        () => new LeaseLostException(claim.Lane), number, claim.Lane, claim.Token);

    public static void Touch(Session session, long number, Func<string?, string?> change)
    {
        var issues = session.Row("SELECT issues FROM note WHERE number = $1", row => row.TextIfItOpens(0, Secret.Issues, RowName.Note(number)), number);
        session.Do("UPDATE note SET issues = $3, revision = revision + 1, updated_at = $2 WHERE number = $1", number, session.Now, Secret.Issues.Of(change(issues), RowName.Note(number)));
    }

    private static void Resolved(Session session, long number, string patient, ReadOnlyMemory<byte> json)
    {
        session.Do("INSERT INTO note_resolved (number, body) VALUES ($1, $2) ON CONFLICT (number) DO UPDATE SET body = excluded.body", number, Secret.Resolved.Of(json, RowName.Note(number)));
        Belonging.Move(session, number, patient);
    }

    private static string? Issues(string? issues, StepsInHand.Found found)
    {
        if (found.Resolved is { } resolved) issues = StagedIssues.Replace(issues, StagedIssues.Resolved, resolved.Issues);
        return found.Mapped is { } mapped ? StagedIssues.Replace(issues, StagedIssues.Mapped, mapped.Issues) : issues;
    }

    // The patient was known by an identifier, or by a chart that has been merged into another: the lane is the chart's.
    private static bool Move(Session session, Claim claim, long number, string patient)
    {
        var (ehr, here) = session.Row("SELECT ehr_id, patient FROM lane WHERE id = $1", row => (row.GetInt64(0), row.GetString(1, Secret.Patient)), claim.Lane);
        if (here == patient || here == Lanes.OfMessages(patient)) return false;

        Lanes.Enter(session, ehr, patient);
        var lane = Lanes.Of(session, ehr, patient);
        session.Do("UPDATE note SET lane_id = $2 WHERE number = $1", number, lane);
        Lanes.Refresh(session, lane);
        return true;
    }
}
