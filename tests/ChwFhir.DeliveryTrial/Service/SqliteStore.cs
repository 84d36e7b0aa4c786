namespace ChwFhir.DeliveryTrial.Service;

/// <summary>SQLite in the one process of the service: a kill of the one is a kill of the other.</summary>
internal sealed class SqliteStore : ITrialStore
{
    public string Name => "SQLite";

    public int Instances => 1;

    public IEnumerable<(string Name, string Value)> Settings => [];

    public Task<bool> KillAsync() => Task.FromResult(false);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
