using ChwFhir.Intake;
using ChwFhir.Queue;
using ChwFhir.Queue.Sealing;

namespace ChwFhir.Audit;

/// <summary>Writes to the EHR as the ledger has them, in words of the audit log.</summary>
internal static class LedgerRows
{
    // Where several write, a smaller number may be committed after a larger one, never so much later.
    private const long Behind = 60_000;

    /// <summary>The next of them, with the number of their outcomes.</summary>
    public static IReadOnlyList<(long Outcome, AuditRecord Record)> After(Session session, long outcome, int limit)
    {
        var rows = session.Rows(
            $"""
            SELECT next.id, next.at, next.word, intent.method, intent.keys, note.number, note.kind, note.patient, note.author, resource.reference, resource.key
            FROM (SELECT id, intent_id, at, word FROM outcome WHERE id > $1 AND at <= $2 ORDER BY id LIMIT $3) AS next
            JOIN intent ON intent.id = next.intent_id JOIN note ON note.number = intent.number
            LEFT JOIN resource ON resource.number = note.number AND resource.reference IS NOT NULL AND resource.key IN ({session.Database.TextsIn("intent.keys")})
            ORDER BY next.id
            """,
            // What was damaged since is recorded without: that it was written is known all the same.
            row => (
                Outcome: row.GetInt64(0),
                Record: Of(
                    row.Time(1), row.GetString(2), row.GetString(3), [.. row.Keys(4).Select(key => row.OpenIfItOpens(key, Secret.Key) ?? Notes.Unreadable)], row.GetInt64(5), row.GetString(6),
                    row.TextIfItOpens(7, Secret.Patient) ?? Notes.Unreadable, row.TextIfItOpens(8, Secret.Person)),
                Reference: row.IsDBNull(9) || row.TextIfItOpens(10, Secret.Key) is not { } key ? null : row.TextIfItOpens(9, Secret.Reference, RowName.Resource(row.GetInt64(5), key))),
            outcome, session.Database.Shared ? session.Now - Behind : long.MaxValue, limit);
        return [.. rows.GroupBy(row => row.Outcome).Select(group => (group.Key, WithReferences(group.First().Record, [.. group.Select(row => row.Reference).OfType<string>().Distinct()])))];
    }

    private static AuditRecord WithReferences(AuditRecord record, IReadOnlyList<string> references) =>
        record.Outcome is AuditOutcome.Success && references.Count > 0 ? record with { Id = string.Join(' ', references) } : record;

    private static AuditRecord Of(DateTimeOffset at, string word, string method, IReadOnlyList<string> keys, long number, string kind, string patient, string? author)
    {
        var written = Words.TryParse<OutcomeWord>(word, out var outcome) && outcome is OutcomeWord.Done or OutcomeWord.Found;
        return new AuditRecord
        {
            When = at,
            Action = method == "PUT" ? AuditAction.Update : AuditAction.Create,
            Subject = AuditRecord.Service,
            OnBehalfOf = author,
            Kind = AuditRecord.Ehr,
            Id = $"{kind} {number}: {string.Join(' ', keys)}",
            Patient = patient.StartsWith("Patient/", StringComparison.Ordinal) ? patient : null,
            Outcome = written ? AuditOutcome.Success : outcome is OutcomeWord.Refused ? AuditOutcome.Refused : AuditOutcome.Failed,
            Why = written ? null : word,
        };
    }
}
