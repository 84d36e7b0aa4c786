using System.Collections.Concurrent;

namespace ChwFhir.Queue;

/// <summary>
/// Notes that wait to be taken together. A few writers at once are at it: while one waits for its commit the next group grows, and the other
/// writers have time for everything else.
/// </summary>
internal sealed class WaitingReceipts
{
    private const int WritersAtOnce = 2;
    private const int LargestGroup = 64;
    private const int LargestBytes = 4 * 1024 * 1024;

    private readonly ConcurrentQueue<ReceiptCommand> _waiting = new();
    private readonly Lock _taking = new();
    private int _serving;

    public void Add(ReceiptCommand receipt) => _waiting.Enqueue(receipt);

    /// <summary>Gives out groups until none waits, unless enough others do.</summary>
    public void Serve(Action<List<ReceiptCommand>> take)
    {
        while (Start())
        {
            try
            {
                while (Next() is { Count: > 0 } group) take(group);
            }
            finally
            {
                Interlocked.Decrement(ref _serving);
            }
            // What came while the last look was taken, and was left to us.
            if (_waiting.IsEmpty) return;
        }
    }

    private bool Start()
    {
        if (Interlocked.Increment(ref _serving) <= WritersAtOnce) return true;
        Interlocked.Decrement(ref _serving);
        return false;
    }

    // What came one after the other goes into one group.
    private List<ReceiptCommand> Next()
    {
        var group = new List<ReceiptCommand>();
        using var together = _taking.EnterScope();
        for (var bytes = 0L; group.Count < LargestGroup && bytes < LargestBytes && _waiting.TryDequeue(out var receipt);)
        {
            if (!receipt.Claim()) continue;
            group.Add(receipt);
            bytes += receipt.Arriving.Note.Input.Length;
        }
        return group;
    }
}
