using ChwFhir.Intake;
using ChwFhir.Queue.Sealing;

namespace ChwFhir.Queue;

/// <summary>The write ledger: what is about to be sent, before it is sent; how it ended, after.</summary>
internal static class Ledger
{
    private const string Select = """
        SELECT intent.id, intent.number, intent.keys, intent.method, intent.interaction, intent.attempt, intent.intended_at,
            outcome.at, outcome.word, outcome.http_status, outcome.detail, outcome.duration_ms
        FROM intent LEFT JOIN outcome ON outcome.intent_id = intent.id
        """;

    public static long Intend(Session session, Claim claim, Intent intent)
    {
        Progress.Guard(session, claim, intent.Number);
        Amendments.Guard(session, claim, intent.Number);
        var id = session.Row(
            "INSERT INTO intent (number, keys, method, interaction, attempt, intended_at, edition) VALUES ($1, $2, $3, $4, $5, $6, (SELECT edition FROM note WHERE number = $1)) RETURNING id",
            row => row.GetInt64(0), intent.Number, Secret.Key.Any(intent.Keys, intent.Number), intent.Method, intent.Interaction, intent.Attempt, session.Now);
        session.Do("UPDATE note SET state = 'writing', next_attempt_at = NULL WHERE number = $1", intent.Number);
        Progress.Touch(session, intent.Number);
        return id;
    }

    /// <returns>Whether there was an outcome before: this one is of a search for a write whose answer was lost.</returns>
    public static bool Record(Session session, Claim claim, long intentId, IntentOutcome outcome, IReadOnlyList<ResourceRow> rows, IReadOnlyList<LongLivedRow> longLived)
    {
        var (number, before) = session.Row(
            "SELECT intent.number, (SELECT COUNT(*) FROM outcome WHERE outcome.intent_id = intent.id) FROM intent JOIN note ON note.number = intent.number JOIN lane ON lane.id = note.lane_id WHERE intent.id = $1 AND lane.id = $2 AND lane.token = $3" + session.Database.Locked("lane"),
            row => (row.GetInt64(0), row.GetInt64(1)), intentId, claim.Lane, claim.Token);
        if (number == 0) throw new LeaseLostException(claim.Lane);

        session.Do(
            "INSERT INTO outcome (intent_id, at, word, http_status, detail, duration_ms) VALUES ($1, $2, $3, $4, $5, $6)",
            intentId, session.Now, Words.Of(outcome.Word), outcome.HttpStatus, Secret.Detail.Of(outcome.Detail, RowName.Outcome(intentId)), (long)outcome.Duration.TotalMilliseconds);
        session.Do("UPDATE intent SET open = $2 WHERE id = $1", intentId, outcome.Word is OutcomeWord.Unknown ? 1 : 0);
        Resources.Record(session, number, rows);
        LongLived.Save(session, number, longLived);
        Progress.Touch(session, number);
        return before > 0;
    }

    /// <summary>Writes of an earlier edition that nobody can tell about are a person's matter; they hold nothing back.</summary>
    public static bool IsOpen(Session session, long number) => session.Row(
        "SELECT 1 FROM intent WHERE number = $1 AND open = 1 AND edition = (SELECT edition FROM note WHERE number = $1) LIMIT 1", _ => true, number);

    public static IReadOnlyList<OpenIntent> Open(Session session, long number) =>
    [
        .. Entries(session.Rows($"{Select} WHERE intent.number = $1 AND intent.open = 1 AND intent.edition = (SELECT edition FROM note WHERE number = $1) ORDER BY intent.id, outcome.id", Read, number))
            .Select(entry => new OpenIntent(entry.Intent, number, entry.Keys, entry.Method, entry.Interaction, entry.Attempt, entry.IntendedAt, entry.Outcomes) { AsOf = DateTimeOffset.FromUnixTimeMilliseconds(session.Now) }),
    ];

    /// <summary>Before the note becomes another edition: what may be in the EHR from this one is shown as such, and so never made again or forgotten.</summary>
    public static void LeaveUnknown(Session session, long number)
    {
        foreach (var key in Open(session, number).SelectMany(intent => intent.Keys).Distinct())
            session.Execute(
                "UPDATE resource SET state = 'unknown', how = $3 WHERE number = $1 AND key = $2 AND state = 'pending'", number, Secret.Key.Of(key, number), Secret.How.Of("the answer was lost before the note was changed"));
    }

    /// <summary>Of all notes of one patient.</summary>
    public static IReadOnlyList<OpenIntent> OpenOf(Session session, string ehr, string patient) =>
    [
        .. session.Rows(
            """
            SELECT DISTINCT intent.number FROM intent JOIN note ON note.number = intent.number
            WHERE intent.open = 1 AND note.patient = $2 AND note.ehr_id = (SELECT id FROM ehr WHERE base_url = $1) ORDER BY intent.number
            """,
            row => row.GetInt64(0), ehr, Secret.Patient.Of(patient)).SelectMany(number => Open(session, number)),
    ];

    public static IReadOnlyList<HistoryRow> History(Session session, long number) =>
        [.. Entries(session.Rows($"{Select} WHERE intent.number = $1 ORDER BY intent.id, outcome.id", Read, number))];

    private static IEnumerable<HistoryRow> Entries(List<(HistoryRow Intent, RecordedOutcome? Outcome)> rows) => rows
        .GroupBy(row => row.Intent.Intent)
        .Select(group => group.First().Intent with { Outcomes = [.. group.Select(row => row.Outcome).OfType<RecordedOutcome>()] });

    private static (HistoryRow Intent, RecordedOutcome? Outcome) Read(StoreRow row) => (
        new HistoryRow(row.GetInt64(0), row.SealedKeys(2, Secret.Key), row.GetString(3), row.GetString(4), row.GetInt32(5), row.Time(6), []),
        row.IsDBNull(7) ? null : new RecordedOutcome(row.Time(7), Word(row.GetString(8)), row.Number(9), row.Text(10, Secret.Detail, RowName.Outcome(row.GetInt64(0))), TimeSpan.FromMilliseconds(row.GetInt64(11))));

    private static OutcomeWord Word(string text) =>
        Words.TryParse<OutcomeWord>(text, out var word) ? word : throw new InvalidDataException("An outcome has a word that is none.");
}
