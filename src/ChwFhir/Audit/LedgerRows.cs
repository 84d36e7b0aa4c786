using ChwFhir.Intake;
using ChwFhir.Queue;

namespace ChwFhir.Audit;

/// <summary>Writes to the EHR as the ledger has them, in words of the audit log.</summary>
internal static class LedgerRows
{
    // Where several write, a smaller number may be committed after a larger one, never so much later.
    private const long Behind = 60_000;

    /// <summary>The next of them, with the number of their outcomes.</summary>
    public static IReadOnlyList<(long Outcome, AuditRecord Record)> After(Session session, long outcome, int limit) => session.Rows(
        """
        SELECT outcome.id, outcome.at, outcome.word, outcome.detail, intent.method, intent.keys, note.number, note.kind, note.patient, note.author,
            (SELECT MIN(resource.reference) FROM resource WHERE resource.number = note.number AND intent.keys = '["' || resource.key || '"]')
        FROM outcome JOIN intent ON intent.id = outcome.intent_id JOIN note ON note.number = intent.number
        WHERE outcome.id > $1 AND outcome.at <= $2 ORDER BY outcome.id LIMIT $3
        """,
        row => (row.GetInt64(0), Of(row.Time(1), row.GetString(2), row.Text(3), row.GetString(4), row.Keys(5), row.GetInt64(6), row.GetString(7), row.GetString(8), row.Text(9), row.Text(10))),
        outcome, session.Database.Shared ? session.Now - Behind : long.MaxValue, limit);

    private static AuditRecord Of(DateTimeOffset at, string word, string? detail, string method, IReadOnlyList<string> keys, long number, string kind, string patient, string? author, string? reference)
    {
        var written = Words.TryParse<OutcomeWord>(word, out var outcome) && outcome is OutcomeWord.Done or OutcomeWord.Found;
        return new AuditRecord
        {
            When = at,
            Action = method == "PUT" ? AuditAction.Update : AuditAction.Create,
            Subject = AuditRecord.Service,
            OnBehalfOf = author,
            Kind = "ehr",
            Id = written && reference is not null ? reference : $"{kind} {number}: {string.Join(' ', keys)}",
            Patient = patient.StartsWith("Patient/", StringComparison.Ordinal) ? patient : null,
            Outcome = written ? AuditOutcome.Success : outcome is OutcomeWord.Refused ? AuditOutcome.Refused : AuditOutcome.Failed,
            Why = written ? null : word,
        };
    }
}
