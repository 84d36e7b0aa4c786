using Microsoft.Data.Sqlite;

namespace ChwFhir.Sandbox.Store;

/// <summary>One connection with its prepared statements. Values are <c>$0</c>, <c>$1</c>, … in order. Not for two threads at once.</summary>
internal sealed class Sql(SqliteConnection connection) : IDisposable
{
    private const int Remembered = 300;
    private readonly Dictionary<string, SqliteCommand> commands = [];

    public int Run(string sql, params ReadOnlySpan<object?> values) => Command(sql, values).ExecuteNonQuery();

    public object? One(string sql, params ReadOnlySpan<object?> values) => Command(sql, values).ExecuteScalar() switch
    {
        DBNull => null,
        var value => value
    };

    public List<T> All<T>(string sql, Func<SqliteDataReader, T> row, params ReadOnlySpan<object?> values)
    {
        using var reader = Command(sql, values).ExecuteReader();
        List<T> rows = [];
        while (reader.Read())
            rows.Add(row(reader));
        return rows;
    }

    public void Dispose()
    {
        Forget();
        connection.Dispose();
    }

    private SqliteCommand Command(string sql, ReadOnlySpan<object?> values)
    {
        if (!commands.TryGetValue(sql, out var command))
        {
            if (commands.Count >= Remembered)
                Forget();
            command = connection.CreateCommand();
            command.CommandText = sql;
            commands[sql] = command;
        }
        command.Parameters.Clear();
        for (var i = 0; i < values.Length; i++)
            command.Parameters.AddWithValue($"${i}", values[i] ?? DBNull.Value);
        return command;
    }

    private void Forget()
    {
        foreach (var command in commands.Values)
            command.Dispose();
        commands.Clear();
    }
}
