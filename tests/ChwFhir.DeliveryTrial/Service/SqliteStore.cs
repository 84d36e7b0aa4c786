using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace ChwFhir.DeliveryTrial.Service;

/// <summary>SQLite in the one process of the service: a kill of the one is a kill of the other.</summary>
internal sealed class SqliteStore : ITrialStore
{
    public string Name => "SQLite";

    public int Instances => 1;

    public IEnumerable<(string Name, string Value)> Settings => [];

    public Task<bool> KillAsync() => Task.FromResult(false);

    public async Task<DbConnection> OpenAsync(string folder, CancellationToken cancellationToken)
    {
        var file = Directory.EnumerateFiles(folder, "*.db").Single(name => !name.EndsWith("sandbox.db", StringComparison.Ordinal));
        var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        await connection.OpenAsync(cancellationToken);
        return connection;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
