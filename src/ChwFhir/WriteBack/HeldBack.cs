using ChwFhir.Mapping;
using ChwFhir.Planning;
using ChwFhir.Queue;

namespace ChwFhir.WriteBack;

/// <summary>Finds what an amended note holds back and told before, and asks the records office to take it out: as soon as that is known, whatever becomes of the writing.</summary>
internal sealed class HeldBack(NoteStore store, NoteEditions contents, EarlierEditions editions)
{
    /// <summary>The note with its rows under the names that they have from here on.</summary>
    public async Task<StoredNote> TakeAsync(Lease lease, StoredNote stored, string patient, MappedNote mapped, CancellationToken cancellationToken)
    {
        if (stored.Version == 1)
            return stored;

        var sent = mapped.Held.Count == 0 ? [] : (await store.EarlierVersionsAsync(stored.Number, cancellationToken)).Where(version => version.Edition is not null).Select(version => (Version: version, Then: contents.Before(version))).ToList();
        IReadOnlyList<(ResourceRow Row, string Name)> renamed =
            [.. HeldSince.SetAside(stored, mapped, sent.Count > 0 && HeldSince.Newly(sent[^1].Then, mapped).Any()), .. HeldSince.TakenUp(stored, mapped)];
        if (renamed.Count > 0)
            store.Rename(lease.Claim, stored.Number, renamed);
        stored = HeldSince.Renamed(stored, renamed);

        List<RemovalRow> removals = [.. sent.Select(one => HeldSince.Document(stored, one.Version, one.Then, mapped)).OfType<RemovalRow>()];
        foreach (var row in stored.Resources.Where(row => HeldSince.Is(row.Key)))
        {
            // What other visits tell too, this note cannot have taken out.
            if (!LongLivedKeys.Is(row) || row.Identity is not { } identity || await editions.ByOthersAsync(stored, patient, identity, cancellationToken) is null)
                removals.Add(HeldSince.Removal(row));
        }
        var asked = await store.RemovalsAsync(stored.Number, cancellationToken);
        List<RemovalRow> more = [.. removals.Where(removal => !asked.Any(before => before.Key == removal.Key && before.Why == removal.Why && (removal.Reference is null || before.Reference == removal.Reference)))];
        if (more.Count > 0)
            await store.AskRemovalAsync(lease.Claim, stored.Number, more, cancellationToken);
        // What is told openly again nobody has to take out any more.
        List<string> settled = [.. asked.Where(before => before.DoneAt is null && !Earlier.Is(before.Key) && !removals.Exists(removal => removal.Key == before.Key)).Select(before => before.Key)];
        if (settled.Count > 0)
            await store.WithdrawRemovalsAsync(lease.Claim, stored.Number, settled, cancellationToken);
        return stored;
    }
}
