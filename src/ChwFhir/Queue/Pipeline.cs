using System.Data.Common;
using ChwFhir.Queue.Databases;
using ChwFhir.Queue.Sealing;

namespace ChwFhir.Queue;

/// <summary>
/// Statements that wait for the next one that is asked something, and travel with it: one way there and back for all of them. They run in their
/// order; the first that fails ends the rest. Each that returns rows has a reader.
/// </summary>
internal sealed class Pipeline(Database database, DbConnection connection)
{
    private readonly List<Waiting> _waiting = [];
    private readonly HashSet<string> _statements = new(StringComparer.Ordinal);

    public bool IsEmpty => _waiting.Count == 0;

    public bool MayForbid => _waiting.Exists(one => one.Then is not null);

    public IReadOnlyCollection<string> Statements => _statements;

    /// <param name="read">Called for each row; null for a statement that returns none.</param>
    /// <param name="then">Called when all have run; may throw.</param>
    public void Add(string sql, object?[] values, Action<StoreRow>? read = null, Action? then = null) => _waiting.Add(new Waiting(sql, values, read, then));

    public void Clear() => _waiting.Clear();

    /// <summary>With this one as the last.</summary>
    /// <returns>How many rows it changed.</returns>
    public int Execute(string sql, object?[] values)
    {
        Add(sql, values);
        return Run();
    }

    public void Flush() => Run();

    private int Run()
    {
        Waiting[] all = [.. _waiting];
        _waiting.Clear();
        using var batch = connection.CreateBatch();
        foreach (var (sql, values, _, _) in all)
        {
            _statements.Add(sql);
            var command = batch.CreateBatchCommand();
            command.CommandText = sql;
            for (var i = 0; i < values.Length; i++)
            {
                var parameter = database.Parameter(i + 1);
                parameter.Value = Session.Stored(database, values[i]);
                command.Parameters.Add(parameter);
            }
            batch.BatchCommands.Add(command);
        }

        using (var reader = batch.ExecuteReader())
        {
            var row = new StoreRow(reader, database.Vault);
            foreach (var read in all.Select(one => one.Read).OfType<Action<StoreRow>>())
            {
                while (reader.Read()) read(row);
                reader.NextResult();
            }
        }
        foreach (var one in all) one.Then?.Invoke();
        return batch.BatchCommands[^1].RecordsAffected;
    }

    private sealed record Waiting(string Sql, object?[] Values, Action<StoreRow>? Read, Action? Then);
}
