using ChwFhir.Ehr;

namespace ChwFhir.Planning;

/// <summary>What is still to be sent, in requests: one transaction where the server takes it, several within its limit, else single writes in the order of references, messages first.</summary>
internal static class Grouping
{
    public static IReadOnlyList<WriteGroup> Of(IEnumerable<PlanStep> steps, EhrCapabilities capabilities, Known known)
    {
        var pending = steps.Where(step => step.IsSent).ToList();
        var size = Math.Clamp(capabilities.Transaction && !known.OneByOne ? capabilities.TransactionEntries ?? int.MaxValue : 1, 1, Math.Max(pending.Count, 1));
        // What goes out in one request arrives at one moment.
        var inOrder = size < pending.Count ? MessagesFirst.Of(pending) : pending;
        return [.. inOrder.Chunk(size).Select(chunk => new WriteGroup(chunk.Length > 1, chunk))];
    }
}
