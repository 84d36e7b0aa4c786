using ChwFhir.Mapping;
using ChwFhir.Queue;
using ChwFhir.WriteBack;
using ChwFhir.WriteBack.Inputs;

namespace ChwFhir.CareTeam;

/// <summary>
/// What only the EHR could tell may raise an alert that the receipt could not (earlier scores of a patient known by an identifier), or show that a
/// message is only for a few (a patient under age). Nothing that was told is told again, and nothing is taken back.
/// </summary>
internal sealed class FoundLater(NoteStore store, NoteMessages messages, MappingOptions mapping)
{
    public async Task LookAsync(StoredNote stored, Input input, ResolvedNote resolved, CancellationToken cancellationToken)
    {
        if (input.Tells is not { } note)
            return;
        if (NoteSuggestions.PutRight(await store.SuggestionsAsync(stored.Number, cancellationToken), note, resolved, mapping) is { Count: > 0 } held)
            await store.RewriteSuggestionsAsync(stored.Number, held, cancellationToken);

        var more = messages.Of(note, resolved).Where(message => stored.Messages.FirstOrDefault(told => told.Key == message.Key) is var told && (told is null || (message.Held && !told.Held))).ToList();
        if (more.Count == 0)
            return;

        await store.TellMoreAsync(stored.Number, more, cancellationToken);
        messages.Kept([.. more.Where(message => stored.Messages.All(told => told.Key != message.Key))]);
    }
}
