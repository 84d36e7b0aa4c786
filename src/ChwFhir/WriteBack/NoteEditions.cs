using System.Text.Json;
using ChwFhir.Intake;
using ChwFhir.Mapping;
using ChwFhir.Queue;

namespace ChwFhir.WriteBack;

/// <summary>From the second edition on a note's document has a name of its own, and says what it replaces and corrects.</summary>
internal sealed class NoteEditions(NoteStore store, MappingOptions mapping)
{
    /// <summary>What the note was resolved to, with what its edition adds: mapped from this, it comes out as it was or will be sent.</summary>
    public async Task<ResolvedNote> OfAsync(StoredNote stored, VisitNoteReading.Read input, ResolvedNote resolved, CancellationToken cancellationToken)
    {
        if (stored.Edition == 1 || (await store.EarlierVersionsAsync(stored.Number, cancellationToken)).LastOrDefault(version => version.Edition == stored.Edition - 1) is not { } before)
            return resolved;

        resolved = resolved with { Edition = stored.Edition, Replaces = stored.Resources.FirstOrDefault(row => row.Key == DocumentNames.Before(stored.Edition))?.Reference };
        return resolved with { Corrects = Corrections.Of(stored, before, Before(before), NoteMapper.Map(input.Note, input.ContentHash, resolved, mapping)) };
    }

    private MappedNote? Before(EarlierVersion before) =>
        before.Resolved is { } json && JsonSerializer.Deserialize<ResolvedNote>(json.Span) is { } who && StoredInput.Read(before.Input) is { } read ? NoteMapper.Map(read.Note, read.ContentHash, who, mapping) : null;
}
