using ChwFhir.Intake;
using ChwFhir.Queue.Sealing;

namespace ChwFhir.Queue;

/// <summary>What a supervisor's desk and the metrics ask the store. Every statement stands on an index of few rows.</summary>
internal static class Desk
{
    /// <summary>Of the newest so many notes in need of attention the reasons are counted: whoever has more has one reason.</summary>
    private const int MostRead = 20_000;

    /// <summary>The code of a note that came to need attention without saying why in an error.</summary>
    public const string NoCode = "other";

    public static DeliveryCounts Count(Session session, string baseUrl)
    {
        if (Ehrs.Find(session, baseUrl) is not { } ehr) return new DeliveryCounts(0, 0, 0, 0);
        var (instances, lanes) = session.Row(
            "SELECT COUNT(DISTINCT worker), COUNT(*) FROM lane WHERE worker IS NOT NULL AND ehr_id = $1 AND due_at > $2", row => (row.GetInt64(0), row.GetInt64(1)), ehr, session.Now);
        return new DeliveryCounts(
            session.Row("SELECT COUNT(DISTINCT resource.number) FROM resource JOIN note ON note.number = resource.number WHERE resource.state = 'unknown' AND note.ehr_id = $1", row => row.GetInt64(0), ehr),
            session.Row("SELECT COUNT(DISTINCT intent.number) FROM intent JOIN note ON note.number = intent.number WHERE intent.open = 1 AND note.state = 'queued' AND note.ehr_id = $1", row => row.GetInt64(0), ehr),
            instances, lanes);
    }

    /// <summary>Open messages that none of those they are for has opened.</summary>
    public static UnopenedMessages Unopened(Session session, string baseUrl) => Ehrs.Find(session, baseUrl) is not { } ehr
        ? new UnopenedMessages(0, 0, 0, null)
        : session.Row(
            """
            SELECT COUNT(*), COUNT(CASE WHEN due_at <= $2 THEN 1 END), COUNT(CASE WHEN untold = 1 THEN 1 END), MIN(sent_at) FROM message
            WHERE ehr_id = $1 AND open = 1 AND reach IN ('waiting', 'notified')
            """,
            row => new UnopenedMessages(row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.TimeOrNull(3)), ehr, session.Now)!;

    /// <summary>Most frequent first.</summary>
    public static IReadOnlyList<AttentionCount> Attention(Session session, string baseUrl)
    {
        if (Ehrs.Find(session, baseUrl) is not { } ehr) return [];
        var notes = session.Rows(
            $"SELECT received_at, issues, number FROM note WHERE ehr_id = $1 AND state = 'needs-attention' AND state <> 'written' ORDER BY received_at DESC, number DESC LIMIT {MostRead}",
            row => (At: row.Time(0), Codes: Codes(row.TextIfItOpens(1, Secret.Issues, RowName.Note(row.GetInt64(2))))), ehr);
        return
        [
            .. from note in notes
               from code in note.Codes
               group note.At by code into same
               orderby same.Count() descending, same.Key
               select new AttentionCount(same.Key, same.Count(), same.Min()),
        ];
    }

    /// <summary>Puts notes in <c>needs-attention</c> back into their lanes, oldest first.</summary>
    /// <param name="code">Only those with this issue code; null for all.</param>
    /// <param name="after">Receipt and number of the last one that was looked at before.</param>
    /// <returns>How many were put back, and where to go on; null when there are no more.</returns>
    public static (int Retried, (long ReceivedAt, long Number)? Next) Retry(Session session, string baseUrl, string? code, (long ReceivedAt, long Number) after, int bite)
    {
        if (Ehrs.Find(session, baseUrl) is not { } ehr) return (0, null);
        var notes = session.Rows(
            $"""
            SELECT number, lane_id, received_at, issues FROM note WHERE ehr_id = $1 AND state = 'needs-attention' AND state <> 'written'
                AND (received_at, number) > ($2, $3) ORDER BY received_at, number LIMIT {bite}
            """,
            row => (Number: row.GetInt64(0), Lane: row.GetInt64(1), ReceivedAt: row.GetInt64(2), Codes: Codes(row.TextIfItOpens(3, Secret.Issues, RowName.Note(row.GetInt64(0))))), ehr, after.ReceivedAt, after.Number);
        var retried = notes.Where(note => code is null || note.Codes.Contains(code)).Count(note => Progress.Retry(session, note.Number, note.Lane));
        return (retried, notes.Count == bite ? (notes[^1].ReceivedAt, notes[^1].Number) : null);
    }

    private static IReadOnlyList<string> Codes(string? issues) =>
        StagedIssues.Read(issues).Where(issue => issue.Severity == "error").Select(issue => issue.Code).Distinct().ToList() is { Count: > 0 } codes ? codes : [NoCode];
}
