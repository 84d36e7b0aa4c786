using ChwFhir.Access;
using ChwFhir.CareTeam;
using ChwFhir.Ehr;
using ChwFhir.Intake;
using ChwFhir.Queue;
using ChwFhir.WriteBack.Inputs;
using Microsoft.Extensions.Options;

namespace ChwFhir.WriteBack.Receiving;

/// <summary>Read → looked at → on disk: the receipt of whatever somebody hands in.</summary>
internal sealed class NoteReceiving(NoteStore store, EhrConnection ehr, IncomingNotes incomings, LongerIds longerIds, NoteShowing showing, NoteMessages messages, NoteAccess access, EarlierDocuments earlierDocuments, IOptions<IntakeOptions> intake, TimeProvider time)
{
    /// <summary>Whose it is no matter: a big one may wait its turn.</summary>
    public Task<InputReading> ReadAsync(Handed handed, CancellationToken cancellationToken) =>
        BigInputs.ReadAsync(handed.Body.Length, () => handed.Kind.Read(handed.Body, handed.SentAs, handed.Under(intake.Value), time.GetUtcNow()), cancellationToken);

    public async Task<Receipt> ReceiveAsync(Handed handed, CancellationToken cancellationToken) => await ReadAsync(handed, cancellationToken) switch
    {
        InputReading.Read read when !Authorship.IsTheirs(ehr.Id, handed.By, handed.Kind, read.Input) => new Receipt.NotTheAuthor(),
        InputReading.Read read => await ReceiveAsync(handed, read, cancellationToken),
        var other => Unread(other),
    };

    public static Receipt Unread(InputReading reading) => reading switch
    {
        InputReading.Invalid { Faults: var faults } => new Receipt.Invalid(faults),
        InputReading.Unreadable { Fault: var fault } => new Receipt.Unreadable(fault),
        InputReading.TooLarge { Limit: var limit } => new Receipt.TooLarge(limit),
        _ => new Receipt.NotAForm(),
    };

    /// <summary>What a preview shows goes by the id that it would be kept under.</summary>
    public async Task<InputReading.Read> AsKeptAsync(Handed handed, InputReading.Read read, CancellationToken cancellationToken)
    {
        if (read.Input is { Number: null, IdOfMessage: null } || !string.IsNullOrWhiteSpace(handed.SentAs.DocumentId) || await IsFreeAsync(handed, read.Input, cancellationToken))
            return read;

        await foreach (var (named, again) in longerIds.OfAsync(handed, read.Input, cancellationToken))
        {
            if (await IsFreeAsync(named, again.Input, cancellationToken))
                return again;
        }
        return read;
    }

    private async Task<Receipt> ReceiveAsync(Handed handed, InputReading.Read read, CancellationToken cancellationToken)
    {
        var receipt = await KeepAsync(handed, read, cancellationToken);
        if (receipt is not Receipt.Conflict || !string.IsNullOrWhiteSpace(handed.SentAs.DocumentId))
            return receipt;

        await foreach (var (named, again) in longerIds.OfAsync(handed, read.Input, cancellationToken))
        {
            receipt = await KeepAsync(named, again, cancellationToken);
            if (receipt is not Receipt.Conflict)
                break;
        }
        return receipt;
    }

    private async Task<Receipt> KeepAsync(Handed handed, InputReading.Read read, CancellationToken cancellationToken)
    {
        // A note that is here stays here, whatever the EHR says of it by now. The store tells the rest of them apart as it takes them.
        var (faults, incoming) = await incomings.OfAsync(handed, read, cancellationToken);
        if (faults.Count == 0 && incoming.Panel == NotePanel.In && await earlierDocuments.IsOfAnotherAsync(read.Input, incoming.Patient, cancellationToken))
            faults = [new NoteFault(EarlierDocuments.Pointer, EarlierDocuments.OfAnotherPatient, EarlierDocuments.Wrong.Detail)];
        if (faults.Count > 0)
            return await store.FindAsync(ehr.Id, read.Input.Id, cancellationToken) is { } known ? await KnownAsync(known, handed, read.Input.ContentHash, cancellationToken) : new Receipt.Invalid(faults);

        try
        {
            return await store.AcceptAsync(incoming, cancellationToken) switch
            {
                Acceptance.Accepted { Stored: var stored } => Accepted(stored, incoming, sayPatient: !stored.IsStopped || showing.Names(read.Input, stored)),
                Acceptance.AlreadyHere { Stored: var stored } => await KnownAsync(stored, handed, stored.Hash, cancellationToken),
                _ => new Receipt.Conflict(),
            };
        }
        catch (StoreUnavailableException full)
        {
            return new Receipt.Busy(full.RetryAfter);
        }
    }

    private Receipt.Accepted Accepted(StoredNote stored, IncomingNote incoming, bool sayPatient)
    {
        messages.Kept(incoming.Messages);
        var status = showing.Report(stored) with { Suggestions = NoteSuggestions.Fresh(incoming.Suggestions) };
        return new Receipt.Accepted(sayPatient ? status : status with { Patient = null });
    }

    // Who may not see the note learns nothing of it but that the id is taken.
    private async Task<Receipt> KnownAsync(StoredNote known, Handed handed, string hash, CancellationToken cancellationToken)
    {
        if (known.Hash != hash || !await IsForTheSameAsync(known, handed.SentAs.Patient, cancellationToken))
            return new Receipt.Conflict();
        var rights = await access.OfAsync(handed.By, known, cancellationToken);
        return rights.HasFlag(NoteRights.Status) ? new Receipt.AlreadyHere(await showing.VisibleAsync(known, rights, cancellationToken)) : new Receipt.Conflict();
    }

    private async Task<bool> IsFreeAsync(Handed handed, Input input, CancellationToken cancellationToken) =>
        await store.FindAsync(ehr.Id, input.Id, cancellationToken) is not { } there || (there.Hash == input.ContentHash && await IsForTheSameAsync(there, handed.SentAs.Patient, cancellationToken));

    // The same bytes under the same id for another patient are no repeat: whoever sends them would take the one patient's status for the other's.
    private async Task<bool> IsForTheSameAsync(StoredNote known, string? named, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(named) || OwnReference.Of(ehr.Id, named) == known.Patient)
            return true;
        return (await store.ReadContentAsync(known.Number, cancellationToken)).SentAs.Patient is { } before && OwnReference.Of(ehr.Id, before) == OwnReference.Of(ehr.Id, named);
    }
}
