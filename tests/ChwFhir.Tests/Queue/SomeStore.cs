using System.Text;
using ChwFhir.Intake;
using ChwFhir.Queue;
using ChwFhir.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using NUnit.Framework;

namespace ChwFhir.Tests.Queue;

/// <summary>A real store on real files in a folder of its own, with a clock that the test moves.</summary>
internal sealed class SomeStore : IAsyncDisposable
{
    public const string TheEhr = "https://ehr.example/fhir";
    public static readonly TimeSpan TheLease = TimeSpan.FromMinutes(1);
    public static readonly DateTimeOffset TheVisit = new(2026, 11, 3, 14, 5, 0, TimeSpan.FromHours(-5));

    private SomeStore(string directory, FakeClock clock, NoteStore store) => (Directory, Clock, Store) = (directory, clock, store);

    public string Directory { get; }

    public FakeClock Clock { get; }

    public NoteStore Store { get; private set; }

    public static async Task<SomeStore> OpenAsync()
    {
        var directory = System.IO.Directory.CreateTempSubdirectory("chwfhir-queue-").FullName;
        var clock = new FakeClock(new DateTimeOffset(2026, 11, 3, 20, 0, 0, TimeSpan.Zero));
        return new SomeStore(directory, clock, await OpenAsync(directory, clock));
    }

    public static Task<NoteStore> OpenAsync(string directory, TimeProvider clock) =>
        NoteStore.OpenAsync(new StorageOptions { Directory = directory }, clock, NullLoggerFactory.Instance, default);

    /// <summary>What a new process finds.</summary>
    public async Task ReopenAsync()
    {
        await Store.DisposeAsync();
        Store = await OpenAsync(Directory, Clock);
    }

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
        System.IO.Directory.Delete(Directory, recursive: true);
    }
}
