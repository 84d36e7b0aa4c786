namespace ChwFhir.Queue;

/// <summary>One caller's note. Many of them can be taken together.</summary>
internal sealed class ReceiptCommand(Arriving arriving, CancellationToken cancellationToken)
    : WriteCommand<Acceptance>(session => Notes.Accept(session, arriving), cancellationToken)
{
    private int _claimed;

    public Arriving Arriving => arriving;

    /// <summary>True for the first who asks: whoever writes it, or sends it away.</summary>
    public bool Claim() => Interlocked.Exchange(ref _claimed, 1) == 0;
}
