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
        if (stored.Edition == 1 || (await store.EarlierVersionsAsync(stored.Number, cancellationToken)).LastOrDefault(version => version.Edition == stored.Edition - 1) is not { } before)
            return resolved;

        resolved = resolved with { Edition = stored.Edition, Replaces = stored.Resources.FirstOrDefault(row => row.Key == DocumentNames.Before(stored.Edition))?.Reference };
        return resolved with { Corrects = Corrections.Of(stored, before, Before(before), input.Map(resolved, mapping, Wanted.Everything)) };
    }

    /// <summary>An earlier content as FHIR; null where that cannot be told any more.</summary>
    public MappedNote? Before(EarlierVersion before) =>
        before.Resolved is { } json && JsonSerializer.Deserialize<ResolvedNote>(json.Span) is { } who && StoredInput.Read(before) is { } input ? input.Map(who, mapping, Wanted.Everything) : null;
}
