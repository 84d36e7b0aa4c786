using ChwFhir.Testing;

namespace ChwFhir.DeliveryTrial.Service;

/// <summary>A private PostgreSQL that three processes of the service share; it is killed once with SIGKILL and recovers.</summary>
internal sealed class PostgresStore(PrivatePostgres server, string connectionString) : ITrialStore
{
    public string Name => "PostgreSQL";

    public int Instances => 3;

    public IEnumerable<(string Name, string Value)> Settings => [("Storage__Provider", "postgres"), ("Storage__ConnectionString", connectionString), ("Storage__Key", "b3VyIG93biBrZXkgZm9yIHRlc3RzLCAzMiBieXRlcyE=")];

    public static async Task<PostgresStore> StartAsync()
    {
        var server = await PrivatePostgres.StartAsync();
        return new PostgresStore(server, await server.NewDatabaseAsync());
    }

    public async Task<bool> KillAsync()
    {
        await server.KillAsync();
        await server.StartAgainAsync();
        return true;
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();
}
