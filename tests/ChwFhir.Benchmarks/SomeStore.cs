using ChwFhir.Queue;
using ChwFhir.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace ChwFhir.Benchmarks;

/// <summary>A store of one run: in a folder of its own, or in a PostgreSQL started for it with its usual settings, also on this machine.</summary>
internal sealed class SomeStore : IDisposable
{
    private readonly PrivatePostgres? _postgres;

    private SomeStore(NoteStore store, string directory, PrivatePostgres? postgres) => (Store, Directory, _postgres) = (store, directory, postgres);

    public NoteStore Store { get; }

    public string Directory { get; }

    public static async Task<SomeStore> OpenAsync(string provider)
    {
        var directory = System.IO.Directory.CreateTempSubdirectory("chwfhir-benchmark-").FullName;
        var postgres = provider is StorageOptions.Postgres ? await PrivatePostgres.StartAsync() : null;
        var options = new StorageOptions { Provider = provider, Directory = directory, ConnectionString = postgres is null ? null : await postgres.NewDatabaseAsync() };
        return new SomeStore(await NoteStore.OpenAsync(options, TimeProvider.System, NullLoggerFactory.Instance, default), directory, postgres);
    }

    public void Dispose()
    {
        Store.Dispose();
        _postgres?.DisposeAsync().AsTask().GetAwaiter().GetResult();
        System.IO.Directory.Delete(Directory, recursive: true);
    }
}
