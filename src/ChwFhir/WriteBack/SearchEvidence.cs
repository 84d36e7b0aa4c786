using System.Collections.Concurrent;
using ChwFhir.Ehr;
using ChwFhir.Queue;

namespace ChwFhir.WriteBack;

/// <summary>
/// On which types this server was seen to return our own earlier writes in a search by identifier. Only there does "not found" say something:
/// many servers keep none of our identifiers. Outlives the process in the store.
/// </summary>
internal sealed class SearchEvidence(NoteStore store, EhrConnection ehr)
{
    private const string Word = "seen-by-identifier";
    private static readonly DateTimeOffset ForGood = new(9999, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly ConcurrentDictionary<string, bool> seen = new();

    public async Task<bool> HasAsync(string type, CancellationToken cancellationToken)
    {
        if (seen.ContainsKey(type))
            return true;

        foreach (var row in await store.LearnedAsync(ehr.Id, cancellationToken))
            if (row.Interaction == Word)
                seen[row.Type] = true;
        return seen.ContainsKey(type);
    }

    public async Task SawAsync(string type, CancellationToken cancellationToken)
    {
        if (seen.TryAdd(type, true))
            await store.SaveLearnedAsync(ehr.Id, type, Word, ForGood, cancellationToken);
    }

    /// <summary>Whether a row that was learned is one of these, and no refusal.</summary>
    public static bool IsEvidence(LearnedRow row) => row.Interaction == Word;
}
