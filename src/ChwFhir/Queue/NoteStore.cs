using ChwFhir.Intake;
using ChwFhir.Queue.Databases;
using ChwFhir.Queue.Sealing;
using Microsoft.Extensions.Logging;

namespace ChwFhir.Queue;

/// <summary>
/// The durable queue and the write ledger, in one SQLite file that this process owns, or in a PostgreSQL database that any number of instances
/// share. Every write is on disk when its task completes; a caller who leaves before that leaves a whole write or none.
/// </summary>
public sealed partial class NoteStore : IAsyncDisposable, IDisposable
{
    private static readonly TimeSpan PatienceAtStart = TimeSpan.FromSeconds(10);

    private readonly Database _database;
    private readonly MasterKeys _masters;
    private readonly TimeProvider _clock;
    private readonly WorkBell _bell = new();
    private readonly ReadPool _readers;
    private readonly WriteLoop _writer;
    private int _closed;

    private NoteStore(Database database, MasterKeys masters, TimeProvider clock, ILogger log)
    {
        (_database, _masters, _clock) = (database, masters, clock);
        _readers = new ReadPool(database, clock);
        _writer = new WriteLoop(database, clock, LanesChanged, log);
        database.Listen(_bell.Ring);
    }

    /// <summary>Where the notes are kept, for a person.</summary>
    public string Place => _database.Place;

    /// <summary>Now by the clock that all times of the store go by: what is to be compared with them, or kept among them, is counted from it.</summary>
    public DateTimeOffset Now => _clock.GetUtcNow() + TimeSpan.FromMilliseconds(_database.Ahead);

    /// <param name="clock">With PostgreSQL the system's clock stands for the database's own, by which leases go there.</param>
    /// <exception cref="StorageInUseException">Another process owns the folder, or the store cannot be used; one line that names the setting.</exception>
    public static Task<NoteStore> OpenAsync(StorageOptions options, TimeProvider clock, ILoggerFactory logs, CancellationToken cancellationToken) =>
        Task.Run(() => OpenAsync(options, clock, logs.CreateLogger<NoteStore>(), cancellationToken), cancellationToken);

    /// <summary>Makes an input durable: when the task completes it is on disk. Of several calls with one id exactly one is <see cref="Acceptance.Accepted"/>.</summary>
    /// <exception cref="StoreUnavailableException">Nothing of the note was kept.</exception>
    public async Task<Acceptance> AcceptAsync(IncomingNote note, CancellationToken cancellationToken)
    {
        try
        {
            var acceptance = await _writer.TakeAsync(new Arriving(note), cancellationToken).ConfigureAwait(false);
            StoreTelemetry.Took(acceptance);
            return acceptance;
        }
        catch (StoreUnavailableException)
        {
            StoreTelemetry.Refused();
            throw;
        }
    }

    public Task<StoredNote?> FindAsync(string ehr, string id, CancellationToken cancellationToken) =>
        _readers.RunAsync(session => Notes.Find(session, ehr, id), cancellationToken);

    public Task<StoredNote?> ReadAsync(long number, CancellationToken cancellationToken) =>
        _readers.RunAsync(session => Notes.Read(session, number), cancellationToken);

    public Task<NotePage> ListAsync(NoteFilter filter, CancellationToken cancellationToken) =>
        _readers.RunAsync(session => Notes.List(session, filter), cancellationToken);

    /// <summary>Numbers of the patient's visits before this time, the latest first; without those that were taken back.</summary>
    public Task<IReadOnlyList<long>> VisitsBeforeAsync(string ehr, string patient, DateTimeOffset time, int limit, CancellationToken cancellationToken) =>
        _readers.RunAsync(session => Notes.VisitsBefore(session, ehr, patient, time, limit), cancellationToken);

    /// <summary>Which notes of the patient tell parts of these identities (<c>system|value</c>), oldest visit first; none that was taken back.</summary>
    public Task<IReadOnlyList<TellingNote>> TellingsAsync(string ehr, string patient, IReadOnlyCollection<string> identities, CancellationToken cancellationToken) =>
        _readers.RunAsync(session => Notes.Tellings(session, ehr, patient, identities), cancellationToken);

    /// <summary>How often each has changed; those that there are not are not in it.</summary>
    public Task<IReadOnlyDictionary<long, long>> RevisionsAsync(IReadOnlyCollection<long> numbers, CancellationToken cancellationToken) =>
        _readers.RunAsync(session => Notes.Revisions(session, numbers), cancellationToken);

    /// <summary>One cheap row by which somebody who has read a patient's notes can tell whether they would read the same again.</summary>
    public Task<PatientStand> StandAsync(string ehr, string patient, CancellationToken cancellationToken) =>
        _readers.RunAsync(session => Notes.Stand(session, ehr, patient), cancellationToken);

    /// <exception cref="KeyNotFoundException">No note has this number.</exception>
    public Task<NoteContent> ReadContentAsync(long number, CancellationToken cancellationToken) =>
        _readers.RunAsync(session => Notes.Content(session, number), cancellationToken);

