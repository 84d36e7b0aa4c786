using ChwFhir.Intake;
using Microsoft.Extensions.Logging;

namespace ChwFhir.Queue;

/// <summary>
/// The durable queue and the write ledger in one SQLite file. Every write is on disk when its task completes; a caller who leaves
/// before that leaves a whole write or none. One process owns the folder.
/// </summary>
public sealed class NoteStore : IAsyncDisposable, IDisposable
{
    /// <exception cref="StorageInUseException">Another process owns the folder, or it cannot be used; one line that names the setting.</exception>
    public static Task<NoteStore> OpenAsync(StorageOptions options, TimeProvider clock, ILoggerFactory logs, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>Makes an input durable: when the task completes it is on disk. Of several calls with one id exactly one is <see cref="Acceptance.Accepted"/>.</summary>
    /// <exception cref="StoreUnavailableException">Nothing of the note was kept.</exception>
    public Task<Acceptance> AcceptAsync(IncomingNote note, CancellationToken cancellationToken) => throw new NotImplementedException();

    public Task<StoredNote?> FindAsync(string ehr, string id, CancellationToken cancellationToken) => throw new NotImplementedException();

    public Task<StoredNote?> ReadAsync(long number, CancellationToken cancellationToken) => throw new NotImplementedException();

    public Task<NotePage> ListAsync(NoteFilter filter, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <exception cref="KeyNotFoundException">No note has this number.</exception>
    public Task<NoteContent> ReadContentAsync(long number, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>Takes the patient lane that has been due longest; null when none is due.</summary>
    public Task<Claim?> ClaimAsync(string ehr, string worker, TimeSpan lease, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>The claim with a later <see cref="Claim.Until"/>; null when it was overtaken.</summary>
    public Task<Claim?> RenewAsync(Claim claim, TimeSpan lease, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>Gives the lane back; the claim writes nothing more. Harmless when it was overtaken.</summary>
    public Task ReleaseAsync(Claim claim, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>
    /// Keeps what the EHR said about the people of a note; its issues take the place of those of an earlier resolve, and of <c>not-yet-checked</c>.
    /// False when the patient turned out to be another lane's: the note has moved there, and this claim is done with it.
    /// </summary>
    public Task<bool> SaveResolvedAsync(Claim claim, long number, string patient, ReadOnlyMemory<byte> json, IReadOnlyList<NoteIssue> issues, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>Keeps what the mapping gave; its issues take the place of those of an earlier mapping. Rows that are past <c>pending</c> stay as they are.</summary>
    /// <param name="heldBundle">What is held back from the EHR; null when nothing is.</param>
    public Task SaveMappedAsync(Claim claim, long number, ReadOnlyMemory<byte> bundle, string document, IReadOnlyList<ResourceRow> rows, IReadOnlyList<NoteIssue> issues, ReadOnlyMemory<byte>? heldBundle, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>Keeps the plan and what it says of each resource. Rows that are written, held or unknown stay as they are: those are never planned anew.</summary>
    public Task SavePlanAsync(Claim claim, long number, ReadOnlyMemory<byte> planJson, IReadOnlyList<ResourceRow> rows, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>Writes down what is about to be sent, before it is sent. The note is <c>writing</c> from here on.</summary>
    /// <returns>Number of the intent, for <see cref="RecordAsync"/>.</returns>
    public Task<long> IntendAsync(Claim claim, Intent intent, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>Writes down how it ended, what became of the resources, and the long-lived ones as they stand now, in one commit.</summary>
    public Task RecordAsync(Claim claim, long intentId, IntentOutcome outcome, IReadOnlyList<ResourceRow> rows, IReadOnlyList<LongLivedRow> longLived, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>
    /// Ends this try of a note. <c>queued</c> with a time holds the later notes of the lane back until then, unless the note has an open
    /// intent: then it steps aside. Issues are added to those of earlier tries.
    /// </summary>
    /// <returns>True when the lane may go on with the next note of the claim.</returns>
    public Task<bool> FinishAsync(Claim claim, long number, NoteState state, DateTimeOffset? nextAttemptAt, bool countsAsAttempt, IReadOnlyList<NoteIssue> addIssues, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>Writes without a recorded answer, or with one that said <c>unknown</c>.</summary>
    public Task<IReadOnlyList<OpenIntent>> OpenIntentsAsync(long number, CancellationToken cancellationToken) => throw new NotImplementedException();

    public Task<IReadOnlyList<HistoryRow>> HistoryAsync(long number, CancellationToken cancellationToken) => throw new NotImplementedException();

    public Task<IReadOnlyList<LongLivedRow>> LongLivedAsync(string ehr, string patient, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>Puts a note in <c>needs-attention</c> back into its lane with a fresh set of attempts; false when it is not in that state.</summary>
    public Task<bool> RetryAsync(string ehr, string id, CancellationToken cancellationToken) => throw new NotImplementedException();

    public Task<QueueCounts> CountAsync(string ehr, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>Other EHRs whose notes wait here; nothing of them is sent to this one.</summary>
    public Task<IReadOnlyList<EhrWork>> OtherEhrsWithWorkAsync(string ehr, CancellationToken cancellationToken) => throw new NotImplementedException();

    public Task SaveLearnedAsync(string ehr, string type, string interaction, DateTimeOffset until, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>What is still in force.</summary>
    public Task<IReadOnlyList<LearnedRow>> LearnedAsync(string ehr, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>Completes as soon as a lane of this EHR is due: at once when one is, else at the next receipt, release or retry time.</summary>
    public Task WaitForWorkAsync(string ehr, CancellationToken cancellationToken) => throw new NotImplementedException();

    public void Dispose() => throw new NotImplementedException();

    public ValueTask DisposeAsync() => throw new NotImplementedException();
}
