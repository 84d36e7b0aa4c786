using System.Collections.Concurrent;
using System.Text.Json.Nodes;

namespace ChwFhir.DeliveryTrial.Service;

/// <summary>Reads the histories of notes out of the service's ledger, to explain what the count has found: as the service tells them, since in its store they are sealed.</summary>
internal static class LedgerReader
{
    private const int AtOnce = 8;

    /// <summary>The history of each note, oldest entry first.</summary>
    public static async Task<ILookup<string, LedgerEntry>> ReadAsync(Instances service, IEnumerable<string> notes, CancellationToken cancellationToken)
    {
        ConcurrentDictionary<string, IReadOnlyList<LedgerEntry>> histories = [];
        await Parallel.ForEachAsync(notes, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken }, async (note, cancel) =>
            histories[note] = [.. Entries(note, await service.HistoryAsync(note, cancel))]);
        return histories.SelectMany(history => history.Value).ToLookup(entry => entry.NoteId);
    }

    private static IEnumerable<LedgerEntry> Entries(string note, JsonNode history) =>
        from write in history["items"]!.AsArray()
        let intended = new LedgerEntry(note, Time(write, "at"), (string)write["method"]!, (string)write["interaction"]!, string.Join(' ', write["keys"]!.AsArray().Select(key => (string)key!)), null, null, null)
        from outcome in write["outcomes"]!.AsArray().DefaultIfEmpty()
        select outcome is null ? intended : intended with { At = Time(outcome, "at"), Word = (string?)outcome["word"], Status = (int?)outcome["status"] };

    private static DateTimeOffset Time(JsonNode of, string member) => of[member]!.GetValue<DateTimeOffset>();
}