    /// <summary>Writes without a recorded answer, or with one that said <c>unknown</c>.</summary>
    public Task<IReadOnlyList<OpenIntent>> OpenIntentsAsync(long number, CancellationToken cancellationToken) =>
        _readers.RunAsync(session => Ledger.Open(session, number), cancellationToken);

    /// <summary>The same, of all notes of one patient, oldest first.</summary>
    public Task<IReadOnlyList<OpenIntent>> OpenIntentsOfAsync(string ehr, string patient, CancellationToken cancellationToken) =>
        _readers.RunAsync(session => Ledger.OpenOf(session, ehr, patient), cancellationToken);

    public Task<IReadOnlyList<HistoryRow>> HistoryAsync(long number, CancellationToken cancellationToken) =>
        _readers.RunAsync(session => Ledger.History(session, number), cancellationToken);

    public Task<IReadOnlyList<LongLivedRow>> LongLivedAsync(string ehr, string patient, CancellationToken cancellationToken) =>
        _readers.RunAsync(session => LongLived.Of(session, ehr, patient), cancellationToken);

    /// <summary>What the EHR has of a type from the latest notes, newest first.</summary>
    public Task<IReadOnlyList<WrittenRow>> LatestWrittenAsync(string ehr, string type, int limit, CancellationToken cancellationToken) =>
        _readers.RunAsync(session => Resources.LatestWritten(session, ehr, type, limit), cancellationToken);

    /// <summary>Puts a note in <c>needs-attention</c> back into its lane with a fresh set of attempts; false when it is not in that state.</summary>
    public Task<bool> RetryAsync(string ehr, string id, CancellationToken cancellationToken) =>
        _writer.RunAsync(session => Progress.Retry(session, ehr, id), cancellationToken);

    public Task<QueueCounts> CountAsync(string ehr, CancellationToken cancellationToken) =>
        _readers.RunAsync(session => Notes.Count(session, ehr), cancellationToken);

    /// <summary>Other EHRs whose notes wait here; nothing of them is sent to this one.</summary>
    public Task<IReadOnlyList<EhrWork>> OtherEhrsWithWorkAsync(string ehr, CancellationToken cancellationToken) =>
        _readers.RunAsync(session => Notes.OtherWork(session, ehr), cancellationToken);

    public Task SaveLearnedAsync(string ehr, string type, string interaction, DateTimeOffset until, CancellationToken cancellationToken) =>
        DoAsync(session => Learned.Save(session, ehr, type, interaction, until), cancellationToken);

    /// <summary>What is still in force.</summary>
    public Task<IReadOnlyList<LearnedRow>> LearnedAsync(string ehr, CancellationToken cancellationToken) =>
        _readers.RunAsync(session => Learned.Of(session, ehr), cancellationToken);

