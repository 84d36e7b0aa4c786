using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using ChwFhir.Intake;
using ChwFhir.Queue;
using ChwFhir.Queue.Sealing;

namespace ChwFhir.Audit;

/// <summary>The chains in the store. A link is SHA-256 over the link before it and the stored record.</summary>
internal static class AuditRows
{
    /// <summary>What is to be stored of a record, before it has its place in a chain.</summary>
    public sealed record Link(long At, string Subject, string? Patient, string Action, string Outcome, ReadOnlyMemory<byte> Body);

    /// <summary>A record as it stands in the store.</summary>
    public sealed record Row(long Id, long Number, long At, string Subject, string? Patient, string Action, string Outcome, byte[] Previous, byte[] Body, byte[] Hash)
    {
        public bool HashHolds => Hash.AsSpan().SequenceEqual(Next(Previous, Body));
    }

    public static byte[] Next(ReadOnlySpan<byte> previous, ReadOnlySpan<byte> body)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(previous);
        hash.AppendData(body);
        return hash.GetHashAndReset();
    }

    /// <summary>Several records behind each other; where others may write to the same chain, they wait for each other at its head.</summary>
    public static void Append(Session session, string chain, IReadOnlyList<Link> links)
    {
        session.Do("INSERT INTO audit_chain (chain, n, hash) VALUES ($1, 0, $2) ON CONFLICT (chain) DO NOTHING", chain, AuditSealing.Origin(chain));
        var (n, previous) = session.Row($"SELECT n, hash FROM audit_chain WHERE chain = $1{session.Database.Locked("audit_chain")}", row => (row.GetInt64(0), row.GetFieldValue<byte[]>(1)), chain);
        foreach (var link in links)
        {
            var hash = Next(previous, link.Body.Span);
            session.Do(
                "INSERT INTO audit_record (chain, n, at, subject, patient, action, outcome, previous, body, hash) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
                chain, ++n, link.At, link.Subject, link.Patient, link.Action, link.Outcome, previous, link.Body, hash);
            previous = hash;
        }
        session.Do("UPDATE audit_chain SET n = $2, hash = $3 WHERE chain = $1", chain, n, previous);
    }

    public static IReadOnlyList<AuditHead> Heads(Session session) => session.Rows(
        "SELECT chain, n, hash FROM audit_chain ORDER BY chain", row => new AuditHead(row.GetString(0), row.GetInt64(1), Convert.ToHexStringLower(row.GetFieldValue<byte[]>(2))));

    /// <summary>The last record of a chain that was written before there were seals; 0 when there is none.</summary>
    public static long ClearUntil(Session session, string chain) =>
        session.Row("SELECT clear_until FROM audit_chain WHERE chain = $1", row => row.TextIfItOpens(0, Secret.ClearUntil, RowName.AuditChain(chain)), chain) is { } until
            ? long.Parse(until, System.Globalization.CultureInfo.InvariantCulture) : 0;

    /// <summary>From here on a record in clear is one that somebody has put there.</summary>
    public static void SealFromHere(Session session)
    {
        foreach (var chain in Chains(session))
            session.Do(
                "UPDATE audit_chain SET clear_until = $2 WHERE chain = $1 AND clear_until IS NULL", chain,
                Secret.ClearUntil.Of(session.Row("SELECT COALESCE(MAX(n), 0) FROM audit_record WHERE chain = $1", row => row.GetInt64(0), chain).ToString(System.Globalization.CultureInfo.InvariantCulture), RowName.AuditChain(chain)));
    }

    /// <summary>Also those that only records tell of.</summary>
    public static IReadOnlyList<string> Chains(Session session) =>
        session.Rows("SELECT chain FROM audit_chain UNION SELECT DISTINCT chain FROM audit_record ORDER BY chain", row => row.GetString(0));

    public static IReadOnlyList<Row> After(Session session, string chain, long number, int limit) => session.Rows(
        "SELECT id, n, at, subject, patient, action, outcome, previous, body, hash FROM audit_record WHERE chain = $1 AND n > $2 ORDER BY n LIMIT $3",
        row => new Row(row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetString(3), row.Text(4), row.GetString(5), row.GetString(6), row.GetFieldValue<byte[]>(7), row.GetFieldValue<byte[]>(8), row.GetFieldValue<byte[]>(9)),
        chain, number, limit);

    /// <summary>Newest first; one more than asked for says that there is another page.</summary>
    public static IReadOnlyList<(long Id, string Chain, long Number, DateTimeOffset At, byte[] Body, string Hash)> List(Session session, AuditFilter filter, AuditSealing sealing)
    {
        List<object?> values = [];
        var where = new StringBuilder("1 = 1");
        And(Any("patient"), filter.Patient is { } patient ? sealing.Keys(patient) : null);
        And(Any("subject"), filter.Subject is { } subject ? sealing.Keys(subject) : null);
        And("action = {0}", filter.Action is { } action ? Words.Of(action) : null);
        And("outcome = {0}", filter.Outcome is { } outcome ? Words.Of(outcome) : null);
        And("at >= {0}", filter.Since?.ToUnixTimeMilliseconds());
        And("at < {0}", filter.Until?.ToUnixTimeMilliseconds());
        And("id < {0}", filter.After);
        // What was cut off is gone, also while it still lies there.
        foreach (var cut in AuditCuts.All(session))
        {
            values.AddRange([cut.Chain, cut.Number]);
            where.Append(System.Globalization.CultureInfo.InvariantCulture, $" AND (chain <> ${values.Count - 1} OR n > ${values.Count})");
        }
        values.Add(filter.Limit + 1);
        return session.Rows(
            $"SELECT id, chain, n, body, hash, at FROM audit_record WHERE {where} ORDER BY id DESC LIMIT ${values.Count}",
            row => (row.GetInt64(0), row.GetString(1), row.GetInt64(2), row.Time(5), row.GetFieldValue<byte[]>(3), Convert.ToHexStringLower(row.GetFieldValue<byte[]>(4))), [.. values]);

        string Any(string column) => $"{column} IN ({session.Database.TextsIn("{0}")})";

        void And(string condition, object? value)
        {
            if (value is null)
                return;
            values.Add(value);
            where.Append(" AND ").AppendFormat(System.Globalization.CultureInfo.InvariantCulture, condition, $"${values.Count}");
        }
    }
}
