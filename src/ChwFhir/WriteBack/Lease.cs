using ChwFhir.Queue;

namespace ChwFhir.WriteBack;

/// <summary>The right to one patient's lane, renewed while the work goes on. Who was overtaken learns it before the next write.</summary>
internal sealed class Lease(NoteStore store, Claim claim, TimeSpan length, TimeProvider time)
{
    private Claim claim = claim;

    public Claim Claim => claim;

    /// <summary>A send starts only while the lease outlasts it.</summary>
    /// <exception cref="LeaseLostException">Somebody else has the lane.</exception>
    public async Task OutlastAsync(TimeSpan call, CancellationToken cancellationToken)
    {
        if (claim.Until - time.GetUtcNow() < call)
            claim = await store.RenewAsync(claim, length, cancellationToken) ?? throw new LeaseLostException(claim.Lane);
    }
}
