using System.Text;
using ChwFhir.Intake;
using ChwFhir.Queue;
using ChwFhir.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using NUnit.Framework;

namespace ChwFhir.Tests.Queue;

/// <summary>A real store in a folder or a PostgreSQL database of its own, with a clock that the test moves.</summary>
internal sealed class SomeStore : IAsyncDisposable
{
    public const string TheEhr = "https://ehr.example/fhir";
    public const string TheKey = "b3VyIG93biBrZXkgZm9yIHRlc3RzLCAzMiBieXRlcyE=";
    public static readonly TimeSpan TheLease = TimeSpan.FromMinutes(1);
    public static readonly DateTimeOffset TheVisit = new(2026, 11, 3, 14, 5, 0, TimeSpan.FromHours(-5));

    private SomeStore(StorageOptions options, FakeClock clock, NoteStore store) => (Options, Clock, Store) = (options, clock, store);

    public StorageOptions Options { get; }

    public string Directory => Options.Directory;

    /// <summary>Several instances at a time.</summary>
    public bool IsShared => Options.Provider is StorageOptions.Postgres;

    public FakeClock Clock { get; }

    public NoteStore Store { get; private set; }

    public static async Task<SomeStore> OpenAsync(string provider)
    {
        var options = await SomeOptionsAsync(provider);
        var clock = new FakeClock(new DateTimeOffset(2026, 11, 3, 20, 0, 0, TimeSpan.Zero));
        return new SomeStore(options, clock, await OpenAsync(options, clock));
    }

    public static Task<NoteStore> OpenAsync(StorageOptions options, TimeProvider clock) => NoteStore.OpenAsync(options, clock, NullLoggerFactory.Instance, default);

    /// <summary>A folder of its own, or an empty database.</summary>
    public static async Task<StorageOptions> SomeOptionsAsync(string provider) => provider is StorageOptions.Postgres
        ? new StorageOptions { Provider = provider, ConnectionString = await (await SharedPostgres.StartedAsync()).NewDatabaseAsync(), Directory = "", Key = TheKey }
        : new StorageOptions { Provider = provider, Directory = System.IO.Directory.CreateTempSubdirectory("chwfhir-queue-").FullName };

    public static void Remove(StorageOptions options)
    {
        if (options.Provider is StorageOptions.Sqlite) System.IO.Directory.Delete(options.Directory, recursive: true);
    }

    /// <summary>What a new process finds.</summary>
    public async Task ReopenAsync()
    {
        await Store.DisposeAsync();
        Store = await OpenAsync(Options, Clock);
    }

    /// <summary>Another instance on the same database, with the same clock.</summary>
    public Task<NoteStore> AnotherAsync() => OpenAsync(Options, Clock);

    public static IncomingNote Note(string id, string patient = "Patient/p1", string content = "{}", string? author = "Practitioner/chw-1", string ehr = TheEhr, params NoteIssue[] issues) =>
        new(ehr, id, "visit-note", patient, patient, author, "hash of " + content, TheVisit, Encoding.UTF8.GetBytes(content), issues);

    public async Task<long> AcceptAsync(string id, string patient = "Patient/p1", string ehr = TheEhr) =>
        (await Store.AcceptAsync(Note(id, patient, ehr: ehr), default)).Note.Number;

    public Task<Claim?> ClaimAsync(string worker = "w1") => Store.ClaimAsync(TheEhr, worker, TheLease, default);

    public async Task<Claim> MustClaimAsync(string worker = "w1")
    {
        var claim = await ClaimAsync(worker);
        Assert.That(claim, Is.Not.Null, "a lane is due");
        return claim!;
    }

    public Task<bool> FinishAsync(Claim claim, long number, NoteState state, TimeSpan? again = null) =>
        Store.FinishAsync(claim, number, state, again is { } pause ? Clock.GetUtcNow() + pause : null, countsAsAttempt: true, [], default);

    public Task<long> IntendAsync(Claim claim, long number, params string[] keys) =>
        Store.IntendAsync(claim, new Intent(number, keys, "POST", "create", 1), default);

    public Task RecordAsync(Claim claim, long intent, OutcomeWord word, params ResourceRow[] rows) =>
        Store.RecordAsync(claim, intent, new IntentOutcome(word, null, null, TimeSpan.FromMilliseconds(12)), rows, [], default);

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        Remove(Options);
    }
}
