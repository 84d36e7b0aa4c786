using ChwFhir.DeliveryTrial.Faults;
using ChwFhir.DeliveryTrial.Notes;
using ChwFhir.DeliveryTrial.Service;

namespace ChwFhir.DeliveryTrial.Counting;

/// <summary>
/// Of two notes of one patient, the later received was written first although the earlier was neither aside nor unknown. When each document was
/// written is what the proxy saw; what the earlier note was at that time is told by its final state and by the ledger.
/// </summary>
internal static class OrderCheck
{
    public static IEnumerable<Violation> Violations(IEnumerable<TrialNote> notes, IEnumerable<DocumentWrite> writes, ILookup<string, LedgerEntry> ledger, IReadOnlySet<string> waiting)
    {
        var written = writes.GroupBy(write => write.NoteId).ToDictionary(group => group.Key, group => group.MinBy(write => write.Ended)!);
        foreach (var patient in notes.GroupBy(note => note.Patient))
        {
            DocumentWrite? earliestLater = null;
            foreach (var earlier in patient.OrderByDescending(note => note.Visit))
            {
                if (written.GetValueOrDefault(earlier.Id) is not { } own)
                    continue;
                if (earliestLater is { } later && later.Ended < own.Began && !waiting.Contains(earlier.Id) && !WasUnknown(ledger[earlier.Id], later.Ended))
                    yield return new Violation("order", earlier.Id, FormattableString.Invariant($"written at {own.Began:HH:mm:ss.fff}, the later {later.NoteId} at {later.Ended:HH:mm:ss.fff}"));
                if (earliestLater is null || own.Ended < earliestLater.Ended)
                    earliestLater = own;
            }
        }
    }

    // By then a write of it had ended without anybody knowing how.
    private static bool WasUnknown(IEnumerable<LedgerEntry> history, DateTimeOffset by) => history.Any(entry => entry.Word == "unknown" && entry.At <= by);
}
