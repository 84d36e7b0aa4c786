using Microsoft.Data.Sqlite;

namespace ChwFhir.Journeys.Audit;

/// <summary>The hands of somebody who gets at the files of the store past the service.</summary>
internal static class TownDatabase
{
    public static Task OnDatabaseAsync(this Town town, string sql) => RunAsync(town.Folder, sql);

    public static async Task RunAsync(string folder, string sql)
    {
        await using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = Path.Combine(folder, "chwfhir.db"), Pooling = false, DefaultTimeout = 30 }.ToString());
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }
}
