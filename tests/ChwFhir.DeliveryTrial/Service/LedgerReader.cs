using System.Data.Common;
using System.Globalization;

namespace ChwFhir.DeliveryTrial.Service;

/// <summary>Reads the service's ledger out of its database, to explain what the count has found.</summary>
internal static class LedgerReader
{
    private const string Everything = """
        SELECT note.id, intent.intended_at, intent.method, intent.interaction, intent.keys, outcome.at, outcome.word, outcome.http_status, outcome.detail
        FROM intent JOIN note ON note.number = intent.number LEFT JOIN outcome ON outcome.intent_id = intent.id
        ORDER BY intent.id, outcome.id
        """;

    /// <summary>The history of every note, oldest entry first.</summary>
    public static async Task<ILookup<string, LedgerEntry>> ReadAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = Everything;
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        List<LedgerEntry> entries = [];
        while (await rows.ReadAsync(cancellationToken))
            entries.Add(new LedgerEntry(rows.GetString(0), Time(rows.GetValue(1)), rows.GetString(2), rows.GetString(3), rows.GetString(4),
                rows.IsDBNull(5) ? null : Time(rows.GetValue(5)), Text(rows, 6), rows.IsDBNull(7) ? null : Convert.ToInt32(rows.GetValue(7), CultureInfo.InvariantCulture), Text(rows, 8)));
        return entries.ToLookup(entry => entry.NoteId);
    }

    private static DateTimeOffset Time(object milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(Convert.ToInt64(milliseconds, CultureInfo.InvariantCulture));

    private static string? Text(DbDataReader rows, int column) => rows.IsDBNull(column) ? null : rows.GetString(column);
}