    /// <summary>Completes as soon as a lane of this EHR is due: at once when one is, else at the next receipt, release or retry time.</summary>
    public async Task WaitForWorkAsync(string ehr, CancellationToken cancellationToken)
    {
        while (true)
        {
            var ring = _bell.Next;
            var rest = await _readers.RunAsync(session => Lanes.UntilDue(session, ehr), cancellationToken).ConfigureAwait(false);
            if (rest <= TimeSpan.Zero) return;
            await RingOrAsync(ring, rest, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Whether a note would be taken now.</summary>
    /// <exception cref="StoreUnavailableException">It would not.</exception>
    public async Task ProbeAsync(CancellationToken cancellationToken)
    {
        try
        {
            await Task.Run(_database.ProbePlace, cancellationToken).ConfigureAwait(false);
        }
        catch (IOException e)
        {
            throw StorageTrouble.From(e);
        }
        await DoAsync(_database.Probe, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Writes what waits, then gives the store back.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _closed, 1) == 1) return;
        _writer.Dispose();
        _readers.Dispose();
        _database.Dispose();
    }

    public async ValueTask DisposeAsync() => await Task.Run(Dispose).ConfigureAwait(false);

    /// <summary>Seals with a new key from here on when the one in use has served its time.</summary>
    internal async Task RenewKeyAsync(CancellationToken cancellationToken)
    {
        await DoAsync(session => DataKeys.Renew(session, _masters), cancellationToken).ConfigureAwait(false);
        await RefreshAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Seals with a new key from here on, whatever the age of the one in use.</summary>
    public async Task RotateKeyAsync(CancellationToken cancellationToken)
    {
        await DoAsync(session => DataKeys.Rotate(session, _masters), cancellationToken).ConfigureAwait(false);
        await RefreshAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>How the store is sealed.</summary>
    public Task<StoreSeal> LookAtSealAsync(CancellationToken cancellationToken) => _readers.RunAsync(session => DataKeys.Look(session, _masters.ForTryingOut), cancellationToken);

    /// <summary>Keys of others, sealed with the store's.</summary>
    public byte[] SealKey(ReadOnlySpan<byte> key) => Vault.Seal(Secret.OtherKeys, key, RowName.KeyRing);

    /// <exception cref="System.Security.Cryptography.CryptographicException">It was sealed by another store, or changed.</exception>
    public byte[] OpenKey(ReadOnlySpan<byte> whole) => Vault.Open(Secret.OtherKeys, whole, RowName.KeyRing);

    internal Vault Vault => _database.Vault!;

    /// <summary>For tests of the store itself, as are those below.</summary>
    internal int Writers => _database.Writing.Writers;

    internal int WaitingWrites => _writer.Waiting;

    /// <summary>Any work in a writer's transaction.</summary>
    internal Task<T> WriteAsync<T>(Func<Session, T> work, CancellationToken cancellationToken) => _writer.RunAsync(work, cancellationToken);

    internal Task<T> ReadAsync<T>(Func<Session, T> read, CancellationToken cancellationToken) => _readers.RunAsync(read, cancellationToken);

    private static async Task<NoteStore> OpenAsync(StorageOptions options, TimeProvider clock, ILogger log, CancellationToken cancellationToken)
    {
        var database = Choose(options, clock, log);
        try
        {
            var masters = options.Masters;
            await PrepareAsync(database, masters, clock, log, cancellationToken).ConfigureAwait(false);
            return new NoteStore(database, masters, clock, log);
        }
        catch (Exception e)
        {
            database.Dispose();
            if (database.WhyNotOpened(e) is { } why) throw why;
            throw;
        }
    }

    // A service and its database often start together: the one waits a little for the other.
    private static async Task PrepareAsync(Database database, MasterKeys masters, TimeProvider clock, ILogger log, CancellationToken cancellationToken)
    {
        var start = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                Prepare(database, masters, clock, log);
                return;
            }
            catch (Exception e) when (database.MayComeBack(e) && TimeProvider.System.GetElapsedTime(start) < PatienceAtStart)
            {
                Log.NotYet(log, StorageTrouble.Code(e));
                await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private static void Prepare(Database database, MasterKeys masters, TimeProvider clock, ILogger log)
    {
        using var session = Session.Open(database, clock, readOnly: false);
        var applied = Migrations.Apply(session);
        database.Vault = DataKeys.Open(session, masters, clock, (kind, row) => Log.Damaged(log, kind, row.Table, row.Number));
        if (SealingOfOld.Apply(session, masters) is var rows and > 0) Log.Sealed(log, rows);
        // Where one process owns the store, whoever held a lane when it opens is gone; elsewhere leases end by themselves.
        var freed = database.Shared ? 0 : Lanes.FreeAll(session);
        Log.Opened(log, applied.Count, freed);
    }

    // A clock that is not the system's is a test's: it goes before the database's.
    private static Database Choose(StorageOptions options, TimeProvider clock, ILogger log) => options.Provider is StorageOptions.Postgres
        ? new PostgresDatabase(options.ConnectionString!, clockIsOurs: clock != TimeProvider.System, log)
        : new SqliteDatabase(options.Directory);

    private void LanesChanged()
    {
        _bell.Ring();
        _database.Tell();
    }

    // On a connection of its own.
    private async Task RefreshAsync(CancellationToken cancellationToken)
    {
        try
        {
            await Task.Run(Vault.Refresh, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (StorageTrouble.Is(e))
        {
            throw StorageTrouble.From(e);
        }
    }

    private Task DoAsync(Action<Session> work, CancellationToken cancellationToken) => _writer.RunAsync(
        session =>
        {
            work(session);
            return true;
        },
        cancellationToken);

    private async Task RingOrAsync(Task ring, TimeSpan? rest, CancellationToken cancellationToken)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        // A timer holds at most some 49 days; whoever waits longer looks again after one. What other instances say may be missed.
        var longest = _database.LookAgainAfter ?? TimeSpan.FromDays(1);
        var pause = rest < longest ? rest.Value : longest;
        await Task.WhenAny(ring, Task.Delay(pause, _clock, enough.Token)).ConfigureAwait(false);
        await enough.CancelAsync().ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "The database of the store cannot be reached yet (code {Code}); the start waits for it a little.")]
        public static partial void NotYet(ILogger log, string? code);

        [LoggerMessage(LogLevel.Information, "What stood in clear in the store was sealed: {Rows} rows. Copies of its files from before, backups among them, are as readable as they were.")]
        public static partial void Sealed(ILogger log, long rows);

        [LoggerMessage(LogLevel.Error, "A {Kind} in the store is not what was put there ({Table} {Number}): it was changed, moved or damaged outside of the service and is not read. Restore it from a backup.")]
        public static partial void Damaged(ILogger log, string kind, string table, long number);

        [LoggerMessage(LogLevel.Information, "The store is open: {Applied} migrations applied, {Freed} patient lanes freed that an ended process held.")]
        public static partial void Opened(ILogger log, int applied, int freed);
    }
}
