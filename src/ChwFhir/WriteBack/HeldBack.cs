using ChwFhir.Ehr;
using ChwFhir.Fhir.Model;
using ChwFhir.Mapping;
using ChwFhir.Planning;
using ChwFhir.Queue;

namespace ChwFhir.WriteBack;

/// <summary>Finds what an amended note holds back and told before, and asks the records office to take it out: as soon as that is known, whatever becomes of the writing.</summary>
internal sealed class HeldBack(NoteStore store, NoteEditions contents, EarlierEditions editions, EhrQuestions questions)
{
    /// <summary>The note with its rows under the names that they have from here on.</summary>
    public async Task<StoredNote> TakeAsync(Lease lease, StoredNote stored, ResolvedNote resolved, MappedNote mapped, CancellationToken cancellationToken)
    {
        if (stored.Version == 1)
            return stored;

        var (earlier, isHeldSince) = await contents.EarlierAsync(stored, resolved, cancellationToken);
        IReadOnlyList<(ResourceRow Row, string Name)> renamed = [.. HeldSince.SetAside(stored, mapped, isHeldSince), .. HeldSince.TakenUp(stored, mapped)];
        if (renamed.Count > 0)
            store.Rename(lease.Claim, stored.Number, renamed);
        stored = HeldSince.Renamed(stored, renamed);

        List<RemovalRow> removals = isHeldSince ? [.. earlier.Select(one => HeldSince.Document(stored, one, mapped)).OfType<RemovalRow>()] : [];
        // When the hold is over, what was set aside only because the note did not say it any more stands in the chart like anything else that is gone.
        foreach (var row in stored.Resources.Where(row => HeldSince.Is(row.Key) && (isHeldSince || mapped.Held.Any(part => part.Key == HeldSince.Part(row.Key)))))
        {
            // What other visits tell too, this note cannot have taken out.
            if (!LongLivedKeys.Is(row) || row.Identity is not { } identity || await editions.ByOthersAsync(stored, resolved.Patient, identity, cancellationToken) is null)
                removals.Add(HeldSince.Removal(row));
        }
        await AskAsync(lease, stored, removals, key => !HeldSince.IsWithin(key), cancellationToken);
        return stored;
    }

    /// <summary>
    /// After the writing: what this note says in other words now, or shares with the rest of the chart, stands, and what is held was taken out of it where the EHR let that be done. Where it still has some
    /// (it takes no update, somebody there has worked on them, the whole is entered in error with all that it said), the records office is asked for these too.
    /// </summary>
    /// <returns>False: the EHR gave no answer.</returns>
    public async Task<bool> AskForSharedAsync(Lease lease, StoredNote stored, ResolvedNote resolved, MappedNote mapped, CancellationToken cancellationToken)
    {
        if (stored.Version == 1)
            return true;

        var (earlier, isHeldSince) = await contents.EarlierAsync(stored, resolved, cancellationToken);
        List<RemovalRow> removals = [];
        if (isHeldSince)
        {
            foreach (var row in stored.Resources.Where(row => row.Reference is not null && row.State is (ResourceState.Written or ResourceState.Unknown) && row.Type is not ("DocumentReference" or "Provenance") && (!HeldSince.Is(row.Key) || LongLivedKeys.Is(row))))
            {
                var lost = HeldWords.Lost(row.Key, earlier, mapped);
                var others = lost.Count > 0 && row.Identity is { } identity ? await editions.ByOthersAsync(stored, resolved.Patient, identity, cancellationToken) : null;
                if (others is not null)
                    lost = HeldWords.Without(lost, [others.Body]);
                // What is this note's alone is asked for as a whole.
                if (lost.Count == 0 || (others is null && HeldSince.Is(row.Key)))
                    continue;
                switch (await questions.ReadAsync<Resource>(row.Reference!, cancellationToken))
                {
                    case Lookup<Resource>.NoAnswer: return false;
                    case Lookup<Resource>.Missing: break;
                    case Lookup<Resource>.Found { Resource: var there } when !HeldWords.Says(there, lost): break;
                    default: removals.Add(HeldSince.Within(row, stored.Edition)); break;
                }
            }
        }
        await AskAsync(lease, stored, removals, HeldSince.IsWithin, cancellationToken);
        return true;
    }

    // What is told openly again nobody has to take out any more.
    private async Task AskAsync(Lease lease, StoredNote stored, List<RemovalRow> removals, Func<string, bool> isOfThese, CancellationToken cancellationToken)
    {
        var asked = await store.RemovalsAsync(stored.Number, cancellationToken);
        List<RemovalRow> more = [.. removals.Where(removal => !asked.Any(before => before.Key == removal.Key && before.Why == removal.Why && (removal.Reference is null || before.Reference == removal.Reference)))];
        if (more.Count > 0)
            await store.AskRemovalAsync(lease.Claim, stored.Number, more, cancellationToken);
        List<string> settled = [.. asked.Where(before => before.DoneAt is null && !Earlier.Is(before.Key) && isOfThese(before.Key) && !removals.Exists(removal => removal.Key == before.Key)).Select(before => before.Key)];
        if (settled.Count > 0)
            await store.WithdrawRemovalsAsync(lease.Claim, stored.Number, settled, cancellationToken);
    }
}
