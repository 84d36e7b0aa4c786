using ChwFhir.Queue;

namespace ChwFhir.WriteBack;

/// <summary>The right to one patient's lane, renewed while the work goes on. Who was overtaken learns it before the next write.</summary>
internal sealed class Lease(NoteStore store, Claim claim, TimeSpan length, TimeProvider time)
{
    private volatile Claim claim = claim;

    public Claim Claim => claim;

    /// <summary>The lane went back with the end of its last note.</summary>
    public bool IsGivenBack { get; private set; }

    /// <summary>The lane that was taken with it.</summary>
    public Claim? Next { get; private set; }

    public void GivenBackFor(Claim? next) => (IsGivenBack, Next) = (true, next);

    /// <summary>A send starts only while the lease outlasts it.</summary>
    /// <exception cref="LeaseLostException">Somebody else has the lane.</exception>
    public async Task OutlastAsync(TimeSpan call, CancellationToken cancellationToken)
    {
        if (claim.Until - time.GetUtcNow() < call)
            claim = await store.RenewAsync(claim, length, cancellationToken) ?? throw new LeaseLostException(claim.Lane);
    }

    /// <summary>Renews it until the work is over, however long the EHR takes over each answer. Ends quietly: who was overtaken is told before the next write.</summary>
    public async Task KeepAsync(CancellationToken workIsOver)
    {
        try
        {
            while (await BeatAsync(workIsOver)) { }
        }
        catch (Exception ending) when (ending is OperationCanceledException or StoreUnavailableException)
        {
        }
    }

    private async Task<bool> BeatAsync(CancellationToken workIsOver)
    {
        await Task.Delay(length / 4, time, workIsOver);
        if (await store.RenewAsync(claim, length, workIsOver) is not { } renewed)
            return false;

        claim = renewed;
        return true;
    }
}
