namespace ChwFhir.Queue.Sealing;

/// <summary>
/// Seals what stood in clear before there were seals, before anybody reads: each table in one commit, so that a start that is cut off goes on where it
/// stopped. From then on a value in clear is one that somebody has put there, and is not read.
/// </summary>
internal static class SealingOfOld
{
    /// <summary>In place of a table: what it held is gone from the files as well.</summary>
    private const string Swept = "*";

    /// <returns>How many rows were sealed.</returns>
    public static long Apply(Session session) => session.Database.Alone(session, () =>
    {
        var done = session.Rows("SELECT name FROM sealed_table", row => row.GetString(0)).ToHashSet();
        if (done.Contains(Swept))
            return 0;
        var sealedNow = SealedTables.All.Where(table => !done.Contains(table.Name)).Sum(table => InOne(session, () => Seal(session, table)));
        InOne(session, () => Hold(session));
        // A start that was cut off may have sealed rows and not swept.
        if (sealedNow > 0 || done.Count > 0)
            session.Database.Sweep(session);
        session.Execute("INSERT INTO sealed_table (name) VALUES ($1)", Swept);
        return sealedNow;
    });

    private static long Seal(Session session, SealedTable table)
    {
        var named = string.Join(" AND ", table.Keys.Select((key, i) => $"{key} = ${i + 1}"));
        var select = $"SELECT {string.Join(", ", table.NamedBy.Concat(table.Columns.Select(column => column.Name)))} FROM {table.Name} WHERE {named}";
        var update = $"UPDATE {table.Name} SET {string.Join(", ", table.Columns.Select((column, i) => $"{column.Name} = ${table.Keys.Count + i + 1}"))} WHERE {named}";
        var rows = session.Rows($"SELECT {string.Join(", ", table.Keys)} FROM {table.Name}", row => table.Keys.Select((_, i) => (object?)row.GetValue(i)).ToArray());
        foreach (var keys in rows)
        {
            var values = session.Row(select, row => Values(table, row), keys)!;
            session.Do(update, [.. keys, .. values]);
        }
        session.Do("INSERT INTO sealed_table (name) VALUES ($1)", table.Name);
        return rows.Count;
    }

    private static object?[] Values(SealedTable table, StoreRow row)
    {
        var before = table.NamedBy.Count;
        var name = table.Row([.. table.NamedBy.Select((_, i) => row.GetValue(i))]);
        return [.. table.Columns.Select((column, i) => row.IsDBNull(before + i) ? null : column.Of(row.GetValue(before + i), name))];
    }

    private static long Hold(Session session)
    {
        Belonging.Fill(session);
        Audit.AuditRows.SealFromHere(session);
        return 0;
    }

    private static long InOne(Session session, Func<long> work)
    {
        session.Begin();
        try
        {
            var result = work();
            session.Commit();
            return result;
        }
        catch
        {
            session.Rollback();
            throw;
        }
    }
}
