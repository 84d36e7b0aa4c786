using System.Text.Json;
using ChwFhir.Mapping;
using ChwFhir.Queue;
using ChwFhir.WriteBack.Inputs;

namespace ChwFhir.WriteBack;

/// <summary>From the second edition on a note's document has a name of its own, and says what it replaces and corrects.</summary>
internal sealed class NoteEditions(NoteStore store, MappingOptions mapping)
{
    /// <summary>What the note was resolved to, with what its edition adds: mapped from this, it comes out as it was or will be sent.</summary>
    public async Task<ResolvedNote> OfAsync(StoredNote stored, Input input, ResolvedNote resolved, CancellationToken cancellationToken)
    {
        if (!input.SaysWhen)
            resolved = resolved with { Received = stored.ReceivedAt };
        resolved = resolved with { Released = Releases.Of(await store.HeldDecisionsAsync(stored.Number, cancellationToken), stored.Version) };
        if (stored.Edition == 1)
            return resolved;
        var (earlier, isHeldSince) = await EarlierAsync(stored, resolved, cancellationToken);
        if (earlier.LastOrDefault(one => one.Version.Edition == stored.Edition - 1) is not { } before)
            return resolved;

        resolved = resolved with { Edition = stored.Edition, Replaces = stored.Resources.FirstOrDefault(row => row.Key == DocumentNames.Before(stored.Edition))?.Reference };
        var now = input.Map(resolved, mapping, Wanted.Everything);
        return resolved with { Corrects = Corrections.Of(stored, before, now, isHeldSince) };
    }

    /// <summary>Every earlier content, the first one first, also those that were replaced before they were sent.</summary>
    /// <param name="resolved">What the note is resolved to now: one that was never looked up is read with it.</param>
    /// <returns>And <see cref="HoldHistory.IsHeldSince"/> of them and of what the note says now.</returns>
    public async Task<(IReadOnlyList<EarlierContent> Earlier, bool IsHeldSince)> EarlierAsync(StoredNote stored, ResolvedNote resolved, CancellationToken cancellationToken)
    {
        var decisions = await store.HeldDecisionsAsync(stored.Number, cancellationToken);
        List<EarlierContent> earlier = [];
        List<Draft?> drafts = [];
        foreach (var version in await store.EarlierVersionsAsync(stored.Number, cancellationToken))
        {
            var known = version.Resolved is { } json ? JsonSerializer.Deserialize<ResolvedNote>(json.Span) : null;
            var who = known ?? resolved with { Released = Releases.Of(decisions, version.Version), Corrects = null, Replaces = null };
            var input = StoredInput.Read(version);
            earlier.Add(new EarlierContent(version, input?.Map(who, mapping, Wanted.Everything), who.Corrects));
            drafts.Add(Draft(input, who));
        }
        return (earlier, Draft(StoredInput.Read(await store.ReadContentAsync(stored.Number, cancellationToken)), resolved) is { } now && HoldHistory.IsHeldSince([.. drafts, now]));
    }

    // What is no visit note holds nothing back.
    private Draft? Draft(Input? input, ResolvedNote who) => input?.Note is { } note ? new Draft(note, input.ContentHash, who, mapping) : null;
}
