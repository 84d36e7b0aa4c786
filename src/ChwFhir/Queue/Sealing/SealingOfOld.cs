namespace ChwFhir.Queue.Sealing;

/// <summary>
/// Seals what stood in clear before there were seals, before anybody reads: each table in one commit, so that a start that is cut off goes on where it
/// stopped. From then on a value in clear is one that somebody has put there, and is not read. That it is done is said by a wrapped key: whoever could say in
/// the database that it is not would have the next start seal what they have put there.
/// </summary>
internal static class SealingOfOld
{
    /// <summary>In place of a table: what it held is gone from the files as well.</summary>
    private const string Swept = "*";

    /// <summary>The same, for what is sealed within its note: at first it was sealed to the same in each.</summary>
    private const string WithinNotes = "@";

    /// <returns>How many rows were sealed.</returns>
    /// <exception cref="StorageInUseException">All was sealed before, and the database says that it was not.</exception>
    public static long Apply(Session session, MasterKeys masters) => session.Database.Alone(session, () =>
    {
        var done = session.Rows("SELECT name FROM sealed_table", row => row.GetString(0)).ToHashSet();
        if (DataKeys.AllIsSealed(session, masters))
        {
            if (!done.Contains(Swept))
                throw new StorageInUseException("The store's table sealed_table was changed outside of the service, as if what it holds had never been sealed: restore the store from a backup. Nothing was changed.");
            return done.Contains(WithinNotes) ? 0 : InOne(session, () => SealWithinNotes(session));
        }
        // Of a version that did not say so with the key.
        if (done.Contains(Swept))
            return InOne(session, () => SealWithinNotes(session) + Say(session, masters));
        var sealedNow = SealedTables.All.Where(table => !done.Contains(table.Name)).Sum(table => InOne(session, () => Seal(session, table)));
        InOne(session, () => Hold(session));
        // A start that was cut off may have sealed rows and not swept.
        if (sealedNow > 0 || done.Count > 0)
            session.Database.Sweep(session);
        InOne(session, () =>
        {
            session.Do("INSERT INTO sealed_table (name) VALUES ($1), ($2)", Swept, WithinNotes);
            return Say(session, masters);
        });
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

    // What was opened is sealed for the row that it stands in, as it was before: nothing that was moved becomes right by it, for the rest of its row knows its key.
    private static long SealWithinNotes(Session session)
    {
        foreach (var (table, column) in SealedTables.All.SelectMany(table => table.Columns.Where(column => column.IsOfNote).Select(column => (table, column))))
        {
            var update = $"UPDATE {table.Name} SET {column.Name} = ${table.Keys.Count + 1} WHERE {string.Join(" AND ", table.Keys.Select((key, i) => $"{key} = ${i + 1}"))}";
            foreach (var (keys, note, values) in session.Rows(
                $"SELECT {string.Join(", ", table.Keys)}, number, {column.Name} FROM {table.Name}",
                row => (table.Keys.Select((_, i) => (object?)row.GetValue(i)).ToArray(), row.GetInt64(table.Keys.Count), Opened(row, table.Keys.Count + 1, column))))
                if (!values.Contains(null))
                    session.Do(update, [.. keys, column.IsList ? ((FoundSecret)column.Secret).Any(values!, note) : ((FoundSecret)column.Secret).Of(values[0], note)]);
        }
        session.Do("INSERT INTO sealed_table (name) VALUES ($1) ON CONFLICT (name) DO NOTHING", WithinNotes);
        return 0;
    }

    // Null in place of what was damaged: it stays as it is.
    private static List<string?> Opened(StoreRow row, int column, SealedColumn sealedColumn) =>
        [.. (sealedColumn.IsList ? row.Keys(column) : [row.GetString(column)]).Select(value => row.OpenIfItOpens(value, (FoundSecret)sealedColumn.Secret))];

    private static long Say(Session session, MasterKeys masters)
    {
        DataKeys.SayAllIsSealed(session, masters);
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
