using ChwFhir.Testing;
using NUnit.Framework;

namespace ChwFhir.Tests.Queue;

/// <summary>One PostgreSQL for the tests of the queue, each of which has a database of its own; started by the first that needs it.</summary>
[SetUpFixture]
internal sealed class SharedPostgres
{
    // Databases of tests are thrown away: nothing here is about a machine that loses its power.
    private static readonly Lazy<Task<PrivatePostgres>> Server = new(() => PrivatePostgres.StartAsync("fsync=off", "full_page_writes=off"));

    public static Task<PrivatePostgres> StartedAsync()
    {
        Needs.Postgres();
        return Server.Value;
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        if (Server.IsValueCreated) await (await Server.Value).DisposeAsync();
    }
}
